/** The page of a run: overview, edits, curves; by mouse, by keyboard alone, in both themes, with hostile content. */
import { beforeAll, describe, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import type { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { stopsWithoutOutline, tabTo } from './support/keyboard.ts';
import { squeezedButtons } from './support/squeezed.ts';
import { seededServer } from './support/server.ts';

const start = Date.now() - 3_600_000;
const drawn = "[data-chart][data-drawn='true']";
const notFound = /status of 404/;
const badRequest = /status of 400/;

let api: Api;
let experiment: string;
let run: string;
let child: string;

interface Point {
  readonly key: string;
  readonly value: number | string;
  readonly step: number;
  readonly timestamp: number;
}

function curve(key: string, steps: number, value: (step: number) => number | string): Point[] {
  return Array.from({ length: steps }, (_, step) => ({
    key,
    value: value(step),
    step,
    timestamp: start + step * 1000,
  }));
}

async function log(run_id: string, metrics: readonly Point[]): Promise<void> {
  for (let at = 0; at < metrics.length; at += 1000) {
    await api.post('runs/log-batch', { run_id, metrics: metrics.slice(at, at + 1000) });
  }
}

function pathOf(id: string, tab = 'overview', query = ''): string {
  return `/experiments/${experiment}/runs/${id}/${tab}${query}`;
}

async function newRun(name: string, tags: Readonly<Record<string, string>> = {}): Promise<string> {
  return api.createRun({
    experiment_id: experiment,
    run_name: name,
    start_time: start,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  });
}

async function tagOf(id: string, key: string): Promise<string | undefined> {
  return (await api.run(id)).data.tags?.find((tag) => tag.key === key)?.value;
}

interface Drawn {
  __charts: () => { maxY: number; points: number }[];
}

async function drawnPoints(page: Page): Promise<number | undefined> {
  return page.evaluate(() => (globalThis as unknown as Drawn).__charts()[0]?.points);
}

async function maxDrawn(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as Drawn).__charts()[0]?.maxY ?? NaN);
}

beforeAll(async () => {
  ({ api } = await seededServer());
  experiment = await api.createExperiment('run page');
  run = await newRun('main <b>run</b>', {
    'mlflow.note.content': '# About\n\nWith **weight**.',
    'mlflow.source.name': 'train.py',
    'mlflow.source.git.commit': '0123456789abcdef',
    'mlflow.user': 'ada',
    owner: 'ada',
    huge: 'Z'.repeat(5000),
  });
  await api.post('runs/log-batch', {
    run_id: run,
    params: ['model.layers', 'model.width', 'lr'].map((key) => ({ key, value: `${key} value` })),
  });
  await log(run, [
    // One step of twenty thousand is a peak.
    ...curve('train/loss', 20_000, (step) => (step === 7777 ? 5 : Math.exp(-step / 5000))),
    ...curve('train/odd', 40, (step) => (step % 9 === 4 ? 'NaN' : step === 20 ? 'Infinity' : Math.sin(step))),
    ...curve('val/none', 3, () => 'NaN'),
    ...curve('val/one', 1, () => 0.5),
    ...curve('system/cpu', 30, (step) => 40 + step),
  ]);
  await api.post('runs/log-inputs', {
    run_id: run,
    datasets: [
      {
        tags: [{ key: 'mlflow.data.context', value: 'training' }],
        dataset: {
          name: 'wine',
          digest: 'abc123',
          source_type: 'http',
          source: '{"url": "https://example.org/wine.csv"}',
          schema: '{"mlflow_colspec": [{"type": "double", "name": "alcohol", "required": true}]}',
          profile: '{"num_rows": 42}',
        },
      },
    ],
  });
  child = await newRun('a child', { 'mlflow.parentRunId': run });
}, 60_000);

