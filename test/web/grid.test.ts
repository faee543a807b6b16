/** Tables that are wide and long: what is in the document, how far the keyboard reaches, ranges of rows, columns moved. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { freshServer } from './support/server.ts';

const runCount = 60;
const pad = (i: number): string => String(i).padStart(3, '0');
const metrics = Array.from({ length: 199 }, (_, k) => `m${pad(k)}`);
const params = Array.from({ length: 100 }, (_, k) => `p${pad(k)}`);
/** Metric k of run i. */
const valueOf = (i: number, k: number): number => i * 1000 + k;

let server: TestServer;
let api: Api;
let wide: string;
beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  wide = await api.createExperiment('wide');
  for (let i = 0; i < runCount; i++) {
    const run_id = await api.createRun({
      experiment_id: wide,
      run_name: `run-${pad(i)}`,
      start_time: i + 1,
      tags: [{ key: 'team', value: `red-${i}` }],
    });
    await api.post('runs/log-batch', {
      run_id,
      metrics: metrics.map((key, k) => ({ key, value: valueOf(i, k), step: 0, timestamp: 1 })),
      params: params.map((key, k) => ({ key, value: `v${i}-${k}` })),
    });
  }
}, 60_000);
afterAll(() => server.stop());

const columns = ['tags.team', ...metrics.map((key) => `metrics.${key}`), ...params.map((key) => `params.${key}`)];
/** Box, name, created and duration come first. */
const ariaColumn = (name: string): number => columns.indexOf(name) + 5;

async function openWide(
  shown: readonly string[] = columns,
  options: PageOptions & { query?: string } = {},
): Promise<Page> {
  const query = `?columns=${shown.join()}${options.query ?? ''}`;
  const page = await openPageOf(`/experiments/${wide}/runs${query}`, { server, ...options });
  await rowOf(page, 'run-059').waitFor();
  return page;
}

const grid = (page: Page): Locator => page.getByRole('grid');
const header = (page: Page, name: string): Locator => page.getByRole('columnheader', { name });
const rowOf = (page: Page, name: string): Locator => page.locator('[data-run-id]', { hasText: name });
const cellOf = (page: Page, run: string, column: string): Locator =>
  rowOf(page, run).locator(`[aria-colindex="${ariaColumn(column)}"]`);
const cells = (page: Page): Promise<number> => page.locator('[role=gridcell]').count();
const scrollTo = (page: Page, left: number, top = 0): Promise<void> =>
  grid(page).evaluate((box, [x, y]) => box.scrollTo(x ?? 0, y ?? 0), [left, top]);
const selected = (page: Page, count: number): Promise<void> =>
  page.getByRole('toolbar', { name: `${count} selected` }).waitFor();
/** What the cursor is on, as a screen reader hears it. */
const underCursor = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent.trim() ?? 'nothing';
  });

async function inView(page: Page, cell: Locator): Promise<boolean> {
  const [box, outer] = [await cell.boundingBox(), await grid(page).boundingBox()];
  return box !== null && outer !== null && box.x >= outer.x && box.x + box.width <= outer.x + outer.width;
}

test('of 300 columns those in view are in the document, and it says how many there are', async () => {
  await using page = await openWide();
  expect(await cells(page)).toBeLessThan(1200);
  expect(await grid(page).getAttribute('aria-colcount')).toBe(String(columns.length + 4));
  for (const left of [9000, 20_000, 1_000_000]) {
    await scrollTo(page, left);
    await page.waitForFunction(
      (x) => (document.querySelector('.grid')?.scrollLeft ?? 0) > x,
      Math.min(left, 25_000) - 1,
    );
    expect(await cells(page)).toBeLessThan(1200);
  }
});

test('a scroll to the side shows each value under its own header, and the name stays', async () => {
  await using page = await openWide();
  await scrollTo(page, 12_000);
  await cellOf(page, 'run-059', 'metrics.m107').waitFor();
  for (const k of [106, 107, 110]) {
    const name = `m${pad(k)}`;
    const cell = cellOf(page, 'run-058', `metrics.${name}`);
    expect(await cell.getByTitle(String(valueOf(58, k))).count()).toBe(1);
    expect((await cell.boundingBox())?.x).toBe((await header(page, name).boundingBox())?.x);
    expect(Number(await header(page, name).getAttribute('aria-colindex'))).toBe(ariaColumn(`metrics.${name}`));
  }
  expect(await inView(page, rowOf(page, 'run-058').locator('[aria-colindex="2"]'))).toBe(true);
  expect(await page.getByRole('columnheader', { name: 'm000' }).count()).toBe(0);
});

