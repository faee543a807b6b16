/** The list of experiments. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as open, type PageOptions } from './support/browser.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { squeezedButtons } from './support/squeezed.ts';
import { freshServer, python } from './support/server.ts';

let server: TestServer;
let api: Api;
const ids: Record<string, string> = {};

async function create(name: string, tags: Readonly<Record<string, string>> = {}): Promise<string> {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const { experiment_id } = await api.post<{ experiment_id: string }>('experiments/create', { name, tags: list });
  ids[name] = experiment_id;
  return experiment_id;
}

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  await create('alpha', { team: 'vision', 'mlflow.note.content': '# Goal of alpha\n\nSecond *line*.' });
  await create('beta', { team: 'nlp' });
  await create('fold/one');
  await create('fold/two');
  await create('<b>bold</b> & <img src=x onerror="document.title=1">');
  for (let i = 0; i < 3; i++) await api.createRun({ experiment_id: ids['beta'], run_name: `run-${i}` });
  const run_id = await api.createRun({ experiment_id: ids['alpha'], run_name: 'done' });
  await api.post('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
}, 60_000);

afterAll(async () => {
  await server.stop();
});

async function openPage(path: string, options: PageOptions = {}): Promise<Page> {
  const page = await open(path, { server, ...options });
  await page.locator('.grid-row:not(.grid-header), .state').first().waitFor();
  return page;
}

function row(page: Page, text: string) {
  return page.getByRole('row').filter({ hasText: text });
}

async function names(page: Page): Promise<string[]> {
  return page.locator('.experiment-name > a, .folder').allTextContents();
}

test('a row shows what an experiment is and has', async () => {
  await using page = await openPage('/');
  const beta = row(page, 'beta');
  expect(await beta.getByRole('gridcell').nth(2).textContent()).toBe('3');
  expect(await beta.getByRole('gridcell').nth(3).textContent()).toBe('3');
  expect(await beta.locator('time').first().getAttribute('title')).toMatch(/\d{4}/);
  await row(page, 'alpha').getByText('team: vision').waitFor();
  const newest = row(page, 'alpha').getByRole('gridcell').nth(4);
  await newest.getByText('Finished').waitFor();
  await newest.getByRole('link', { name: 'done' }).click();
  await page.getByRole('heading', { level: 1, name: 'done' }).waitFor();
  await page.goBack();
  await row(page, 'alpha').waitFor();
  await row(page, 'alpha').getByText('Goal of alpha', { exact: true }).waitFor();
  await row(page, '<b>bold</b> & <img src=x').waitFor();
});

test('a click on a header sorts, a second one turns it round, and the address keeps it', async () => {
  await using page = await openPage('/experiments?tree=off');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await page.waitForURL('**sort=name**');
  await page.waitForFunction(() => document.querySelector('.experiment-name > a')?.textContent?.startsWith('<b>'));
  expect((await names(page)).slice(1, 3)).toEqual(['alpha', 'beta']);
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await page.waitForFunction(() => document.querySelector('.experiment-name > a')?.textContent === 'fold/two');
  expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.experiment-name > a')?.textContent?.startsWith('<b>'));
});

test('tags and descriptions sort from a to z, those without last either way', async () => {
  await using page = await openPage('/experiments?tree=off');
  const firstIs = (name: string) =>
    page.waitForFunction((wanted) => document.querySelector('.experiment-name > a')?.textContent === wanted, name);
  await page.getByRole('columnheader', { name: 'Tags' }).getByRole('button').click();
  await page.waitForURL('**sort=tags**');
  await firstIs('beta');
  expect((await names(page)).slice(0, 2)).toEqual(['beta', 'alpha']);
  await page.getByRole('columnheader', { name: 'Tags' }).getByRole('button').click();
  await firstIs('alpha');
  expect((await names(page)).slice(0, 2)).toEqual(['alpha', 'beta']);
  await page.getByRole('columnheader', { name: 'Description' }).getByRole('button').click();
  await page.waitForURL('**sort=description**');
  await firstIs('alpha');
});

test('names fold into folders that close, and the tree can be switched off', async () => {
  await using page = await openPage('/');
  const folder = page.getByRole('button', { name: 'Close fold/' });
  await folder.click();
  await page.waitForURL('**closed=**');
  await page.getByRole('link', { name: 'one', exact: true }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Open fold/' }).click();
  await page.getByRole('link', { name: 'one', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Fold names into folders' }).click();
  await page.getByRole('link', { name: 'fold/one' }).waitFor();
  expect(new URL(page.url()).searchParams.get('tree')).toBe('off');
});

test('the search finds names and tags while they are typed, and stands in the address', async () => {
  await using page = await openPage('/');
  const field = page.getByRole('searchbox', { name: 'Search experiments' });
  await field.fill('nl');
  await page.waitForFunction(() => document.querySelectorAll('.grid-row:not(.grid-header)').length === 1);
  expect(await names(page)).toEqual(['beta']);
  expect(new URL(page.url()).searchParams.get('q')).toBe('nl');
  await field.fill('alph');
  await page.waitForFunction(() => document.querySelector('.experiment-name > a')?.textContent === 'alpha');
  await page.reload();
  expect(await field.inputValue()).toBe('alph');
  await field.fill('zzz');
  await page.getByRole('heading', { name: 'No experiment matches “zzz”.' }).waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await row(page, 'beta').waitFor();
});

test('the search takes filters, and a wrong one leaves the rows', async () => {
  await using page = await openPage('/', { expected: /status of 400/ });
  const field = page.getByRole('searchbox');
  await field.fill("tags.team = 'vision'");
  await page.waitForFunction(() => document.querySelectorAll('.grid-row:not(.grid-header)').length === 1);
  expect(await names(page)).toEqual(['alpha']);
  await field.fill("tags.team = 'vision");
  await page.getByRole('alert').waitFor();
  expect(await names(page)).toEqual(['alpha']);
});

test('an experiment is created; its name is checked while it is typed', async () => {
  await using page = await openPage('/', { expected: /status of 400/ });
  await page.getByRole('button', { name: 'New experiment' }).click();
  const dialog = page.getByRole('dialog', { name: 'New experiment' });
  const name = dialog.getByRole('textbox', { name: 'Name' });
  await name.fill('alpha');
  await dialog.getByText('An experiment of this name exists').waitFor();
  expect(await dialog.getByRole('button', { name: 'Create' }).isDisabled()).toBe(true);
  await name.fill('created');
  await dialog.getByRole('button', { name: 'Add tag' }).click();
  await dialog.getByRole('textbox', { name: 'Key' }).fill('owner');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('ada');
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await row(page, 'created').getByText('owner: ada').waitFor();
  await page.getByRole('button', { name: 'Open it' }).click();
  await page.waitForURL(/experiments\/\d+\/runs/);
});

test('an experiment is renamed', async () => {
  await create('before');
  await using page = await openPage('/');
  await page.getByRole('button', { name: 'Actions for before' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('after');
  await page.keyboard.press('Enter');
  await row(page, 'after').waitFor();
  expect(await row(page, 'before').count()).toBe(0);
});

test('a deleted one comes back by Undo, and from the list of deleted ones', async () => {
  await create('doomed');
  await using page = await openPage('/');
  const remove = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Actions for doomed' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await row(page, 'doomed').waitFor({ state: 'detached' });
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(page, 'doomed').waitFor();
  await remove();
  await page.getByRole('button', { name: 'Which experiments: Active' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Deleted' }).click();
  await page.keyboard.press('Escape');
  await page.waitForURL('**view=deleted**');
  await row(page, 'doomed').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Actions for doomed' }).click();
  await page.getByRole('menuitem', { name: 'Restore' }).click();
  await row(page, 'doomed').waitFor({ state: 'detached' });
});

/** A deleted experiment with two runs, and the list of deleted ones. */
async function openDeleted(name: string, options: PageOptions & { location?: string } = {}): Promise<Page> {
  const { experiment_id } = await api.post<{ experiment_id: string }>('experiments/create', {
    name,
    artifact_location: options.location,
  });
  for (let i = 0; i < 2; i++) await api.createRun({ experiment_id });
  await api.post('experiments/delete', { experiment_id });
  return openPage(`/experiments?view=deleted&tree=off&q=${name}`, options);
}

