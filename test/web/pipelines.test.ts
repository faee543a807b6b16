/** Pipelines: the list, a build as a graph and as a table, its tasks with their notebooks, live and by keyboard alone. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage, type PageOptions } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { logBuild, recordOf, writeRecord, type BuildWish, type TaskWish } from './support/pipelines.ts';
import { pixel } from './support/seed.ts';
import { freshServer } from './support/server.ts';

let server: TestServer;
let experiment: string;
let failed: string;

const tasks: readonly TaskWish[] = [
  {
    name: 'get',
    kind: 'function',
    source: 'tasks.get',
    doc: 'Downloads the data.',
    params: { url: 'https://a.test/x' },
  },
  { name: 'clean', upstream: ['get'], params: { drop: ['a', 'b'] } },
  { name: 'describe', upstream: ['clean'], kind: 'notebook' },
  { name: 'train', upstream: ['clean'] },
  { name: 'register', upstream: ['train', 'clean'] },
];

/** The build before ran all; this one failed in the middle. */
const statesAfter: Readonly<Record<string, Partial<TaskWish>>> = {
  get: { state: 'skipped' },
  train: {
    state: 'failed',
    reason: 'clean was run',
    next: 'it failed',
    error: '\u001b[0;31mValueError\u001b[0m: could not convert string to float\n  in model.fit(X, y)',
  },
  register: { state: 'blocked', reason: 'train failed', next: 'train will run' },
};

function open(path: string, options: PageOptions = {}): Promise<Page> {
  return openPage(path, { server, ...options });
}

function pipeline(query = ''): string {
  return `/pipelines/${experiment}/training${query}`;
}

function node(page: Page, name: string) {
  return page.getByRole('button', { name: new RegExp(`^${name} `) });
}

beforeAll(async () => {
  server = await freshServer();
  experiment = await new Api(server).createExperiment('diabetes');
}, 60_000);

afterAll(() => server.stop());

test('without any build the list tells how to make one', async () => {
  await using page = await open('/pipelines');
  await page.getByRole('heading', { name: 'No pipeline was built yet' }).waitFor();
  expect(await page.locator('.state pre').textContent()).toContain('modelyard pipeline build');
});