describe('overview', () => {
  test('shows what a run is, and HTML in a name as text', async () => {
    await using page = await openPage(pathOf(run));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('main <b>run</b>');
    await page.getByText('With weight.').waitFor();
    const metrics = page.getByRole('table', { name: 'Metrics' });
    const row = metrics.getByRole('row').filter({ hasText: 'loss' });
    await row.getByText('5', { exact: true }).waitFor();
    await row.locator('.sparkline path').waitFor({ state: 'attached' });
    expect(await page.getByRole('table', { name: 'Parameters' }).textContent()).toContain('model.width value');
    await page.getByRole('link', { name: 'a child' }).waitFor();
    await page.getByText('git checkout 0123456789abcdef').waitFor();
    await page.getByText(`mlflow.get_run("${run}")`).waitFor();
    await page.getByRole('link', { name: 'a child' }).click();
    await page.getByRole('complementary').getByRole('link', { name: 'main <b>run</b>' }).waitFor();
    expect(await page.title()).toStartWith('a child');
  });

  test('a search narrows params, metrics and tags, and is in the address', async () => {
    await using page = await openPage(pathOf(run));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('width');
    await page.getByText('1 of 3').waitFor();
    await page.waitForURL(/q=width/);
    expect(await page.getByRole('table', { name: 'Metrics' }).count()).toBe(0);
    await page.reload();
    await page.getByText('1 of 3').waitFor();
  });

  test('prefixes fold, and everything is copied as JSON and YAML', async () => {
    await using page = await openPage(pathOf(run));
    const params = page.getByRole('table', { name: 'Parameters' });
    await page.getByRole('button', { name: 'Fold model.' }).click();
    await params.getByText('width').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Copy all: Parameters' }).click();
    await page.getByRole('menuitem', { name: 'As JSON' }).click();
    await page.getByText('Copied 3.').waitFor();
    expect(JSON.parse(await clipboard(page))).toEqual({
      lr: 'lr value',
      'model.layers': 'model.layers value',
      'model.width': 'model.width value',
    });
    await page.getByRole('button', { name: 'Copy all: Metrics' }).click();
    await page.getByRole('menuitem', { name: 'As YAML' }).click();
    await page.getByText('Copied 5.').waitFor();
    expect(await clipboard(page)).toContain('"val/none": .nan\n');
  });

  test('a long value is cut, and whole in a drawer', async () => {
    await using page = await openPage(pathOf(run));
    expect((await page.locator('.run-tags').first().textContent())?.length).toBeLessThan(500);
    await page.getByRole('button', { name: 'Show all: huge' }).click();
    const drawer = page.getByRole('dialog', { name: 'huge' });
    await drawer.getByText('ZZZZZZ').first().waitFor();
    expect((await drawer.getByRole('region').boundingBox())?.height).toBeGreaterThan(300);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  test('a dataset opens in a drawer that the address knows', async () => {
    await using page = await openPage(pathOf(run));
    await page.getByRole('button', { name: 'Dataset wine' }).click();
    const drawer = page.getByRole('dialog', { name: 'wine' });
    await drawer.getByText('alcohol').waitFor();
    await drawer.getByText('https://example.org/wine.csv', { exact: true }).waitFor();
    await drawer.getByText('"num_rows": 42').waitFor();
    await page.reload();
    await drawer.getByRole('link', { name: 'Other runs that used it' }).click();
    await page.waitForURL((url) => url.searchParams.get('filter') === "dataset.digest = 'abc123'");
  });

  test('an unknown run, a wrong experiment and a run without anything', async () => {
    {
      await using page = await openPage(pathOf('nope'), { expected: notFound });
      await page.getByRole('heading', { name: 'There is no run nope.' }).waitFor();
      await page.getByRole('link', { name: 'Runs of this experiment' }).waitFor();
    }
    await using page = await openPage(`/experiments/0/runs/${await newRun('empty')}`);
    await page.getByText('No metrics were logged.').waitFor();
    await page.waitForURL(new RegExp(`/experiments/${experiment}/runs/`));
  });
});

async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

describe('edits', () => {
  test('a name of blanks is refused, and another name can be taken back', async () => {
    const own = await newRun('as it was');
    await using page = await openPage(pathOf(own));
    const field = page.getByRole('textbox', { name: 'Run name' });
    await page.getByRole('button', { name: 'Rename' }).click();
    await field.fill('   ');
    await page.keyboard.press('Enter');
    await page.getByText('A name is needed.').waitFor();
    expect((await api.run(own)).info.run_name).toBe('as it was');
    await field.fill('  trimmed ');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'trimmed' }).waitFor();
    await page.getByText('Renamed to trimmed.').waitFor();
    expect((await api.run(own)).info.run_name).toBe('trimmed');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'as it was' }).waitFor();
  });

  test('name, description and tags are edited in place', async () => {
    const own = await newRun('before', { colour: 'red' });
    await using page = await openPage(pathOf(own));
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Run name' }).fill('after');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'after' }).waitFor();
    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByRole('textbox', { name: 'Tag name' }).fill('size');
    await page.getByRole('textbox', { name: 'Tag value' }).fill('big');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Edit tag size' }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Remove tag colour' }).click();
    await page.getByText('Removed tag colour.').waitFor();
    expect(await tagOf(own, 'colour')).toBeUndefined();
    const removed = page.locator('.toast', { hasText: 'Removed tag colour.' });
    await removed.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Edit tag colour' }).click();
    await page.getByRole('textbox', { name: 'Edit tag colour' }).fill('blue');
    await page.keyboard.press('Enter');
    await page.getByText('blue').waitFor();
    expect(await tagOf(own, 'colour')).toBe('blue');
    expect(await tagOf(own, 'size')).toBe('big');
    expect((await api.run(own)).info.run_name).toBe('after');
  });

  test('a failed save says so and keeps the text', async () => {
    const own = await newRun('kept', { colour: 'red' });
    await using page = await openPage(pathOf(own), { expected: badRequest });
    await page.route('**/runs/set-tag', (route) =>
      route.fulfill({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE', message: 'Not today.' } }),
    );
    await page.getByRole('button', { name: 'Edit tag colour' }).click();
    const field = page.getByRole('textbox', { name: 'Edit tag colour' });
    await field.fill('my long thought');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Not today.').waitFor();
    expect(await field.inputValue()).toBe('my long thought');
  });

  test('a description that is being written survives leaving the page, until it is saved', async () => {
    const own = await newRun('draft');
    await using page = await openPage(pathOf(own));
    await page.getByRole('button', { name: 'Add a description' }).click();
    await page.getByRole('textbox', { name: 'Description' }).and(page.locator(':focus')).fill('half a thought');
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { name: 'Models' }).waitFor();
    await page.goBack();
    const field = page.getByRole('textbox', { name: 'Description' });
    await field.waitFor();
    expect(await field.inputValue()).toBe('half a thought');
    await page.getByRole('button', { name: 'Save' }).click();
    await field.waitFor({ state: 'detached' });
    await page.getByText('half a thought').waitFor();
    await page.reload();
    await page.getByText('half a thought').waitFor();
    expect(await page.getByRole('textbox', { name: 'Description' }).count()).toBe(0);
    expect(await tagOf(own, 'mlflow.note.content')).toBe('half a thought');
  });

  test('a description that was changed meanwhile is not overwritten unasked', async () => {
    const own = await newRun('twice', { 'mlflow.note.content': 'first' });
    await using page = await openPage(pathOf(own));
    const edit = page.getByRole('button', { name: 'Edit: Description' });
    const field = page.getByRole('textbox', { name: 'Description' });
    const save = page.getByRole('button', { name: 'Save', exact: true });
    const other = page.getByRole('region', { name: 'Changed text' });
    await edit.click();
    await field.fill('mine');
    await api.post('runs/set-tag', { run_id: own, key: 'mlflow.note.content', value: 'theirs' });
    await api.post('runs/update', { run_id: own, run_name: 'told' });
    await page.getByRole('heading', { name: 'told' }).waitFor();
    await save.click();
    await page.getByRole('alert').getByText('The text was changed while you wrote').waitFor();
    await other.getByText('theirs').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await field.press('Control+Enter');
    await other.getByText('theirs').waitFor();
    expect(await field.inputValue()).toBe('mine');
    expect(await tagOf(own, 'mlflow.note.content')).toBe('theirs');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await edit.waitFor();
    expect(await tagOf(own, 'mlflow.note.content')).toBe('mine');

    await edit.click();
    await field.fill('mine again');
    await api.post('runs/set-tag', { run_id: own, key: 'mlflow.note.content', value: 'theirs again' });
    await api.post('runs/update', { run_id: own, run_name: 'told again' });
    await page.getByRole('heading', { name: 'told again' }).waitFor();
    await save.click();
    await page.getByRole('button', { name: 'Keep this text' }).click();
    await edit.waitFor();
    await page.getByText('theirs again').waitFor();
    expect(await tagOf(own, 'mlflow.note.content')).toBe('theirs again');
  });

  test('delete can be undone, and a deleted run says so', async () => {
    const own = await newRun('doomed');
    await using page = await openPage(pathOf(own));
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete run' }).click();
    await page.getByText('This run is deleted.').waitFor();
    expect((await api.run(own)).info.lifecycle_stage).toBe('deleted');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('This run is deleted.').waitFor({ state: 'detached' });
    expect((await api.run(own)).info.lifecycle_stage).toBe('active');
  });
});