test('rows that stay in view keep their elements while the table scrolls both ways', async () => {
  await using page = await openWide();
  await rowOf(page, 'run-050').evaluate((row) => row.setAttribute('data-kept', 'yes'));
  await scrollTo(page, 8000, 100);
  await cellOf(page, 'run-050', 'metrics.m070').waitFor();
  await scrollTo(page, 0, 0);
  await cellOf(page, 'run-050', 'tags.team').waitFor();
  expect(await page.locator('[data-kept=yes]', { hasText: 'run-050' }).count()).toBe(1);
});

test('the keyboard reaches the last column and row and comes back, and what is under it can be spoken', async () => {
  await using page = await openWide();
  await grid(page).focus();
  await page.keyboard.press('Control+ArrowRight');
  await header(page, 'p099').waitFor();
  expect(await inView(page, cellOf(page, 'run-059', 'params.p099'))).toBe(true);
  expect(await underCursor(page)).toBe('v59-99');
  await page.keyboard.press('ArrowLeft');
  expect(await underCursor(page)).toBe('v59-98');
  await page.keyboard.press('Control+End');
  await rowOf(page, 'run-000').waitFor();
  expect(await underCursor(page)).toBe('v0-99');
  // Out of view, the cell of the cursor still is what it was.
  await scrollTo(page, 0, 0);
  await rowOf(page, 'run-059').waitFor();
  expect(await underCursor(page)).toBe('v0-99');
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() => (document.querySelector('.grid')?.scrollLeft ?? 0) > 20_000);
  expect(await inView(page, cellOf(page, 'run-000', 'params.p098'))).toBe(true);
  await page.keyboard.press('Control+Home');
  await rowOf(page, 'run-059').waitFor();
  expect(await underCursor(page)).toContain('run-059');
  expect(await grid(page).evaluate((box) => [box.scrollLeft, box.scrollTop])).toEqual([0, 0]);
});

test('step by step to the right the cell under the cursor is in view, also in the header', async () => {
  await using page = await openWide(columns, { width: 1024 });
  await grid(page).focus();
  await page.keyboard.press('ArrowUp');
  for (let i = 0; i < 24; i++) await page.keyboard.press('ArrowRight');
  expect(await underCursor(page)).toBe('m020');
  expect(await inView(page, header(page, 'm020'))).toBe(true);
  await page.keyboard.press('ArrowDown');
  for (let i = 0; i < 18; i++) await page.keyboard.press('ArrowLeft');
  const cell = cellOf(page, 'run-059', 'metrics.m002');
  expect(await underCursor(page)).toBe((await cell.textContent()) ?? '');
  // Not below the pinned name.
  const name = await rowOf(page, 'run-059').locator('[aria-colindex="2"]').boundingBox();
  expect((await cell.boundingBox())?.x).toBeGreaterThanOrEqual((name?.x ?? 0) + (name?.width ?? 0));
});

test('an editor whose cell leaves the view, to the side or upwards, keeps what was typed', async () => {
  await using page = await openWide();
  await cellOf(page, 'run-057', 'tags.team').dblclick();
  const field = page.getByLabel('Value of the tag team');
  await field.fill('blue');
  await scrollTo(page, 15_000, 900);
  await cellOf(page, 'run-010', 'metrics.m140').waitFor();
  expect(await field.inputValue()).toBe('blue');
  await page.keyboard.type('ish');
  await scrollTo(page, 0, 0);
  expect(await field.inputValue()).toBe('blueish');
  await scrollTo(page, 15_000, 900);
  await cellOf(page, 'run-010', 'metrics.m140').click();
  // Leaving the field saves, wherever it is.
  await field.waitFor({ state: 'detached' });
  await scrollTo(page, 0, 0);
  await cellOf(page, 'run-057', 'tags.team').getByText('blueish').waitFor();
});