describe('with builds', () => {
  beforeAll(async () => {
    const now = Date.now();
    await logBuild(server, { experiment, name: 'training', status: 'FINISHED', started: now - 7_200_000, tasks });
    failed = await logBuild(server, {
      experiment,
      name: 'training',
      status: 'FAILED',
      started: now - 600_000,
      tasks: tasks.map((task) => ({ ...task, ...statesAfter[task.name] })),
    });
    const load = { name: 'load', next: 'its source changed' };
    await logBuild(server, { experiment, name: 'serving/daily', status: 'FINISHED', started: now, tasks: [load] });
  }, 60_000);

  test('the list shows the last build, what it ran, and those before; searches and sorts in the address', async () => {
    await using page = await open('/pipelines');
    const row = page.getByRole('row', { name: /^training/ });
    await row.getByText('1 failed · 2 executed · 1 skipped · 1 blocked').waitFor();
    await row.getByText('Failed', { exact: true }).waitFor();
    await row.getByRole('img', { name: 'Last 2 builds: 1 failed, 1 finished' }).waitFor();
    await row.getByRole('link', { name: 'diabetes' }).waitFor();
    await page.getByRole('button', { name: 'Name' }).click();
    expect(new URL(page.url()).searchParams.get('sort')).toBe('name');
    expect(await page.getByRole('row').nth(1).textContent()).toContain('serving/daily');
    await page.getByRole('textbox', { name: 'Search pipelines' }).fill('failed diab');
    await page.getByText('1 of 2 pipelines match').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('failed diab');
    await page.getByRole('link', { name: 'training', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'training' }).waitFor();
    expect(await page.title()).toBe('training - Modelyard');
    await page.goto('/pipelines');
    await page.getByRole('link', { name: 'serving/daily' }).click();
    await node(page, 'load').waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'serving/daily' }).waitFor();
  });

  test('the graph says of each task its state, and what the next build runs and why', async () => {
    await using page = await open(pipeline());
    await node(page, 'train').waitFor();
    await page.getByRole('button', { name: 'train Failed · 1.2 s runs next', exact: true }).waitFor();
    const about = await node(page, 'train').getAttribute('aria-description');
    expect(about).toBe('clean was run; takes clean; gives to register');
    const next = page.getByRole('region', { name: 'The next build runs' });
    await next.getByRole('button', { name: 'train: it failed' }).waitFor();
    await next.getByRole('button', { name: 'register: train will run' }).click();
    const panel = page.getByRole('region', { name: 'Task register' });
    await panel.getByText('train failed').waitFor();
    expect(new URL(page.url()).searchParams.get('task')).toBe('register');
  });

  test('a failed task shows its traceback without the codes of a terminal', async () => {
    await using page = await open(pipeline('?task=train'));
    const error = page.getByRole('region', { name: 'What went wrong' }).last();
    expect(await error.textContent()).toBe('ValueError: could not convert string to float\n  in model.fit(X, y)');
    await page.getByRole('link', { name: 'Run of this task' }).click();
    await page.getByRole('heading', { level: 1, name: 'train' }).waitFor();
    // And back: the run knows its pipeline.
    await page.getByRole('link', { name: 'train of training' }).click();
    await page.getByRole('region', { name: 'Task train' }).waitFor();
  });

  test('a task opens its executed notebook, of the build that ran it', async () => {
    await using page = await open(pipeline());
    await node(page, 'clean').click();
    const panel = page.getByRole('region', { name: 'Task clean' });
    await panel.getByText('["a", "b"]').or(panel.getByText('"a"')).first().waitFor();
    await panel.getByRole('button', { name: 'Notebook' }).click();
    await panel.getByText('rows of clean: 768').waitFor();
    expect(new URL(page.url()).searchParams.get('show')).toBe('notebook');
    await panel.getByRole('button', { name: 'Output' }).click();
    await panel.getByText('clean printed this').waitFor();
    await page.goBack();
    // The notebook stays the part that is shown from task to task; a skipped one has that of an earlier build.
    await node(page, 'get').click();
    const skipped = page.getByRole('region', { name: 'Task get' });
    await skipped.getByText('rows of get: 768').waitFor();
    await skipped.getByRole('button', { name: 'About' }).click();
    await skipped.getByText('It was not run in this build.').waitFor();
    await skipped.getByRole('button', { name: /^the build / }).click();
    await page.getByText('Build 1 of 2').waitFor();
    await page.getByText('5 executed').waitFor();
    await page.goBack();
    await page.getByText('Build 2 of 2').waitFor();
  });

  test('links and images of a report lead to what the task made beside it, in this tab or another', async () => {
    const below = 'pipeline/products/report';
    const report = {
      name: 'report',
      products: [
        { identifier: 'out/report.md', kind: 'file', size: 60, artifact: `${below}/report.md` },
        { identifier: 'out/plots/roc.png', kind: 'file', size: 60, artifact: `${below}/roc.png` },
        { identifier: 'out/rows.csv', kind: 'file', size: 60, artifact: `${below}/rows.csv` },
      ],
      files: {
        [`${below}/report.md`]: '# Report\n\n[rows](rows.csv) ![curve](plots/roc.png)\n',
        [`${below}/roc.png`]: pixel,
        [`${below}/rows.csv`]: 'a,b\n1,kept\n',
      },
    } satisfies TaskWish;
    await logBuild(server, { experiment, name: 'reports', status: 'FINISHED', started: Date.now(), tasks: [report] });
    await using page = await open(`/pipelines/${experiment}/reports?task=report&show=${below}/report.md&view=tasks`);
    const image = page.getByRole('img', { name: 'curve' });
    await eventually(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth), 1);
    const link = page.getByRole('link', { name: 'rows', exact: true });
    const address = await link.evaluate((a: HTMLAnchorElement) => a.href);
    await link.click();
    const cell = page.getByRole('gridcell', { name: 'kept' });
    await cell.waitFor();
    expect(new URL(page.url()).searchParams.get('show')).toBe(`${below}/rows.csv`);
    await page.goto(address);
    await page.getByRole('region', { name: 'Task report' }).waitFor();
    await cell.waitFor();
  });

  test('builds are stepped through, and listed', async () => {
    await using page = await open(pipeline());
    await node(page, 'train').waitFor();
    await page.keyboard.press('[');
    await page.getByText('Build 1 of 2').waitFor();
    await page.getByText('Everything is up to date: the next build runs nothing.').waitFor();
    await page.keyboard.press('3');
    await page.getByRole('grid', { name: 'Builds' }).waitFor();
    await page.getByRole('row').nth(1).getByText('1 failed · 2 executed').waitFor();
    await page.getByRole('row').nth(1).getByRole('button').click();
    await page.getByText('Build 2 of 2').waitFor();
    await node(page, 'train').waitFor();
    await page.getByRole('link', { name: 'Its run' }).click();
    await page.getByRole('link', { name: 'Build of training' }).click();
    expect(new URL(page.url()).searchParams.get('build')).toBe(failed);
    await node(page, 'train').waitFor();
  });

  test('a build that runs shows each change, and a new one takes its place', async () => {
    const api = new Api(server);
    const wish: BuildWish = {
      experiment,
      name: 'living',
      status: 'RUNNING',
      started: Date.now(),
      tasks: [
        { name: 'first', state: 'running' },
        { name: 'second', upstream: ['first'], state: 'waiting' },
      ],
    };
    const build = await logBuild(server, wish);
    await using page = await open(`/pipelines/${experiment}/living`);
    await page.getByText('1 running · 1 waiting').waitFor();
    const done = [
      { name: 'first', state: 'executed' },
      { name: 'second', upstream: ['first'], state: 'running' },
    ] as const;
    const whole = done.map((task) => ({ kind: 'script', source: '', upstream: [], params: {}, products: [], reason: '', ...task }) as const); // prettier-ignore
    await writeRecord(server, build, recordOf(wish, whole));
    await page.getByText('1 running · 1 executed').waitFor();
    expect(await node(page, 'first').textContent()).toContain('Executed');
    await api.post('runs/update', { run_id: build, status: 'FINISHED', end_time: Date.now() });
    await page.locator('.page-head').getByText('Finished').waitFor();
    await logBuild(server, { ...wish, status: 'FAILED', started: Date.now() + 1000, tasks: [{ name: 'third' }] });
    await page.getByText('Build 2 of 2').waitFor();
    await node(page, 'third').waitFor();
  });

  test('the palette finds a pipeline', async () => {
    await using page = await open('/models');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('ing/dai');
    await page.getByRole('option', { name: 'serving/daily diabetes' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'serving/daily' }).waitFor();
    expect(await focused(page)).toBe('h1 serving/daily');
  });

  test('a list that could not be read is read again by its button', async () => {
    await using page = await open('/models', { expected: /status of 500|status of 400/ });
    let lost = true;
    await page.route(/experiments\/overview/, async (route) =>
      lost ? route.fulfill({ status: 500, json: { message: 'The disk is full.' } }) : route.continue(),
    );
    await page.goto('/pipelines');
    await page.getByRole('heading', { name: 'The disk is full.' }).waitFor();
    lost = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: /^training/ }).waitFor();
  });

  test('what is not there says so', async () => {
    await using page = await open(`/pipelines/${experiment}/nobody`);
    await page.getByRole('heading', { name: 'There is no such pipeline here' }).waitFor();
    await page.goto(pipeline('?build=gone'));
    await page.getByRole('button', { name: 'Show the newest build' }).click();
    await node(page, 'train').waitFor();
  });

  describe('for everybody', () => {
    test('by keyboard alone: found, walked along its lines, opened, closed', async () => {
      await using page = await open('/models');
      await page.keyboard.press('g');
      await page.keyboard.press('l');
      await page.getByRole('row', { name: /^training/ }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('training');
      await page.getByText(/^1 of \d pipelines match$/).waitFor();
      await tabTo(page, /^grid Pipelines/);
      await page.keyboard.press('Enter');
      await node(page, 'get').waitFor();
      await tabTo(page, /^button get/);
      await page.keyboard.press('ArrowRight');
      expect(await focused(page)).toContain('button clean');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
      expect(await focused(page)).toContain('button clean');
      await page.keyboard.press('End');
      expect(await focused(page)).toContain('button register');
      await page.keyboard.press('ArrowLeft');
      expect(await focused(page)).toContain('button train');
      const before = await page.locator('.pipeline-canvas > svg > g').getAttribute('transform');
      await page.keyboard.press('+');
      expect(await page.locator('.pipeline-canvas > svg > g').getAttribute('transform')).not.toBe(before);
      await page.keyboard.press('0');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Task train' }).waitFor();
      expect(await focused(page)).toBe('h2 train');
      await page.keyboard.press('Escape');
      await page.getByRole('region', { name: 'Task train' }).waitFor({ state: 'detached' });
      expect(await focused(page)).toContain('button train');
    });

    test('j and k walk the rows of a table, and the tasks while one is open', async () => {
      await using page = await open(pipeline('?view=tasks'));
      await page.getByRole('grid', { name: 'Tasks of training' }).waitFor();
      await page.keyboard.press('j');
      expect(await focused(page)).toContain('grid Tasks of training');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Task clean' }).waitFor();
      await page.keyboard.press('j');
      await page.getByRole('region', { name: 'Task describe' }).waitFor();
      expect(await focused(page)).toBe('h2 describe');
      expect(new URL(page.url()).searchParams.get('task')).toBe('describe');
      // Also once another view came behind the open task.
      await page.keyboard.press('1');
      await node(page, 'describe').waitFor();
      await page.keyboard.press('2');
      await page.getByRole('grid', { name: 'Tasks of training' }).waitFor();
      await page.keyboard.press('k');
      await page.getByRole('region', { name: 'Task clean' }).waitFor();
      await page.keyboard.press('3');
      await page.getByRole('grid', { name: 'Builds' }).waitFor();
      await page.keyboard.press('j');
      expect(await focused(page)).toContain('grid Builds');
    });

    test('as a table on a phone, with the task below it', async () => {
      await using page = await open(pipeline(), { width: 390, height: 844 });
      const table = page.getByRole('grid', { name: 'Tasks of training' });
      await table.getByRole('row', { name: /^train.*Failed/ }).waitFor();
      await table.getByRole('button', { name: 'clean' }).click();
      const panel = page.getByRole('region', { name: 'Task clean' });
      await panel.getByRole('button', { name: 'Notebook' }).click();
      await panel.getByText('rows of clean: 768').waitFor();
    });

    test.each(['', '?task=train', '?task=clean&show=notebook', '?view=graph', '?view=builds'])(
      'axe finds nothing on the page%s in both themes, and it fits 390 pixels',
      async (query) => {
        await using page = await open(pipeline(query), { width: 390, height: 844 });
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
        expect(await axe(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      },
    );

    test('axe finds nothing in the list, nor in the graph beside an open task', async () => {
      await using list = await open('/pipelines', { width: 390, height: 844 });
      await list.getByRole('row', { name: /^training/ }).waitFor();
      expect(await axe(list)).toEqual([]);
      expect(await list.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await using page = await open(pipeline('?task=train'));
      await node(page, 'train').waitFor();
      await page.getByRole('region', { name: 'What went wrong' }).first().waitFor();
      expect(await axe(page)).toEqual([]);
    });
  });
});