test('a long name gives way to the buttons beside it, and that of a registered model stays in its line', async () => {
  const name = 'a_name_that_a_program_made_'.repeat(9).slice(0, 240);
  const long = await newRun(name);
  await api.post('registered-models/create', { name });
  await api.post('model-versions/create', { name, source: `runs:/${long}/model`, run_id: long });
  for (const width of [1440, 1024, 800, 720, 390]) {
    await using page = await openPage(pathOf(long), { width });
    const model = page.getByRole('complementary').getByRole('link', { name: 'a_name_that' });
    await model.waitFor();
    expect(await squeezedButtons(page)).toEqual([]);
    const [actions, link] = [
      await page.getByRole('button', { name: 'Actions' }).boundingBox(),
      await model.boundingBox(),
    ];
    expect((actions?.x ?? width) + (actions?.width ?? 0)).toBeLessThanOrEqual(width);
    expect((link?.x ?? width) + (link?.width ?? 0)).toBeLessThanOrEqual(width);
  }
}, 30_000);

test('registered versions have their aliases beside them, as they are now', async () => {
  const own = await newRun('registered twice');
  const name = 'aliased model';
  await api.post('registered-models/create', { name });
  for (let i = 0; i < 2; i++) await api.post('model-versions/create', { name, source: `runs:/${own}/model`, run_id: own });
  const point = (version: string): Promise<unknown> => api.post('registered-models/alias', { name, alias: 'champion', version });
  await point('1');
  await using page = await openPage(pathOf(own));
  const row = (version: number): Locator => page.getByRole('listitem').filter({ hasText: `${name}, version ${version}` });
  await row(1).getByText('@champion', { exact: true }).waitFor();
  expect(await row(2).textContent()).not.toContain('@');
  await point('2');
  await row(2).getByText('@champion', { exact: true }).waitFor();
  await row(1).getByText('@champion').waitFor({ state: 'detached' });
  await api.send('DELETE', 'registered-models/alias', { name, alias: 'champion' });
  await row(2).getByText('@champion').waitFor({ state: 'detached' });
}); // prettier-ignore