test('a deleted one is erased for good once its name is typed, and the name is free', async () => {
  await using page = await openDeleted('waste');
  await page.getByRole('button', { name: 'Actions for waste' }).click();
  await page.getByRole('menuitem', { name: 'Erase for good…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase this experiment for good?' });
  await dialog.getByText('its 2 runs with all that was logged').waitFor();
  const erase = dialog.getByRole('button', { name: 'Erase for good' });
  expect(await erase.isDisabled()).toBe(true);
  const field = dialog.getByRole('textbox', { name: 'Type its name to confirm' });
  await field.fill('Waste');
  expect(await erase.isDisabled()).toBe(true);
  await field.fill('waste');
  expect(await axe(page)).toEqual([]);
  await erase.click();
  await page.getByText('Erased “waste” for good.').waitFor();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'No experiment matches' }).waitFor();
  await api.createExperiment('waste');
});

test('by keyboard alone one is erased for good, and artifacts elsewhere are named', async () => {
  await using page = await openDeleted('scrap', { location: 's3://bucket/scrap' });
  await tabTo(page, /^grid /);
  await page.keyboard.press('Space');
  await page.getByText('1 selected').waitFor();
  for (let i = 0; i < 8 && !(await focused(page)).includes('Erase for good'); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await focused(page)).toContain('Type its name');
  await page.keyboard.type('scrap');
  await page.keyboard.press('Enter');
  await page.getByText('Erased “scrap” for good. Artifacts stay in storage of their own: s3://bucket/scrap/').waitFor();
  await page.getByRole('button', { name: 'Copy the addresses' }).click();
  await page.getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toHaveLength(2);
  expect(copied).toStartWith('s3://bucket/scrap/');
});

