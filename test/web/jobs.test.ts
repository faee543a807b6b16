/** Jobs: a project is run from a form, queued, followed, canceled, run again, by mouse and by keyboard alone. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { JobApi, startJobServer, type Job } from '../jobs/support/job-server.ts';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage, type PageOptions } from './support/browser.ts';
import { buildWhenOld } from './support/build.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { freshServer } from './support/server.ts';

/** A project starts slowly on a busy machine. */
const startOfProject = 45_000;
const dir = freshFolder();
const project = join(dir, 'project');
let server: TestServer;
let jobs: JobApi;
let files = 0;

const projectFiles: Readonly<Record<string, string>> = {
  MLproject: `name: wine
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      label: string
      api_token: {type: string, default: none}
    command: "sh main.sh {alpha} {label}"
  hold:
    parameters: {go: string}
    command: "sh hold.sh {go}"
  fail:
    command: "sh fail.sh"
  long:
    command: "sh long.sh"
`,
  'main.sh': 'printf "trained with %s and %s\\n" "$1" "$2"\n',
  // Nobody waits for ever for a test that was killed.
  'hold.sh': `printf '\\033[32mbegan\\033[0m\\n'
for i in $(seq 1200); do [ -e "$1" ] && break; sleep 0.05; done
echo ended
`,
  'fail.sh': 'echo "no such column: age" >&2; exit 7\n',
  'long.sh': 'seq -f "line %.0f of a log that is longer than what is read at once" 40000\n',
};

beforeAll(async () => {
  await buildWhenOld();
  mkdirSync(project);
  for (const [name, text] of Object.entries(projectFiles)) writeFileSync(join(project, name), text);
  server = await startJobServer(dir, ['--job-concurrency', '1']);
  jobs = new JobApi(server);
}, 60_000);

afterAll(async () => {
  await server?.stop();
  removeFolder(dir);
});

function open(path: string, options: PageOptions = {}): Promise<Page> {
  return openPage(path, { server, ...options });
}

function toast(page: Page, words: string | RegExp) {
  return page.locator('.toast').filter({ hasText: words });
}

function mark(page: Page) {
  return page.locator('.page-head .state-word');
}

async function isState(page: Page, word: string): Promise<void> {
  await mark(page).getByText(word).waitFor({ timeout: startOfProject });
}

/** A job that runs until it is let go, so that what comes behind it waits. */
async function holding(): Promise<{ job: Job; id: string; letGo: () => void }> {
  const go = join(dir, `go-${++files}`);
  const job = await jobs.submit(project, 'hold', { go });
  await jobs.until(job.job_id, ({ state, log_size: size }) => state === 'running' && Number(size) > 0);
  return { job, id: job.job_id ?? '', letGo: () => writeFileSync(go, '') };
}

test('an empty queue tells both ways to fill it', async () => {
  await using page = await open('/jobs');
  await page.getByRole('heading', { name: 'No job was submitted yet' }).waitFor();
  expect(await page.locator('.state pre').textContent()).toContain('modelyard jobs submit');
  await page.locator('.state').getByRole('link', { name: 'Run a project' }).click();
  await page.getByRole('heading', { level: 1, name: 'Run a project' }).waitFor();
});

test('a server that runs no projects says so, and how it would', async () => {
  const other = await freshServer(['--project-jobs', 'off']);
  try {
    await using page = await openPage('/jobs', { server: other });
    await page.getByText('This server does not run projects.').waitFor();
    await page.locator('.banner').getByText('--project-jobs on').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.goto('/jobs/new');
    await page.getByText('This server does not run projects.').waitFor();
  } finally {
    await other.stop();
  }
});

