/** The page of charts: its runs, its cards and their layout, in the address and by keyboard. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { tabTo } from './support/keyboard.ts';
import { seed } from './support/seed.ts';
import { freshServer, type SeededServer } from './support/server.ts';

let seeded: SeededServer;
/** 50 runs `net-00`… with `train/loss` and `val/loss` of 1,000 steps; param `lr` of three values, three still running. */
let fifty: string;
beforeAll(async () => {
  const server = await freshServer();
  const api = new Api(server);
  seeded = { server, api, ...(await seed(server)) };
  fifty = await api.createExperiment('fifty');
  for (let i = 0; i < 50; i++) await net(api, fifty, i, ['train/loss', 'val/loss'], 1000);
}, 120_000);
afterAll(() => seeded.server.stop());

async function net(
  api: Api,
  experiment_id: string,
  i: number,
  keys: readonly string[],
  steps: number,
): Promise<string> {
  const name = `net-${String(i).padStart(2, '0')}`;
  const run_id = await api.createRun({ experiment_id, run_name: name, start_time: 1000 + i });
  for (const key of keys) {
    const metrics = Array.from({ length: steps }, (_, step) => ({
      key,
      value: 1 / (1 + step / (10 + i)),
      step,
      timestamp: 1000 + step,
    }));
    await api.post('runs/log-batch', { run_id, metrics });
  }
  await api.post('runs/log-batch', { run_id, params: [{ key: 'lr', value: String(10 ** -(1 + (i % 3))) }] });
  if (i >= 3) await api.post('runs/update', { run_id, status: 'FINISHED', end_time: 5000 });
  return run_id;
}

/** An experiment of its own with a few runs, the newest first in its list. */
async function few(keys: readonly string[], runs = 3): Promise<{ id: string; runs: string[] }> {
  const id = await seeded.api.createExperiment(`few ${crypto.randomUUID()}`);
  const made: string[] = [];
  for (let i = 0; i < runs; i++) made.push(await net(seeded.api, id, i, keys, 20));
  return { id, runs: made };
}

const openPage = (path: string, options: PageOptions = {}): Promise<Page> =>
  openPageOf(path, { server: seeded.server, ...options });
const searchOf = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);
const cardOf = (page: Page, name: string): Locator =>
  page.locator('.cards-scroller .chart-card').filter({ has: page.locator('figcaption', { hasText: name }) });
const rowOf = (page: Page, name: string): Locator => page.locator('[role=row][data-run-id]', { hasText: name });
const linesDrawn = (page: Page, lines: number): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => (window as unknown as { __charts?: () => { lines: number }[] }).__charts?.()[0]?.lines === wanted,
    lines,
  );
/** A button of the list of runs. */
const inList = (page: Page, name: string): Locator =>
  page.getByRole('grid', { name: 'Runs of these charts' }).getByRole('button', { name, exact: true });
const names = (page: Page, wanted: readonly string[]): Promise<unknown> =>
  page.waitForFunction(
    (text) =>
      [...document.querySelectorAll('.cards-scroller .chart-card > figcaption > .ellipsis')]
        .map((one) => one.textContent)
        .join() === text,
    wanted.join(),
  );

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page
    .getByRole('menuitem', { name: item, exact: true })
    .or(page.getByRole('menuitemcheckbox', { name: item, exact: true }))
    .click();
}

async function cardMenu(page: Page, card: string, item: string): Promise<void> {
  await choose(page, `${card}: view and download`, item);
}