test('j and k walk the table’s order and keep the tab', async () => {
  await using page = await openPage(pathOf(run, 'metrics'));
  await page.locator(drawn).first().waitFor();
  expect(await page.getByRole('button', { name: 'Next run (j)' }).count()).toBe(0);
  const order = {
    address: '/here?filter=x',
    total: 2,
    ids: { 0: run, 1: child },
    pinned: 0,
    question: { experiment_ids: [experiment] },
    snapshot: 's',
  };
  await page.evaluate((kept) => {
    sessionStorage.setItem('modelyard.run-order', JSON.stringify(kept));
  }, order);
  await page.reload();
  await page.getByText('1 of 2', { exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.waitForURL(new RegExp(`${child}/metrics`));
  await page.getByRole('heading', { name: 'a child' }).waitFor();
  await page.getByText('2 of 2', { exact: true }).waitFor();
  await page.keyboard.press('k');
  await page.waitForURL(new RegExp(`${run}/metrics`));
  await page.getByRole('button', { name: 'Next run (j)' }).click();
  await page.waitForURL(new RegExp(`${child}/metrics`));
  await page.getByRole('button', { name: 'Previous run (k)' }).click();
  await page.waitForURL(new RegExp(`${run}/metrics`));
  const kept = await page.evaluate(() => sessionStorage.getItem('modelyard.run-order') ?? '');
  expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(order)));
  await page.keyboard.press('1');
  await page.waitForURL(new RegExp(`${run}/overview`));
});

