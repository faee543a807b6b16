/** Reading the page of charts: legends that switch lines, ticks that lead on, groups in the list, and a page that stays put. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { freshServer } from './support/server.ts';

let server: Awaited<ReturnType<typeof freshServer>>;
let api: Api;
/** 8 runs `run-0`… with `loss`; `alone` only of the first; `lr` 0.1 of the even ones, 0.01 of the others. */
let eight: string;
let ids: string[];

async function newRun(experiment_id: string, name: string, keys: readonly string[], lr = '0.1'): Promise<string> {
  const run_id = await api.createRun({ experiment_id, run_name: name, start_time: Date.now() - 60_000 });
  await api.post('runs/log-batch', { run_id, params: [{ key: 'lr', value: lr }] });
  for (const key of keys) await log(run_id, key);
  return run_id;
}

async function log(run_id: string, key: string): Promise<void> {
  const metrics = Array.from({ length: 20 }, (_, step) => ({ key, value: step, step, timestamp: Date.now() }));
  await api.post('runs/log-batch', { run_id, metrics });
}

async function finish(run_id: string): Promise<void> {
  await api.post('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
}

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  eight = await api.createExperiment('eight');
  ids = [];
  for (let i = 0; i < 8; i++) {
    ids.push(await newRun(eight, `run-${i}`, i === 0 ? ['loss', 'alone'] : ['loss'], i % 2 ? '0.01' : '0.1'));
  }
  for (const id of ids) await finish(id);
}, 60_000);
afterAll(() => server.stop());

const openPage = (path: string, options: PageOptions = {}): Promise<Page> => openPageOf(path, { server, ...options });
const open = (experiment: string, query = '', options: PageOptions = {}): Promise<Page> =>
  openPage(`/experiments/${experiment}/charts${query}`, options);
const cardOf = (page: Page, metric: string): Locator => page.getByRole('figure', { name: new RegExp(`^${metric}, `) });
const nameIn = (page: Page, metric: string, name: string): Locator =>
  cardOf(page, metric)
    .getByRole('group', { name: /^Legend of/ })
    .getByRole('button', { name, exact: true });
const runList = (page: Page): Locator => page.getByRole('grid', { name: 'Runs of these charts' });
const ticked = (page: Page): Locator => page.locator('[data-run-id][aria-selected=true]');

/** How many lines the card of a metric draws. */
async function draws(page: Page, metric: string, lines: number): Promise<void> {
  await cardOf(page, metric)
    .getByRole('img', { name: lines === 1 ? /^[^.]*\. run-\d|^[^.]*\. \D/ : new RegExp(`${lines} lines\\.`) })
    .waitFor();
}

async function places(page: Page): Promise<string[]> {
  return page
    .locator('.chart-place')
    .evaluateAll((all) =>
      all.map(
        (one) =>
          `${one.querySelector('[data-card]')?.getAttribute('data-card')} ${JSON.stringify(one.getBoundingClientRect())}`,
      ),
    );
}