test('the first view draws all runs of each metric, and asks the server twice for it', async () => {
  const asked: string[] = [];
  await using page = await openPage('/experiments');
  page.on('request', (request) => {
    if (request.url().includes('/modelyard/') && !request.url().includes('/events')) asked.push(request.url());
  });
  await page.goto(`/experiments/${fifty}/charts`);
  await page.locator('[data-chart][data-drawn=true]').first().waitFor();
  await linesDrawn(page, 50);
  await page.getByText('50 of 50 shown').waitFor();
  expect(asked.map((url) => url.replace(/.*modelyard\//, ''))).toEqual(['runs/table', 'metrics/series']);
  await names(page, ['train/loss', 'val/loss']);
  expect(await page.title()).toBe('Charts of fifty - Modelyard');
  expect(await axe(page)).toEqual([]);
});

test('eyes: each changes its own run, rules change all, and the address keeps them', async () => {
  await using page = await openPage(`/experiments/${fifty}/charts`);
  await linesDrawn(page, 50);
  await inList(page, 'Hide net-49').click();
  await linesDrawn(page, 49);
  await choose(page, 'Which runs are shown', 'The first 10');
  await linesDrawn(page, 10);
  await page.keyboard.press('Escape');
  await inList(page, 'Hide net-45').click();
  await linesDrawn(page, 9);
  await inList(page, 'Show net-30').click();
  await linesDrawn(page, 10);
  await page.getByText('10 of 50 shown').waitFor();
  await page.reload();
  await linesDrawn(page, 10);
  expect(await inList(page, 'Show net-45').count()).toBe(1);
  await choose(page, 'Which runs are shown', 'None');
  await page.getByText('every eye in the list is closed').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show all runs' }).click();
  await linesDrawn(page, 50);
  await choose(page, 'Which runs are shown', 'Hide finished ones');
  await linesDrawn(page, 3);
  await page.keyboard.press('Escape');
  await rowOf(page, 'net-40').getByRole('checkbox').click();
  await rowOf(page, 'net-41').getByRole('checkbox').click();
  await choose(page, 'Which runs are shown', 'Only the ticked ones');
  await linesDrawn(page, 2);
  await page.goBack();
  await linesDrawn(page, 3);
});

test('eyes by a filter leave the list as it is', async () => {
  await using page = await openPage(`/experiments/${fifty}/charts`);
  await linesDrawn(page, 50);
  await choose(page, 'Which runs are shown', 'Those that match a filter…');
  const dialog = page.getByRole('dialog', { name: 'Show the runs that match' });
  await dialog.getByRole('combobox').fill('params.lr = "0.1"');
  await linesDrawn(page, 17);
  await page.keyboard.press('Escape');
  await page.getByText('17 of 50 shown').waitFor();
  expect(searchOf(page)['eye']).toBe('where:params.lr = "0.1"');
});

test('Runs and Charts are two views of one address', async () => {
  await using page = await openPage(`/experiments/${fifty}/runs?filter=net-1&sort=name`);
  await page.getByRole('link', { name: 'Charts', exact: true }).click();
  await linesDrawn(page, 10);
  expect(searchOf(page)).toEqual({ filter: 'net-1', sort: 'name' });
  await page.locator('[role=row][data-run-id]').first().getByText('net-10').waitFor();
  await inList(page, 'Hide net-10').click();
  await linesDrawn(page, 9);
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await page.getByText('1 run hidden').waitFor();
  await page.keyboard.press('2');
  await linesDrawn(page, 9);
});

test('a pinned run comes first and stays whatever is filtered', async () => {
  const { id } = await few(['loss']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await linesDrawn(page, 3);
  await rowOf(page, 'net-00').hover();
  await inList(page, 'Pin net-00').click();
  await page.locator('[role=row][aria-rowindex="2"]', { hasText: 'net-00' }).waitFor();
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('net-02');
  await linesDrawn(page, 2);
});

test('charts are found by words and by a regular expression', async () => {
  const { id } = await few(['train/loss', 'train/acc', 'val/loss']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['train/acc', 'train/loss', 'val/loss']);
  const find = page.getByRole('searchbox', { name: 'Find charts' });
  await find.fill('TRAIN');
  await names(page, ['train/acc', 'train/loss']);
  await page.getByText('2 of 3 charts').waitFor();
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await find.fill('^val|acc$');
  await names(page, ['train/acc', 'val/loss']);
  await find.fill('(');
  await page.getByText('Not a regular expression.').waitFor();
  await find.fill('nothing');
  await page.getByText('No chart is called “nothing”.').waitFor();
  await page.getByRole('button', { name: 'Show all charts' }).click();
  await names(page, ['train/acc', 'train/loss', 'val/loss']);
});

test('a card is added, changed, removed, undone and redone, and the address restores it', async () => {
  const { id } = await few(['loss', 'acc']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['acc', 'loss']);
  await page.getByRole('button', { name: 'Add card' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a card' });
  await dialog.getByRole('radio', { name: 'Note' }).check();
  await dialog.getByLabel('Title').fill('What we see');
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Add to the page' }).click();
  await names(page, ['What we see', 'acc', 'loss']);
  await cardMenu(page, 'What we see', 'Edit…');
  await page.getByRole('dialog').getByLabel('Title').fill('Seen');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await names(page, ['Seen', 'acc', 'loss']);
  await cardMenu(page, 'acc', 'Remove');
  await names(page, ['Seen', 'loss']);
  await page.getByText('Removed acc.').waitFor();
  await page.reload();
  await names(page, ['Seen', 'loss']);
  await cardMenu(page, 'Seen', 'Remove');
  await names(page, ['loss']);
  await page.keyboard.press('Control+z');
  await names(page, ['Seen', 'loss']);
  await page.keyboard.press('Control+Shift+Z');
  await names(page, ['loss']);
  // A field undoes what was typed into it, not the layout.
  await page.getByRole('searchbox', { name: 'Find charts' }).fill('los');
  await page.keyboard.press('Control+z');
  await names(page, ['loss']);
  await page.getByRole('searchbox', { name: 'Find charts' }).fill('');
  await page.getByRole('button', { name: 'Reset the layout' }).click();
  await names(page, ['acc', 'loss']);
  expect(searchOf(page)).toEqual({});
  await page.keyboard.press('Control+z');
  await names(page, ['loss']);
});

test('cards are moved by keys and by dragging, and keep the focus', async () => {
  const { id } = await few(['a', 'b', 'c']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['a', 'b', 'c']);
  await page.getByRole('button', { name: /^Move a:/ }).focus();
  await page.keyboard.press('ArrowRight');
  await names(page, ['b', 'a', 'c']);
  await page.getByText('a is card 2 of 3 in its section.').waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowRight');
  await names(page, ['b', 'c', 'a']);
  const handle = page.getByRole('button', { name: /^Move a:/ });
  const [from, to] = [await handle.boundingBox(), await cardOf(page, 'b').boundingBox()];
  if (!from || !to) throw new Error('the cards have no place');
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 60, { steps: 5 });
  await page.mouse.up();
  await names(page, ['a', 'b', 'c']);
  expect(searchOf(page)).toEqual({});
});

test('a card grows by keys and by its corner', async () => {
  const { id } = await few(['a', 'b', 'c']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['a', 'b', 'c']);
  const widthOf = async (name: string): Promise<number> => (await cardOf(page, name).boundingBox())?.width ?? 0;
  const heightOf = async (name: string): Promise<number> => (await cardOf(page, name).boundingBox())?.height ?? 0;
  const width = await widthOf('a');
  await page.getByRole('button', { name: /^Size of a:/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/size%7Eline%3Aa%7E2/);
  await page.waitForFunction((before) => {
    const card = document.querySelector('[data-card="line:a"]');
    return (card?.clientWidth ?? 0) > before * 1.8;
  }, width);
  const height = await heightOf('a');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((before) => {
    const card = document.querySelector('[data-card="line:a"]');
    return (card?.clientHeight ?? 0) > before + 30;
  }, height);
  await page.keyboard.press('Delete');
  await page.waitForURL((url) => url.search === '');
  const usual = await heightOf('b');
  const corner = await page.getByRole('button', { name: /^Size of b:/ }).boundingBox();
  if (!corner) throw new Error('the corner has no place');
  await page.mouse.move(corner.x + 12, corner.y + 12);
  await page.mouse.down();
  await page.mouse.move(corner.x + 12, corner.y + 112, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/size%7Eline%3Ab%7E1%7E/);
  await eventually(async () => (await heightOf('b')) > usual + 80, true);
});

test('sections by prefix fold, are renamed and moved, and a card goes to another one', async () => {
  const { id } = await few(['a', 'train/a', 'train/b', 'val/a', 'val/b', 'val/c', 'z']);
  await using page = await openPage(`/experiments/${id}/charts`, { height: 2000 });
  const sections = (wanted: readonly string[]): Promise<unknown> =>
    page.waitForFunction(
      (text) => [...document.querySelectorAll('.chart-section > h2')].map((one) => one.textContent).join() === text,
      wanted.join(),
    );
  await sections(['No prefix', 'train', 'val']);
  await page.getByRole('button', { name: 'Fold train' }).click();
  await names(page, ['a', 'z', 'val/a', 'val/b', 'val/c']);
  await page.getByRole('button', { name: 'Unfold train' }).click();
  await choose(page, 'Section val', 'Move up');
  await sections(['No prefix', 'val', 'train']);
  await choose(page, 'Section val', 'Rename…');
  await page.getByLabel('Name of the section').fill('Validation');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await sections(['No prefix', 'Validation', 'train']);
  await cardMenu(page, 'z', 'Move to a section…');
  await page.getByRole('dialog', { name: 'Move z' }).getByRole('button', { name: 'train' }).click();
  await names(page, ['a', 'val/a', 'val/b', 'val/c', 'train/a', 'train/b', 'z']);
  await cardMenu(page, 'a', 'Move to a section…');
  await page.getByLabel('A new section').fill('Mine');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await sections(['Validation', 'Mine', 'train']);
  await page.reload();
  await sections(['Validation', 'Mine', 'train']);
  await page.keyboard.press('Escape');
  expect(await axe(page)).toEqual([]);
});

test('a card fills the window, and arrows step through the others', async () => {
  const { id } = await few(['a', 'b', 'c']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['a', 'b', 'c']);
  await cardOf(page, 'b').hover();
  await page.keyboard.press('f');
  await page.getByRole('dialog', { name: 'b' }).locator('[data-drawn=true]').waitFor();
  await page.getByText('2 of 3', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: 'c' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('dialog', { name: 'a' }).waitFor();
  await page.reload();
  await page.getByRole('dialog', { name: 'a' }).waitFor();
  await page.keyboard.press('f');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('one card alone has its own address and the whole width', async () => {
  const { id } = await few(['a', 'b', 'c']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['a', 'b', 'c']);
  await cardMenu(page, 'b', 'Copy link to this chart');
  await page.getByText('Link copied.').waitFor();
  await page.goto(await page.evaluate(() => navigator.clipboard.readText()));
  await names(page, ['b']);
  const width = (await cardOf(page, 'b').boundingBox())?.width ?? 0;
  expect(width).toBeGreaterThan(900);
  await page.getByRole('button', { name: 'All charts' }).click();
  await names(page, ['a', 'b', 'c']);
});

test('a card as a table and as files', async () => {
  const { id } = await few(['a'], 2);
  await using page = await openPage(`/experiments/${id}/charts`);
  await linesDrawn(page, 2);
  await cardMenu(page, 'a', 'View as table');
  await page.getByRole('grid', { name: /a/ }).last().waitFor();
  await cardMenu(page, 'a', 'View as chart');
  await linesDrawn(page, 2);
  for (const [item, ending] of [
    ['Download CSV', 'csv'],
    ['Download PNG', 'png'],
    ['Download SVG', 'svg'],
  ] as const) {
    const download = page.waitForEvent('download');
    await cardMenu(page, 'a', item);
    expect((await download).suggestedFilename()).toEndWith(`a.${ending}`);
  }
});

test('a saved view brings its charts', async () => {
  const { id } = await few(['a', 'b']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['a', 'b']);
  await cardMenu(page, 'a', 'Remove');
  await names(page, ['b']);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name').fill('only b');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/saved=only\+b/);
  // Its address brings them too, to who never saw the view.
  await using third = await openPage(new URL(page.url()).pathname + new URL(page.url()).search);
  await names(third, ['b']);
  await using other = await openPage(`/experiments/${id}/charts`);
  await names(other, ['a', 'b']);
  await other.getByRole('button', { name: 'Views' }).click();
  await other.getByRole('menuitemcheckbox', { name: 'only b', exact: true }).click();
  await names(other, ['b']);
  await other.keyboard.press('Escape');
  await cardMenu(other, 'b', 'Show alone');
  await other.getByRole('button', { name: 'All charts' }).click();
  await names(other, ['b']);
});

test('groups: one line for each, with centre and band in the address', async () => {
  await using page = await openPage(`/experiments/${fifty}/charts`);
  await linesDrawn(page, 50);
  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'lr', exact: true }).click();
  await linesDrawn(page, 3);
  await page.keyboard.press('Escape');
  await choose(page, 'How the lines of groups are made', 'Centre: Median');
  await page.keyboard.press('Escape');
  await choose(page, 'How the lines of groups are made', 'Band: ± standard deviation');
  expect(searchOf(page)).toEqual({ group: 'params.lr', centre: 'median', band: 'std' });
  await page.reload();
  await linesDrawn(page, 3);
});

test('pointing at a row emphasises its run in the charts, and the colours follow a column', async () => {
  const { id } = await few(['loss']);
  await using page = await openPage(`/experiments/${id}/charts?colour=params.lr`);
  await linesDrawn(page, 3);
  await page.getByRole('group', { name: 'Coloured by lr' }).waitFor();
  await rowOf(page, 'net-01').hover();
  await page.locator('[role=row][data-emphasised]', { hasText: 'net-01' }).waitFor();
  await page.mouse.move(900, 20);
  await page.locator('[data-emphasised]').waitFor({ state: 'detached' });
});

test('metrics of one point are bars, without a line; no metrics at all say so', async () => {
  await using page = await openPage(`/experiments/${seeded.bulk}/charts`);
  await names(page, ['acc', 'loss']);
  await page.locator('[data-kind=bar] [data-drawn=true]').first().waitFor();
  const id = await seeded.api.createExperiment(`bare ${crypto.randomUUID()}`);
  await page.goto(`/experiments/${id}/charts`);
  await page.getByText('No runs yet').waitFor();
  await seeded.api.createRun({ experiment_id: id, run_name: 'bare' });
  await page.getByText('No charts yet').waitFor();
});

test('runs of several experiments stand in the same charts', async () => {
  const [one, other] = [await few(['loss'], 2), await few(['loss', 'acc'], 3)];
  await using page = await openPage(`/charts?experiments=${one.id},${other.id}`);
  await names(page, ['acc', 'loss']);
  await page.getByText('5 of 5 shown').waitFor();
  expect(await page.title()).toBe('Charts of 2 experiments - Modelyard');
});

test('a running run grows and a new one comes without a reload', async () => {
  const { id } = await few(['loss'], 2);
  await using page = await openPage(`/experiments/${id}/charts`);
  await linesDrawn(page, 2);
  await net(seeded.api, id, 7, ['loss', 'fresh'], 30);
  await linesDrawn(page, 3);
  // What stands there stays where it is; at the next visit the new one stands in its place.
  await names(page, ['loss', 'fresh']);
  await page.reload();
  await names(page, ['fresh', 'loss']);
});

test('a wrong filter leaves the charts', async () => {
  const { id } = await few(['loss'], 2);
  await using page = await openPage(`/experiments/${id}/charts`, { expected: /status of 400/ });
  await linesDrawn(page, 2);
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.loss < and');
  await page.locator('.filter-wrong mark').waitFor();
  await linesDrawn(page, 2);
});

test('the keyboard alone: the list, a card, its menu, a new card', async () => {
  const { id } = await few(['a', 'b']);
  await using page = await openPage(`/experiments/${id}/charts`);
  await names(page, ['a', 'b']);
  await tabTo(page, /^grid Runs of these charts/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('h');
  await linesDrawn(page, 2);
  await page.keyboard.press(' ');
  await page.getByText('1 ticked').first().waitFor();
  await tabTo(page, /^button a: view and download/);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'View as table' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'a' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Add a card' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('on a phone the list is a drawer and nothing scrolls sideways', async () => {
  const { id } = await few(['a', 'b']);
  await using page = await openPage(`/experiments/${id}/charts`, { width: 390, height: 844 });
  await names(page, ['a', 'b']);
  const sideways = (): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  await page.getByRole('button', { name: 'Runs, 3 shown' }).click();
  const drawer = page.getByRole('dialog', { name: 'Runs of these charts' });
  await drawer.getByRole('button', { name: 'Hide net-01' }).click();
  await drawer.getByText('2 of 3 shown').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await linesDrawn(page, 2);
  expect(await axe(page)).toEqual([]);
});

test('the palette leads to the charts of an experiment', async () => {
  await using page = await openPage('/experiments');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('fifty');
  await page.getByRole('option', { name: 'Charts of fifty' }).click();
  await linesDrawn(page, 50);
});