describe('charts', () => {
  test('a sampled line keeps its peak and says that it is sampled', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/loss'));
    await page.locator(drawn).waitFor();
    expect(await maxDrawn(page)).toBe(5);
    await page.getByText(/^Sampled .* of 20,000 points$/).waitFor();
    await page.getByRole('img', { name: /train\/loss: 20,000 points, .*highest 5\./ }).waitFor();
  });

  test('dragging zooms and fetches the detail, a double click shows all', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/loss'));
    await page.locator(drawn).waitFor();
    const box = await page.locator('.chart-overlay').boundingBox();
    if (!box) throw new Error('the chart has no place');
    const detail = page.waitForRequest((request) => request.postData()?.includes('"from"') === true);
    await page.mouse.move(box.x + box.width * 0.5, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.54, box.y + 100, { steps: 4 });
    await page.mouse.up();
    await detail;
    await page.waitForURL(/from=.*to=/);
    await page.getByText(/^Sampled/).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Show all x' }).waitFor();
    await page.locator('.chart-overlay').dblclick();
    await page.getByText(/^Sampled/).waitFor();
    expect(new URL(page.url()).searchParams.has('from')).toBe(false);
  });

  test('what has no line says why; system metrics have a tab of their own', async () => {
    await using page = await openPage(pathOf(run, 'metrics'));
    await page.getByText('Every value is NaN or infinite.').waitFor();
    await page.getByText('5 NaN or infinite').waitFor();
    expect(await page.getByRole('figure', { name: 'system/cpu' }).count()).toBe(0);
    await page.getByRole('link', { name: 'System 1' }).click();
    await page.getByRole('figure', { name: 'system/cpu' }).locator(drawn).waitFor();
  });

  test('metrics of one point are figures in a table, and can be had alone', async () => {
    await using page = await openPage(pathOf(run, 'metrics'));
    const row = page.getByRole('table', { name: 'Single values' }).getByRole('row').filter({ hasText: 'val/one' });
    await row.getByText('0.5', { exact: true }).waitFor();
    await row.getByText('step 0').waitFor();
    expect(await page.getByRole('figure', { name: 'val/one' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Fold Single values' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Unfold Single values' }).click();
    await row.getByRole('link').click();
    await page.getByRole('figure', { name: 'val/one' }).getByText('One point, at step 0').waitFor();
    await page.waitForURL(/metric=val/);
  }, 30_000);

  test('three ways of smoothing, the amount in figures, the raw line behind', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/loss'));
    await page.locator(drawn).waitFor();
    const raw = (await drawnPoints(page)) ?? 0;
    await page.getByLabel('Kind of smoothing').selectOption('Running mean');
    await page.waitForURL(/by=mean/);
    await page.getByLabel('Smoothing', { exact: true }).fill('4');
    await page.getByText('11 points', { exact: true }).waitFor();
    await page.waitForURL(/smooth=11/);
    // Both lines are drawn.
    await page.waitForFunction(
      (least) => ((globalThis as unknown as Drawn).__charts()[0]?.points ?? 0) > least,
      1.5 * raw,
    );
    await page.reload();
    await page.locator(drawn).waitFor();
    expect(await page.getByLabel('Kind of smoothing').inputValue()).toBe('mean');
    await page.getByLabel('Kind of smoothing').selectOption('Gaussian');
    await page.getByText('5 points', { exact: true }).waitFor();
    await page.getByLabel('Kind of smoothing').selectOption('Exponential');
    await page.getByText('0.60', { exact: true }).waitFor();
  }, 30_000);

  test('ranges are set by fields and by dragging along the y axis', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/loss'));
    await page.locator(drawn).waitFor();
    const open = async (): Promise<void> => {
      await page.getByRole('button', { name: 'train/loss: view and download' }).click();
      await page.getByRole('menuitem', { name: 'Axis ranges…' }).click();
    };
    const dialog = page.getByRole('dialog', { name: 'Axis ranges of train/loss' });
    const [x, y] = [dialog.getByRole('group', { name: 'X axis' }), dialog.getByRole('group', { name: 'Y axis' })];
    await open();
    await x.getByLabel('From').fill('7000');
    await x.getByLabel('To').fill('6000');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await x.getByLabel('To').fill('');
    await y.getByLabel('To').fill('0.3');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('from') === '7000' && !url.searchParams.has('to'));
    expect(new URL(page.url()).searchParams.get('yr')).toBe('train%2Floss~~0.3');
    await page.reload();
    await page.getByRole('button', { name: 'Show all x' }).waitFor();
    await open();
    expect(await y.getByLabel('To').inputValue()).toBe('0.3');
    await page.getByRole('button', { name: 'Follow the data' }).click();
    await page.waitForURL((url) => !url.searchParams.has('yr') && !url.searchParams.has('from'));
    const box = await page.locator('.chart-overlay').boundingBox();
    if (!box) throw new Error('the chart has no place');
    await page.mouse.move(box.x + 4, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 4, box.y + 300, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/yr=train/);
    await page.locator('.chart-overlay').dblclick();
    await page.waitForURL((url) => !url.searchParams.has('yr'));
  }, 30_000);

  test('a logarithmic x axis leaves out steps up to 0 and says so', async () => {
    const own = await newRun('negative steps');
    await log(
      own,
      curve('a', 50, (step) => step).map((point) => ({ ...point, step: point.step - 9 })),
    );
    await using page = await openPage(pathOf(own, 'metrics'));
    await page.locator(drawn).waitFor();
    await page.getByRole('button', { name: 'Chart settings' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Log x' }).click();
    await page.waitForURL(/logx=1/);
    await page.getByText('10 at x of 0 or less, left out').waitFor();
    expect(await drawnPoints(page)).toBe(40);
  });

  test('the SVG is made of vectors, and holds hostile names as text', async () => {
    const own = await newRun('a <script>alert(1)</script> & b');
    await log(
      own,
      curve('m', 30, (step) => (step === 4 ? 'NaN' : step)),
    );
    await using page = await openPage(pathOf(own, 'metrics'));
    await page.locator(drawn).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'm: view and download' }).click();
    await page.getByRole('menuitem', { name: 'Download SVG' }).click();
    const svg = await Bun.file(await (await download).path()).text();
    const facts = await page.evaluate((content) => {
      const file = new DOMParser().parseFromString(content, 'image/svg+xml');
      const longest = Math.max(...[...file.querySelectorAll('path')].map((path) => path.getAttribute('d')?.match(/L/g)?.length ?? 0));
      return { title: file.querySelector('text')?.textContent, scripts: file.querySelectorAll('script, image, parsererror').length, longest };
    }, svg); // prettier-ignore
    expect(facts.title).toBe('a <script>alert(1)</script> & b: m');
    expect(facts.scripts).toBe(0);
    expect(facts.longest).toBeGreaterThan(25);
  });

  test('a chart is copied as an image', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/odd'));
    await page.locator(drawn).waitFor();
    await page.getByRole('button', { name: 'train/odd: view and download' }).click();
    await page.getByRole('menuitem', { name: 'Copy as image' }).click();
    await page.getByText('Image copied.').waitFor();
    const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
    expect(types).toContain('image/png');
  });

  test('charts stand in as many columns as asked for; one alone has the whole width', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?cols=1'));
    await page.locator(drawn).first().waitFor();
    const widthOf = async (): Promise<number> => (await page.getByRole('figure').first().boundingBox())?.width ?? 0;
    const whole = await widthOf();
    expect(whole).toBeGreaterThan(1000);
    await page.getByRole('button', { name: 'Chart settings' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Charts in a row: 2' }).click();
    await page.waitForURL(/cols=2/);
    await page.waitForFunction((most) => document.querySelector('figure')!.clientWidth < most, whole * 0.6);
    await page.goto(pathOf(run, 'metrics', '?cols=4&metric=train/loss'));
    await page.locator(drawn).first().waitFor();
    expect(await widthOf()).toBe(whole);
  });

  test('f opens a chart over the window, the arrows step, Escape leaves', async () => {
    await using page = await openPage(pathOf(run, 'metrics'));
    await page.getByRole('figure', { name: 'train/loss' }).locator(drawn).waitFor();
    await page.getByRole('figure', { name: 'train/odd' }).hover();
    await page.keyboard.press('f');
    await page.getByRole('dialog', { name: 'train/odd' }).locator(drawn).waitFor();
    await page.waitForURL(/full=train%2Fodd|full=train\/odd/);
    await page.keyboard.press('ArrowLeft');
    const dialog = page.getByRole('dialog', { name: 'train/loss' });
    await dialog.locator(drawn).waitFor();
    await dialog.getByText('1 of 3', { exact: true }).waitFor();
    await page.reload();
    await dialog.locator(drawn).waitFor();
    expect((await dialog.locator('canvas').first().boundingBox())?.width).toBeGreaterThan(1300);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('full')).toBe(false);
  }, 30_000);

  test('charts are found by text and by regular expression, and drawn by the settings of the address', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?x=relative&smooth=0.6&log=1'));
    await page.locator(drawn).first().waitFor();
    await page.getByRole('searchbox', { name: 'Find metrics' }).fill('^val|loss$');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await page.getByText('3 of 4 metrics').waitFor();
    await page.getByRole('searchbox', { name: 'Find metrics' }).fill('val|(');
    await page.getByText('Not a regular expression.').waitFor();
    expect(await page.getByLabel('X axis').inputValue()).toBe('relative');
    expect(await page.getByRole('slider', { name: 'Smoothing' }).inputValue()).toBe('0.6');
  });

  test('a chart as a table, as CSV, PNG and SVG', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/odd'));
    await page.locator(drawn).waitFor();
    const menu = page.getByRole('button', { name: 'train/odd: view and download' });
    for (const [item, pattern] of [
      ['Download CSV', /\.csv$/],
      ['Download PNG', /\.png$/],
      ['Download SVG', /\.svg$/],
    ] as const) {
      const download = page.waitForEvent('download');
      await menu.click();
      await page.getByRole('menuitem', { name: item }).click();
      expect((await download).suggestedFilename()).toMatch(pattern);
    }
    await menu.click();
    await page.getByRole('menuitem', { name: 'View as table' }).click();
    await page.getByRole('grid', { name: 'Points of train/odd' }).waitFor();
    await page.waitForURL(/table=/);
  });

  test('a theme change repaints without a reload', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/loss'));
    await page.locator(drawn).waitFor();
    const picture = (): Promise<string> => page.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '');
    const light = await picture();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction((before) => document.querySelector('canvas')?.toDataURL() !== before, light);
  });

  test('the arrow keys read points', async () => {
    await using page = await openPage(pathOf(run, 'metrics', '?metric=train/odd'));
    await page.locator(drawn).waitFor();
    await tabTo(page, /^application train\/odd/);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('status').getByText('Step 1').waitFor();
    await page.keyboard.press('+');
    await page.waitForURL(/from=/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('from'));
  });
});