describe('running a project', () => {
  test('the form is made of the parameters, judges them, and leads to the job', async () => {
    await using page = await open('/jobs/new', { expected: /status of 400/ });
    const address = page.getByRole('textbox', { name: 'Project', exact: true });
    await page.getByRole('button', { name: 'Read the project' }).click();
    await page.getByText('Where the project is: a folder or a git address.').waitFor();
    expect(await focused(page)).toContain('Project');
    await address.fill(join(dir, 'nowhere'));
    await page.keyboard.press('Enter');
    await page.locator('.field-error').filter({ hasText: 'nowhere' }).waitFor({ timeout: startOfProject });
    expect(await address.getAttribute('aria-invalid')).toBe('true');

    await address.fill(project);
    await page.keyboard.press('Enter');
    await page.getByText('wine · environment:').waitFor({ timeout: startOfProject });
    expect(await page.getByRole('combobox', { name: 'Entry point' }).inputValue()).toBe('main');
    const alpha = page.getByRole('textbox', { name: /^alpha/ });
    expect(await alpha.inputValue()).toBe('0.5');
    await alpha.fill('much');
    await page.getByText('A number, such as 0.5.').waitFor();
    await alpha.fill('0.75');
    await page.getByText('default 0.5').waitFor();
    await page.getByLabel(/^api_token/).fill('hush');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('A value is needed.').waitFor();
    expect(await focused(page)).toContain('label');
    await page.getByRole('textbox', { name: /^label/ }).fill('$(touch pwned) "b"');
    await page.getByRole('combobox', { name: 'Experiment', exact: true }).fill('from the form');
    await page.getByRole('textbox', { name: 'Run name' }).fill('by hand');
    await page.getByRole('combobox', { name: 'Environment' }).selectOption('local');
    // What is filled in stands in the address, but for what is secret.
    await page.waitForURL((url) => url.searchParams.get('env') === 'local');
    const kept = new URL(page.url()).searchParams;
    expect([kept.get('p.alpha'), kept.get('experiment'), kept.get('p.api_token')]).toEqual([
      '0.75',
      'from the form',
      null,
    ]);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: `main of ${project}` }).waitFor();
    await isState(page, 'Finished');
    await page.getByText('trained with 0.75 and $(touch pwned) "b"').waitFor();
    await page.getByRole('link', { name: 'from the form' }).waitFor();
    await page.getByRole('link', { name: 'by hand' }).click();
    await page.getByRole('heading', { level: 1, name: 'by hand' }).waitFor();
    // And back: the run knows its job.
    await page.getByRole('link', { name: `main of ${project}` }).click();
    await page.getByRole('heading', { level: 1, name: `main of ${project}` }).waitFor();
  }, 120_000);

  test('a job is run again with changes', async () => {
    const first = await jobs.submit(project, 'main', { label: 'a', extra: '1' }, { run_name: 'again' });
    await using page = await open(`/jobs/${first.job_id}`);
    await page.getByRole('button', { name: 'Job actions' }).click();
    await page.getByRole('menuitem', { name: 'Run again with changes…' }).click();
    const label = page.getByRole('textbox', { name: /^label/ });
    await label.waitFor({ timeout: startOfProject });
    expect(await label.inputValue()).toBe('a');
    expect(await page.getByRole('textbox', { name: 'Value of extra' }).inputValue()).toBe('1');
    expect(await page.getByRole('textbox', { name: 'Run name' }).inputValue()).toBe('again');
    expect(await page.getByRole('combobox', { name: 'Environment' }).inputValue()).toBe('local');
    await page.getByRole('button', { name: 'Remove extra' }).click();
    await label.fill('b');
    await page.waitForURL((url) => url.searchParams.get('p.label') === 'b' && !url.searchParams.has('again'));
    await page.reload();
    await label.waitFor({ timeout: startOfProject });
    expect(await label.inputValue()).toBe('b');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await isState(page, 'Finished');
    await page.getByText('trained with 0.5 and b').waitFor();
    // What was given, then what the project took by itself.
    await page.locator('.job-parameters').getByText('alpha').waitFor();
    expect(await page.locator('.job-parameters > div').allTextContents()).toEqual([
      'labelb',
      'alpha0.5 default',
      'api_tokennone default',
    ]);
  }, 120_000);

  test('an experiment and the palette lead to the form', async () => {
    const experiment = await new Api(server).createExperiment('of the page');
    await using page = await open(`/experiments/${experiment}/runs`);
    await page.getByRole('link', { name: 'Run a project in this experiment' }).click();
    await page.getByRole('textbox', { name: 'Project', exact: true }).fill(project);
    await page.keyboard.press('Enter');
    const field = page.getByRole('combobox', { name: 'Experiment', exact: true });
    await field.waitFor({ timeout: startOfProject });
    expect(await field.inputValue()).toBe('of the page');
    expect(new URL(page.url()).searchParams.get('experiment')).toBe('of the page');
    await page.goto('/models');
    await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('run a pro');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Run a project' }).waitFor();
  }, 60_000);
});