test('an erasing that failed says so, keeps what was typed and can be tried again', async () => {
  await using page = await openDeleted('stubborn', { expected: /status of 503/ });
  await page.route(
    '**/experiments/erase',
    (route) =>
      route.fulfill({ status: 503, json: { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'The disk is full.' } }),
    { times: 1 },
  );
  await page.getByRole('button', { name: 'Actions for stubborn' }).click();
  await page.getByRole('menuitem', { name: 'Erase for good…' }).click();
  await page.getByRole('textbox', { name: 'Type its name to confirm' }).fill('stubborn');
  await page.keyboard.press('Enter');
  await page.getByText('The disk is full.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText('Erased “stubborn” for good.').waitFor();
});

test('deleted runs are erased for good from their table, after a question', async () => {
  const experiment_id = await create('runs to erase');
  const kept = await api.createRun({ experiment_id, run_name: 'kept' });
  for (const run_name of ['one', 'two', 'three']) {
    await api.post('runs/delete', { run_id: await api.createRun({ experiment_id, run_name }) });
  }
  await using page = await open(`/experiments/${experiment_id}/runs?view=deleted`, { server });
  const left = (count: number) =>
    page.waitForFunction((wanted) => document.querySelectorAll('[data-run-id]').length === wanted, count);
  await left(3);
  await row(page, 'one').getByRole('checkbox').click();
  await row(page, 'two').getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Erase for good…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase 2 runs for good?' });
  await dialog.waitFor();
  // Enter pressed in haste erases nothing.
  expect(await focused(page)).toBe('button Cancel');
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await page.getByText('2 erased for good.').waitFor();
  await left(1);
  const all = await api.searchAll({ experiment_ids: [experiment_id], run_view_type: 'ALL' });
  expect(all.map(({ info }) => info.run_name).toSorted()).toEqual(['kept', 'three']);
  expect((await api.run(kept)).info.lifecycle_stage).toBe('active');
});

test('an address where nothing stands is a page with a way home', async () => {
  for (const prefix of ['', '/ml']) {
    const own = prefix === '' ? server : await freshServer(['--static-prefix', prefix]);
    try {
      await using page = await open(`${prefix}/foo/bar`, {
        server: { url: new URL(own.url).origin },
        expected: /status of 404/,
      });
      await page.getByRole('heading', { name: 'Nothing stands at this address.' }).waitFor();
      expect(await page.title()).toBe('Nothing stands at this address. - Modelyard');
      expect(await axe(page)).toEqual([]);
      await page.getByRole('link', { name: 'All experiments' }).click();
      await page.waitForURL(`**${prefix}/experiments`);
      await page.getByRole('heading', { name: 'Experiments', exact: true }).waitFor();
    } finally {
      if (own !== server) await own.stop();
    }
  }
});

test('a failed delete says so and keeps the row', async () => {
  await using page = await openPage('/', { expected: /status of 500/ });
  await page.route('**/experiments/delete', (route) =>
    route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The disk is full.' } }),
  );
  await page.getByRole('button', { name: 'Actions for beta' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('The disk is full.').waitFor();
  expect(await row(page, 'beta').count()).toBe(1);
});

test('starred ones come first, also after a reload', async () => {
  await using page = await openPage('/experiments?sort=name&tree=off');
  await row(page, 'fold/two').getByRole('button', { name: 'Star: keep at the top' }).click();
  const first = page.locator('.experiment-name > a').first();
  await page.waitForFunction(() => document.querySelector('.experiment-name > a')?.textContent === 'fold/two');
  await page.reload();
  await first.waitFor();
  await page.waitForFunction(() => document.querySelector('.experiment-name > a')?.textContent === 'fold/two');
});

test('the list has the focus when the bar of the ticked ones goes, and when a row goes by its own menu', async () => {
  for (const name of ['leaving-a', 'leaving-b', 'leaving-c', 'leaving-d']) await create(name);
  await using page = await openPage('/experiments?tree=off&q=leaving');
  await row(page, 'leaving-c').getByRole('checkbox').click();
  await row(page, 'leaving-b').getByRole('checkbox').click();
  await page.getByRole('group', { name: '2 selected' }).getByRole('button', { name: 'Delete' }).press('Enter');
  await row(page, 'leaving-b').waitFor({ state: 'detached' });
  await row(page, 'leaving-c').waitFor({ state: 'detached' });
  expect(await focused(page)).toStartWith('grid ');
  const left = await page.locator('[role=row]:has(.cursor)').textContent();
  expect(left).toMatch(/leaving-[ad]/);
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await row(page, 'leaving-b').waitFor();
  expect(await focused(page)).toStartWith('grid ');
  await page.getByRole('button', { name: 'Actions for leaving-b' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await row(page, 'leaving-b').waitFor({ state: 'detached' });
  expect(await focused(page)).toStartWith('grid ');
});

test('the buttons of the list are whole at 800 pixels', async () => {
  await using page = await openPage('/experiments', { width: 800 });
  await page.getByRole('button', { name: 'Fold names into folders' }).waitFor();
  expect(await squeezedButtons(page)).toEqual([]);
});

test('several ticked ones open their runs in one table', async () => {
  await using page = await openPage('/experiments?tree=off');
  await row(page, 'alpha').getByRole('checkbox').click();
  await row(page, 'beta').getByRole('checkbox').click();
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Open runs in one table' }).click();
  await page.waitForURL('**/runs?experiments=**');
  const asked = new URL(page.url()).searchParams.get('experiments')?.split(',');
  expect(asked?.toSorted()).toEqual([ids['alpha'], ids['beta']].map(String).toSorted());
  await page.getByText('run-1').waitFor();
  await page.getByText('done').waitFor();
});

test('a description is read as Markdown and edited in its place with a preview', async () => {
  await using page = await openPage('/');
  await page.getByRole('button', { name: 'Actions for alpha' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const drawer = page.getByRole('dialog', { name: 'alpha' });
  await drawer.getByRole('heading', { name: 'Goal of alpha' }).waitFor();
  expect(await drawer.locator('em').textContent()).toBe('line');
  await drawer.getByRole('button', { name: 'Edit: Description' }).click();
  const text = drawer.getByRole('textbox', { name: 'Description' });
  await text.fill(
    '# New goal\n\n<script>document.title="taken"</script>\n\n[bad](javascript:alert(1)) ![pixel](https://evil.test/x.png)',
  );
  await drawer.getByRole('button', { name: 'Preview' }).click();
  await drawer.getByRole('heading', { name: 'New goal' }).waitFor();
  await drawer.getByText('<script>document.title="taken"</script>').waitFor();
  expect(await drawer.locator('a[href^="javascript:"]').count()).toBe(0);
  expect(await drawer.locator('img').count()).toBe(0);
  expect(await axe(page)).toEqual([]);
  await drawer.getByRole('button', { name: 'Save' }).click();
  await drawer.getByRole('button', { name: 'Edit: Description' }).waitFor();
  await page.keyboard.press('Escape');
  await row(page, 'alpha').getByText('New goal').waitFor();
  await page.goBack();
  await drawer.waitFor();
});

test('an edit that could not be saved keeps its text', async () => {
  await using page = await openPage(`/?details=${ids['beta']}`, { expected: /status of 500/ });
  await page.route('**/set-experiment-tag', (route) =>
    route.fulfill({ status: 500, json: { error_code: 'INTERNAL_ERROR', message: 'The disk is full.' } }),
  );
  await page.getByRole('button', { name: 'Edit: Description' }).click();
  const field = page.getByRole('textbox', { name: 'Description' });
  await field.fill('precious');
  await page.keyboard.press('Control+Enter');
  await page.getByText('The disk is full.').waitFor();
  expect(await field.inputValue()).toBe('precious');
});

test('by keyboard alone: from the start to the runs of an experiment, its details and back', async () => {
  await using page = await openPage('/experiments?q=beta');
  await tabTo(page, /^grid /);
  await page.keyboard.press('Space');
  await page.getByText('1 selected').waitFor();
  await page.keyboard.press('Tab');
  for (let i = 0; i < 8 && !(await focused(page)).includes('Details'); i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'beta' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await focused(page)).toContain('Details');
  await tabTo(page, /^grid /);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/experiments/${ids['beta']}/runs`);
});

test('the list and its states have no fault that axe sees', async () => {
  await using page = await openPage('/');
  expect(await axe(page)).toEqual([]);
  await row(page, 'alpha').getByRole('checkbox').click();
  await page.getByText('1 selected').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('searchbox').fill('zzz');
  await page.getByRole('heading', { name: 'No experiment matches' }).waitFor();
  expect(await axe(page)).toEqual([]);
});

test('a new server shows how to log a first run', async () => {
  const own = await freshServer();
  try {
    await using page = await openPage('/', { server: own });
    const code = page.locator('.first-run pre');
    expect(await code.textContent()).toContain(`mlflow.set_tracking_uri("${own.url}")`);
    await page.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe((await code.textContent()) ?? '');
    expect(await axe(page)).toEqual([]);
    // The lines do what they say.
    await python(own, (await code.textContent()) ?? '');
    await page.reload();
    await page.getByRole('gridcell', { name: '1', exact: true }).first().waitFor();
    expect(await code.count()).toBe(0);
  } finally {
    await own.stop();
  }
}, 90_000);

test('5,000 experiments: few rows in the document, the last is one key away, folding takes them all', async () => {
  const own = await freshServer();
  try {
    const many = new Api(own);
    for (let from = 0; from < 5000; from += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, i) => many.createExperiment(`g${i % 7}/e-${from + i}`)));
    }
    await using page = await openPage('/experiments?sort=name', { server: own });
    await page.getByText('5,001', { exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByRole('link', { name: 'g6/e-998', exact: true }).waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Fold names into folders' }).click();
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Close g0/' }).click();
    await page.getByRole('button', { name: 'Close g1/' }).waitFor();
  } finally {
    await own.stop();
  }
}, 120_000);

test('in a window as small as one at 400 % its head is whole, reached by the mouse, and the rows have room', async () => {
  for (const [width, height] of [
    [320, 256],
    [341, 192],
  ] as const) {
    await using page = await openPage('/', { width, height });
    // A click fails where something else lies above.
    await page.getByRole('searchbox', { name: 'Search experiments' }).click();
    await page.getByRole('button', { name: 'New experiment' }).click();
    await page.getByRole('dialog', { name: 'New experiment' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'Select alpha' }).click();
    await page.getByRole('button', { name: /^Which experiments/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Deleted' }).click();
    await page.waitForURL('**view=deleted**');
  }
});