test('a model of the run is registered from its menu', async () => {
  const history = JSON.stringify([{ artifact_path: 'model', run_id: 'x' }]);
  const own = await newRun('with a model', { 'mlflow.log-model.history': history });
  await using page = await openPage(pathOf(own));
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Register model…' }).click();
  await page.getByRole('dialog').getByRole('heading').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('points, names and states that arrive are shown without a reload', async () => {
  const own = await newRun('alive');
  await log(
    own,
    curve('loss', 10, (step) => 1 / (step + 1)),
  );
  await using page = await openPage(pathOf(own, 'metrics', '?metric=loss'));
  await page.locator(drawn).waitFor();
  await log(own, [{ key: 'loss', value: 42, step: 10, timestamp: start + 10_000 }]);
  await api.post('runs/update', { run_id: own, status: 'FINISHED', run_name: 'renamed' });
  await page.getByRole('img', { name: /11 points, .*highest 42/ }).waitFor();
  await page.getByRole('heading', { name: 'renamed' }).waitFor();
  await page.getByText('Finished').first().waitFor({ state: 'attached' });
});

test('updates wait while the reader pauses, and come when they go on', async () => {
  const own = await newRun('paused');
  await log(
    own,
    curve('loss', 10, (step) => step),
  );
  await using page = await openPage(pathOf(own, 'metrics', '?metric=loss'));
  await page.locator(drawn).waitFor();
  await page.getByRole('button', { name: 'Pause updates' }).click();
  await page.waitForURL(/live=0/);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  // What does not pause is read again when the change is heard of.
  const heard = page.waitForResponse(/runs\/summary/);
  await log(own, [{ key: 'loss', value: 42, step: 10, timestamp: start + 10_000 }]);
  await heard;
  expect(asked.filter((url) => /metrics\/series|runs\/get/.test(url))).toEqual([]);
  await page.getByRole('img', { name: /10 points/ }).waitFor();
  await page.getByRole('button', { name: 'Go on with updates' }).click();
  await page.getByRole('img', { name: /11 points, .*highest 42/ }).waitFor();
  await api.post('runs/update', { run_id: own, status: 'FINISHED' });
  await page.getByRole('button', { name: 'Pause updates' }).waitFor({ state: 'detached' });
}, 30_000);

test('thousands of metrics: only what is in view is in the page and asked for', async () => {
  const own = await newRun('thousands');
  const metrics = Array.from({ length: 6000 }, (_, i) => ({
    key: `layer.${i}/m`,
    value: i,
    step: 0,
    timestamp: start,
  }));
  await log(own, metrics);
  await using page = await openPage(pathOf(own));
  await page.getByText('6,000').first().waitFor();
  expect(await page.locator('.key-row').count()).toBeLessThan(80);
  await page.getByRole('link', { name: 'Metrics 6,000' }).click();
  const values = page.getByRole('table', { name: 'Single values' });
  await values.getByRole('row').first().waitFor();
  expect(await values.getAttribute('aria-rowcount')).toBe('6000');
  expect(await values.getByRole('row').count()).toBeLessThan(300);
  // Two points make a line.
  await log(
    own,
    metrics.map((metric) => ({ ...metric, step: 1 })),
  );
  await page.reload();
  await page.locator(drawn).first().waitFor();
  expect(await page.getByRole('figure').count()).toBeLessThan(30);
}, 60_000);

describe('for everyone', () => {
  test('nothing for axe to say, in both themes', async () => {
    for (const path of [
      pathOf(run),
      pathOf(run, 'metrics'),
      pathOf(run, 'metrics', '?metric=train/odd&table=train/odd'),
    ]) {
      await using page = await openPage(path);
      await page
        .getByText(/loss|train/)
        .first()
        .waitFor();
      expect(await axe(page)).toEqual([]);
    }
  }, 60_000);

  test('the keyboard alone reaches every control, and shows where it is', async () => {
    await using page = await openPage(pathOf(run));
    await page.getByRole('table', { name: 'Metrics' }).waitFor();
    expect(await stopsWithoutOutline(page)).toEqual([]);
    await page.goto(pathOf(run));
    await tabTo(page, /^button Rename/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await tabTo(page, /^button Dataset wine/, 100);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'wine' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'wine' }).waitFor({ state: 'detached' });
  });

  test('names that begin alike keep their ends in a narrow window', async () => {
    const keys = ['megabytes', 'percentage'].map((unit) => `system_memory_usage_of_all_${unit}`);
    const id = await api.createRun();
    const metrics = keys.map((key) => ({ key, value: 1, timestamp: 1, step: 0 }));
    await api.post('runs/log-batch', { run_id: id, metrics });
    await using page = await openPage(pathOf(id), { width: 390, height: 800 });
    for (const key of keys) {
      const cell = page.locator('.key-name', { hasText: key });
      const end = cell.locator('.cut-name > :last-child');
      const [box, seen] = [await cell.boundingBox(), await end.boundingBox()];
      expect((seen?.x ?? 0) + (seen?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
    }
  });

  test('a narrow window never scrolls sideways', async () => {
    for (const width of [390, 320]) {
      for (const tab of ['overview', 'metrics']) {
        await using page = await openPage(pathOf(run, tab), { width, height: 800 });
        await page
          .getByText(/loss|train/)
          .first()
          .waitFor();
        const over = await page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll('.content, .run-body')].some(
            (element) => element.scrollWidth > element.clientWidth,
          ),
        );
        expect(over).toBe(false);
      }
    }
  }, 30_000);
});