describe('legend', () => {
  test('a press strikes a name and takes its line away, the next one brings it back', async () => {
    await using page = await open(eight);
    await draws(page, 'loss', 8);
    const [name, other] = [nameIn(page, 'loss', 'run-5'), nameIn(page, 'loss', 'run-4')];
    const before = await other.boundingBox();
    expect(await name.getAttribute('aria-pressed')).toBe('true');
    await name.click();
    await draws(page, 'loss', 7);
    expect(await name.getAttribute('aria-pressed')).toBe('false');
    expect(await other.boundingBox()).toEqual(before);
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await draws(page, 'loss', 7);
    await name.click();
    await draws(page, 'loss', 8);
    expect(await name.getAttribute('aria-pressed')).toBe('true');
    expect(new URL(page.url()).search).toBe('');
  }, 30_000);

  test('a double press leaves one line, another one or “Show all” restores those of before', async () => {
    await using page = await open(eight, '?eye=first10');
    await draws(page, 'loss', 8);
    await nameIn(page, 'loss', 'run-7').click();
    await draws(page, 'loss', 7);
    await nameIn(page, 'loss', 'run-3').dblclick();
    await page.getByText('1 of 8 shown').waitFor();
    // Others join it one by one.
    await nameIn(page, 'loss', 'run-2').click();
    await draws(page, 'loss', 2);
    await nameIn(page, 'loss', 'run-2').click();
    await page.getByText('1 of 8 shown').waitFor();
    await nameIn(page, 'loss', 'run-3').dblclick();
    await draws(page, 'loss', 7);
    expect(await nameIn(page, 'loss', 'run-7').getAttribute('aria-pressed')).toBe('false');
    await nameIn(page, 'loss', 'run-3').dblclick();
    await page.getByText('1 of 8 shown').waitFor();
    await cardOf(page, 'loss').getByRole('button', { name: 'Show all', exact: true }).click();
    await draws(page, 'loss', 8);
  }, 30_000);

  test('the only line of several runs has its name at its end', async () => {
    await using page = await open(eight);
    const picture = cardOf(page, 'alone');
    const download = page.waitForEvent('download');
    await picture.getByRole('button', { name: 'alone: view and download' }).click();
    await page.getByRole('menuitem', { name: 'Download SVG', exact: true }).click();
    const stream = await (await download).createReadStream();
    expect(await new Response(stream as unknown as ReadableStream).text()).toContain('>run-0</text>');
  }, 30_000);

  test('runs of one name have the beginning of their ids', async () => {
    const twins = await api.createExperiment('twins');
    const made: string[] = [];
    for (const name of ['twin', 'twin', 'single', 'b', 'c', 'd']) made.push(await newRun(twins, name, ['loss']));
    await using page = await open(twins);
    for (const id of made.slice(0, 2)) await nameIn(page, 'loss', `twin · ${id.slice(0, 6)}`).waitFor();
    await nameIn(page, 'loss', 'single').waitFor();
  }, 30_000);
});

test('what is ticked on the charts is compared, tagged and kept on the way to the table and back', async () => {
  await using page = await open(eight);
  await draws(page, 'loss', 8);
  const before = await places(page);
  for (const name of ['run-1', 'run-2']) {
    await runList(page).locator('[role=row][data-run-id]', { hasText: name }).getByRole('checkbox').click();
  }
  const bar = page.getByRole('toolbar', { name: '2 selected' });
  await bar.waitFor();
  expect(await places(page)).toEqual(before);
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await eventually(() => ticked(page).count(), 2);
  await page.getByRole('link', { name: 'Charts', exact: true }).click();
  await bar.getByRole('button', { name: 'Tag' }).click();
  await page.getByRole('dialog').getByLabel('Tag', { exact: true }).fill('kept');
  await page.getByRole('dialog').getByLabel('Value').fill('yes');
  await page.keyboard.press('Enter');
  await page.getByText('2 changed.').waitFor();
  const download = page.waitForEvent('download');
  await bar.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Download JSON' }).click();
  const stream = await (await download).createReadStream();
  const saved = (await new Response(stream as unknown as ReadableStream).json()) as Record<string, unknown>[];
  expect(saved.map((run) => `${String(run['run_name'])} ${String(run['params.lr'])}`).toSorted()).toEqual([
    'run-1 0.01',
    'run-2 0.1',
  ]);
  await bar.getByRole('button', { name: 'Compare' }).click();
  await page.waitForURL(/\/compare\?/);
}, 40_000);

test('the tools stay one line at 1440 and two at 1024, and move no chart when they become more', async () => {
  const live = await api.createExperiment('live tools');
  const run = await newRun(live, 'live', ['loss', 'acc']);
  for (const [width, height] of [
    [1440, 40],
    [1024, 72],
  ] as const) {
    // prettier-ignore
    await using page = await open(live, '', { width });
    const tools = page.getByRole('toolbar', { name: 'How the charts are drawn' });
    await page.locator('.chart-place').first().waitFor();
    const first = (await places(page))[0];
    await page.goto(`/experiments/${live}/charts?group=params.lr&from=2&to=9&smooth=0.5&cards=name~~Mine`);
    await page.getByRole('button', { name: 'Show all x' }).first().waitFor();
    await page.getByRole('button', { name: 'Reset the layout' }).waitFor();
    const size = await tools.evaluate((one) => [one.getBoundingClientRect().height, one.scrollWidth - one.clientWidth]);
    expect(size).toEqual([height, 0]);
    expect((await places(page))[0]).toBe(first);
  }
  await finish(run);
}, 40_000);