test('a run leads to the job that made it', async () => {
  const { job_id: id, run_id: run = '' } = await jobs.ended(
    (await jobs.submit(project, 'main', { label: 'x' })).job_id,
  );
  await using page = await open(`/experiments/0/runs/${run}`);
  await page.getByRole('link', { name: `main of ${project}` }).click();
  await page.waitForURL((url) => url.pathname.endsWith(`/jobs/${id}`));
}, 60_000);

describe('the queue', () => {
  test('who waits and who runs is told live; what waits is taken out and put back', async () => {
    const held = await holding();
    const behind = await jobs.submit(project, 'main', { label: 'behind' });
    await using page = await open('/jobs');
    const row = page.getByRole('row').filter({ hasText: 'Queued' });
    await row.waitFor();
    expect(await row.getByRole('gridcell').nth(2).textContent()).toBe('1');
    await page.getByRole('button', { name: 'Running 1' }).click();
    expect(new URL(page.url()).searchParams.get('state')).toBe('running');
    await page.getByRole('link', { name: `hold of ${project}` }).waitFor();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Queued 1' }).click();
    await row.getByRole('button', { name: `Actions for main of ${project}` }).click();
    await page.getByRole('menuitem', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'No job is queued' }).waitFor();
    expect(await jobs.get(behind.job_id)).toMatchObject({ state: 'canceled' });
    await toast(page, 'was canceled').getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
    held.letGo();
    await page.getByRole('heading', { name: 'No job is queued' }).waitFor({ timeout: startOfProject });
    await page.getByRole('button', { name: 'Show all jobs' }).click();
    await page.getByRole('row').nth(1).getByText('Finished').waitFor({ timeout: startOfProject });
  }, 120_000);

  test('a job is found by the search of the list, which stands in the address, and by the palette', async () => {
    const { job_id: id = '' } = await jobs.submit(project, 'main', { label: 'x' }, { run_name: 'quiet heron' });
    await jobs.ended(id);
    await using page = await open('/jobs');
    await page.getByRole('grid', { name: 'Jobs' }).waitFor();
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('input Search jobs');
    await page.keyboard.type('quiet her');
    await page.getByText('1 job matches').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('quiet her');
    await page.reload();
    await page.getByText('1 job matches').waitFor();
    await page.getByRole('textbox', { name: 'Search jobs' }).fill('nothing is called so');
    await page.getByRole('heading', { name: 'No job matches' }).waitFor();
    await page.getByRole('button', { name: 'Show all jobs' }).click();
    await page.getByText(/^\d+ jobs?\b/).waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(id.slice(0, 12));
    await page.getByRole('option', { name: new RegExp(`main of .* finished · ${id.slice(0, 8)}`) }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/jobs/${id}`);
    await page.getByText('trained with').waitFor();
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('input Find in the file');
  }, 60_000);

  test('what runs is ended after a question; what ended runs again and is deleted', async () => {
    const { id } = await holding();
    await using page = await open(`/jobs/${id}`, { expected: /status of 404/ });
    await isState(page, 'Running');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Its processes end').waitFor();
    await dialog.getByRole('button', { name: 'Cancel job' }).click();
    await isState(page, 'Canceled');
    expect(await jobs.statusOf(await jobs.get(id))).toBe('KILLED');
    await page.getByRole('button', { name: 'Run again', exact: true }).click();
    await toast(page, 'runs again').getByRole('button', { name: 'Open' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(id));
    await page.getByRole('link', { name: `Job ${id.slice(0, 8)}` }).waitFor();
    await isState(page, 'Running');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await dialog.getByRole('button', { name: 'Cancel job' }).click();
    await isState(page, 'Canceled');
    await page.getByRole('button', { name: 'Job actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete job' }).click();
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await page.goto('/jobs/gone');
    await page.getByRole('heading', { name: 'There is no such job' }).waitFor();
  }, 120_000);
});

describe('the log', () => {
  test('it grows while the page is open, without the codes of a terminal, and is found in and kept', async () => {
    const { id, letGo } = await holding();
    await using page = await open(`/jobs/${id}`);
    const log = page.getByRole('region', { name: `Log of hold of ${project}` });
    await log.getByText('began', { exact: true }).waitFor();
    letGo();
    await log.getByText('ended', { exact: true }).waitFor({ timeout: startOfProject });
    await page.getByRole('searchbox', { name: 'Find in the file' }).fill('ended');
    await page.getByText(/^1 of \d/).waitFor();
    expect(new URL(page.url()).searchParams.get('find')).toBe('ended');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect(await Bun.file(await (await download).path()).text()).toContain('\u001b[32mbegan');
  }, 120_000);

  test('of a long one the end is shown, with few lines in the document; more is loaded on demand', async () => {
    const job = await jobs.ended((await jobs.submit(project, 'long')).job_id);
    expect(Number(job.log_size)).toBeGreaterThan(2_000_000);
    await using page = await open(`/jobs/${job.job_id}`);
    await page.getByText('line 40000 of a log').waitFor();
    expect(await page.locator('.code-row').count()).toBeLessThan(200);
    await page.getByText(/^The last 1 MB of /).waitFor();
    await page.getByRole('button', { name: 'Load earlier' }).click();
    await page.getByText(/^The last 2 MB of /).waitFor();
    await page.getByRole('button', { name: 'Load earlier' }).click();
    await page.getByText(/^The last /).waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Find in the file' }).fill('line 1 of');
    await page.getByText('1 of 1').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const whole = await Bun.file(await (await download).path()).text();
    expect(whole.match(/^line \d+ of a log/gm)).toHaveLength(40_000);
  }, 120_000);

  test('what failed says why, beside its last lines', async () => {
    const job = await jobs.ended((await jobs.submit(project, 'fail')).job_id);
    await using page = await open(`/jobs/${job.job_id}`);
    const why = page.getByRole('status', { name: 'Why it failed' });
    await why.getByText('no such column: age').waitFor();
    await page
      .getByRole('region', { name: /^Log of fail/ })
      .getByText('no such column: age', { exact: true })
      .waitFor();
    await page.getByText('Exit code', { exact: true }).waitFor();
  }, 120_000);
});

describe('for everybody', () => {
  test('by keyboard alone: from anywhere to the form, through it, and to the job', async () => {
    await using page = await open('/models');
    await page.keyboard.press('g');
    await page.keyboard.press('j');
    await page.getByRole('grid', { name: 'Jobs' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { level: 1, name: 'Run a project' }).waitFor();
    await tabTo(page, /^input Project/);
    await page.keyboard.type(project);
    await page.keyboard.press('Enter');
    await page.getByText('wine · environment:').waitFor({ timeout: startOfProject });
    await tabTo(page, /^input label/);
    await page.keyboard.type('typed');
    await tabTo(page, /^select As the project says/);
    await page.keyboard.type('local');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `main of ${project}` }).waitFor();
    await isState(page, 'Finished');
    await page.goBack();
    await page.goBack();
    await page.getByRole('grid', { name: 'Jobs' }).waitFor();
    await tabTo(page, /^grid Jobs/);
    await page.keyboard.press('Enter');
    await isState(page, 'Finished');
  }, 120_000);

  test('axe finds nothing on the pages in both themes, and they fit 390 pixels', async () => {
    const { jobs: all } = await jobs.list('?state=failed');
    const size = { width: 390, height: 844 };
    await using page = await open('/jobs', size);
    const query = new URLSearchParams({ uri: project, 'p.alpha': 'much', 'p.extra': '1' });
    for (const path of ['/jobs', `/jobs/${all[0]?.job_id}`, `/jobs/new?${query}`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      if (path.includes('uri')) await page.getByText('wine · environment:').waitFor({ timeout: startOfProject });
      else
        await page
          .getByRole('grid')
          .or(page.getByText('Exit code', { exact: true }))
          .first()
          .waitFor();
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    }
  }, 120_000);
});