test('Shift and arrows extend the selection from where they began, and give rows back', async () => {
  await using page = await openWide(['metrics.m000']);
  await page.getByRole('checkbox', { name: 'Select run-050' }).click();
  await selected(page, 1);
  await grid(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  // Three in the range, one ticked before it.
  await selected(page, 4);
  await page.keyboard.press('Shift+ArrowUp');
  await selected(page, 3);
  expect(await rowOf(page, 'run-057').getAttribute('aria-selected')).toBe('false');
  expect(await rowOf(page, 'run-050').getAttribute('aria-selected')).toBe('true');
  // Beyond the anchor the range grows to the other side.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowUp');
  await selected(page, 5);
  await page.keyboard.press('Shift+End');
  await selected(page, 59);
});

test('Shift and Space tick all from the row ticked last, with the mouse as with the keyboard', async () => {
  await using page = await openWide(['metrics.m000']);
  await grid(page).focus();
  await page.keyboard.press(' ');
  await selected(page, 1);
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Space');
  await selected(page, 6);
  // A click on a box leaves the arrows where they are wanted.
  await rowOf(page, 'run-040').getByRole('checkbox').click();
  await selected(page, 7);
  await page.keyboard.press('Shift+ArrowDown');
  await selected(page, 8);
  await rowOf(page, 'run-037')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await selected(page, 10);
  await page.keyboard.press(' ');
  await selected(page, 9);
});

test('Ctrl A ticks every run that matches; a range reaches rows that were never loaded', async () => {
  const many = await api.createExperiment('many');
  for (let i = 0; i < 340; i += 20) {
    const turn = Array.from({ length: 20 }, (_, j) => ({ run_name: `r${pad(i + j)}`, start_time: i + j + 1 }));
    await Promise.all(turn.map((run) => api.createRun({ experiment_id: many, ...run })));
  }
  await using page = await openPageOf(`/experiments/${many}/runs`, { server });
  await rowOf(page, 'r339').waitFor();
  await grid(page).focus();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await selected(page, 340);
  await page.keyboard.press('Control+Shift+ArrowUp');
  await selected(page, 1);
  await page.keyboard.press('Control+a');
  await selected(page, 340);
});

test('a column far to the right is dragged, widened and fitted, and its neighbours follow', async () => {
  const some = columns.slice(1, 60);
  await using page = await openWide(some);
  await grid(page).focus();
  await page.keyboard.press('Control+ArrowRight');
  await header(page, 'm058').waitFor();
  await header(page, 'm058').dragTo(header(page, 'm055'), { targetPosition: { x: 10, y: 10 } });
  await page.waitForURL(/m054%2Cmetrics\.m058%2Cmetrics\.m055/);
  const x = async (name: string): Promise<number> => (await header(page, name).boundingBox())?.x ?? 0;
  expect(await x('m058')).toBeLessThan(await x('m055'));
  // Dropped on the right half of another it comes after it.
  const box = await header(page, 'm057').boundingBox();
  await header(page, 'm058').dragTo(header(page, 'm057'), { targetPosition: { x: (box?.width ?? 0) - 10, y: 10 } });
  await page.waitForFunction(() => location.search.endsWith('m057%2Cmetrics.m058'));
  const before = await x('m056');
  const handle = await header(page, 'm055').locator('.grid-resize').boundingBox();
  if (!handle) throw new Error('no handle');
  await page.mouse.move(handle.x + 3, handle.y + 8);
  await page.mouse.down();
  await page.mouse.move(handle.x - 17, handle.y + 8, { steps: 4 });
  await page.mouse.up();
  const width = async (): Promise<number> => (await header(page, 'm055').boundingBox())?.width ?? 0;
  await page.waitForFunction(
    (x) => document.querySelector('.grid-header')?.textContent?.includes('m056') && x > 0,
    before,
  );
  expect(await width()).toBe(90);
  expect((await x('m056')) - (await x('m055'))).toBe(90);
  await header(page, 'm055').locator('.grid-resize').dblclick();
  // Room for `59,055` and the menu's button.
  expect(await width()).toBeLessThan(90);
});

test('a double click on the edge of a header makes room for the longest value', async () => {
  const experiment = await api.createExperiment('long values');
  const run = await api.createRun({ experiment_id: experiment, run_name: 'one', start_time: 1 });
  await api.post('runs/log-batch', { run_id: run, params: [{ key: 'x', value: 'a value longer than its column is' }] });
  await using page = await openPageOf(`/experiments/${experiment}/runs?columns=params.x`, { server });
  const cell = page.getByRole('gridcell', { name: 'a value longer' });
  const isCut = (): Promise<boolean> => cell.evaluate((box) => box.scrollWidth > box.clientWidth);
  expect(await isCut()).toBe(true);
  await header(page, 'x').locator('.grid-resize').dblclick();
  expect(await isCut()).toBe(false);
});

test('Alt and the down arrow open the menu of the column, which is worked and left by keys', async () => {
  await using page = await openWide();
  await grid(page).focus();
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Alt+ArrowDown');
  const menu = page.getByRole('menu', { name: 'Options of p099' });
  await menu.getByRole('menuitem', { name: 'Sort ascending' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  await page.keyboard.press('ArrowLeft');
  expect(await underCursor(page)).toBe('v59-98');
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByRole('menu', { name: 'Options of p098' }).getByRole('menuitem', { name: 'Move left' }).click();
  await page.waitForURL(/params\.p096%2Cparams\.p098%2Cparams\.p097%2C/);
});

test('Alt and an up or down arrow do not scroll where a cell has no menu', async () => {
  await using page = await openWide();
  await grid(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.evaluate(() => {
    document.addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (key !== 'Alt') document.title += ` ${key}:${defaultPrevented}`;
    });
  });
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowUp');
  expect(await page.title()).toEndWith(' ArrowDown:true ArrowUp:true');
});

test('on a phone the pinned columns leave room, and every column can be reached', async () => {
  await using page = await openWide(columns, {
    width: 390,
    height: 800,
    query: '&pinned=metrics.m000,metrics.m001,metrics.m002,metrics.m003',
  });
  await scrollTo(page, 9000);
  await page.waitForFunction(() => document.querySelectorAll('.grid-header .pinned').length < 5);
  const [name, outer] = [await header(page, 'Run').boundingBox(), await grid(page).boundingBox()];
  expect((name?.x ?? 0) + (name?.width ?? 0)).toBeLessThan((outer?.width ?? 0) * 0.7);
  await grid(page).focus();
  await page.keyboard.press('Control+ArrowRight');
  // Created and duration are left out there.
  const last = rowOf(page, 'run-059').locator(`[aria-colindex="${ariaColumn('params.p099') - 2}"]`);
  expect(await inView(page, last)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await axe(page)).toEqual([]);
});

test('experiments and versions take ranges with Shift as runs do', async () => {
  for (let i = 0; i < 3; i++) await api.createExperiment(`listed-${i}`);
  await api.post('registered-models/create', { name: 'ranged' });
  for (let i = 0; i < 4; i++) await api.post('model-versions/create', { name: 'ranged', source: 's3://bucket/model' });
  for (const path of ['/experiments', '/models/ranged']) {
    await using page = await openPageOf(path, { server });
    await page.locator('[role=row][aria-rowindex="5"] input').waitFor();
    const ticked = (wanted: number) =>
      page.waitForFunction(
        (count) => document.querySelectorAll('[role=row][aria-selected=true]').length === count,
        wanted,
      );
    await grid(page).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await ticked(3);
    await page.keyboard.press('Shift+ArrowUp');
    await ticked(2);
    await page.keyboard.press(' ');
    await ticked(1);
  }
});

test('a new run above leaves the cursor on the run it was on', async () => {
  const experiment = await api.createExperiment('growing');
  for (let i = 0; i < 4; i++)
    await api.createRun({ experiment_id: experiment, run_name: `old-${i}`, start_time: i + 1 });
  await using page = await openPageOf(`/experiments/${experiment}/runs`, { server });
  await rowOf(page, 'old-3').waitFor();
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  expect(await underCursor(page)).toContain('old-2');
  await api.createRun({ experiment_id: experiment, run_name: 'new', start_time: 9 });
  await rowOf(page, 'new').waitFor();
  expect(await underCursor(page)).toContain('old-2');
  await page.keyboard.press('Shift+ArrowUp');
  await selected(page, 2);
  expect(await rowOf(page, 'old-3').getAttribute('aria-selected')).toBe('true');
});

test('the sheet of shortcuts tells of ranges and menus', async () => {
  await using page = await openWide(['metrics.m000']);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const words of [
    'Select further rows',
    'Select all rows that match',
    'Open the menu of the cell or column, where',
  ]) {
    await sheet.getByText(words).waitFor();
  }
});