test('grouped runs stand below the heads of their groups, in the colours of the lines; an eye is for a whole group', async () => {
  await using page = await open(eight, '?group=params.lr');
  await draws(page, 'loss', 2);
  const rows = runList(page).locator('[role=row][data-run-id]');
  const head = rows.filter({ hasText: 'lr 0.1' });
  await head.waitFor();
  expect((await rows.allTextContents()).map((text) => text.replace('Finished', ''))).toEqual([
    'lr 0.014', 'run-7', 'run-5', 'run-3', 'run-1', 'lr 0.14', 'run-6', 'run-4', 'run-2', 'run-0',
  ]); // prettier-ignore
  const colours = await rows
    .locator('.dot')
    .evaluateAll((dots) => dots.map((dot) => getComputedStyle(dot).backgroundColor));
  expect(new Set(colours.slice(0, 5)).size).toBe(1);
  expect(new Set(colours.slice(5)).size).toBe(1);
  expect(colours[0]).not.toBe(colours[5]);
  await runList(page).getByRole('button', { name: 'Hide lr 0.01', exact: true }).click();
  await page.getByText('4 of 8 shown').waitFor();
  expect(await head.locator('.dot').evaluate((dot) => getComputedStyle(dot).backgroundColor)).toBe(colours[5] ?? '');
  await runList(page).getByRole('button', { name: 'Show lr 0.01', exact: true }).click();
  await draws(page, 'loss', 2);
  await head.getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '4 selected' }).waitFor();
  expect(await axe(page)).toEqual([]);
}, 30_000);

test('a metric that comes while one reads moves no card', async () => {
  const live = await api.createExperiment('live metrics');
  const run = await newRun(live, 'live', ['m/loss', 'm/acc']);
  await using page = await open(live);
  await page.locator('.chart-place').nth(1).waitFor();
  const before = await places(page);
  await log(run, 'brand/new');
  await cardOf(page, 'brand/new').waitFor();
  expect((await places(page)).slice(0, 2)).toEqual(before);
  await finish(run);
}, 30_000);

test('a pinned tooltip shows all of its rows, however small its card is', async () => {
  await using page = await open(eight, '', { height: 620 });
  const overlay = cardOf(page, 'loss').locator('.chart-overlay');
  await draws(page, 'loss', 8);
  await overlay.click();
  const tip = cardOf(page, 'loss').locator('.chart-tooltip[data-pinned]');
  await tip.getByText('Escape or a click lets go.').waitFor();
  expect(await tip.locator('.chart-tooltip-row').count()).toBe(8);
  expect(await tip.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0);
}, 30_000);

test('what brushes leave out is said in one sentence', async () => {
  const brush = JSON.stringify(['metrics.loss', 100, 200]).replaceAll(',', '%2C');
  const cards = `card~c1~parallel~params.lr;metrics.loss~brushes|${brush}`;
  await using page = await open(eight, `?cards=${encodeURIComponent(cards)}`);
  await page.getByText('0 of 8 shown').waitFor();
  await page.getByText('Brushes leave out the others.').waitFor();
  await page.getByRole('button', { name: 'Clear the brushes' }).first().click();
  await page.getByText('8 of 8 shown').waitFor();
}, 30_000);

test('the names of lines are chosen by boxes with their words beside them', async () => {
  await using page = await open(eight);
  await draws(page, 'loss', 8);
  await page.getByRole('button', { name: 'loss: view and download' }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  const box = page.getByRole('dialog').getByRole('checkbox', { name: 'Run', exact: true });
  const [own, whole] = [await box.boundingBox(), await box.locator('..').boundingBox()];
  expect((whole?.height ?? 99) - (own?.height ?? 0)).toBeLessThan(15);
}, 30_000);
