/** The table of runs: what it shows at once, reaching every row, filter, sort, columns, selection, nesting, keyboard. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { axe } from './support/axe.ts';
import { Api } from '../support/api.ts';
import { openPage as openPageOf, patience, type PageOptions } from './support/browser.ts';
import { focused, tabTo } from './support/keyboard.ts';
import { seed } from './support/seed.ts';
import { freshServer, type SeededServer } from './support/server.ts';

// A server of its own: these tests count runs.
let seeded: SeededServer;
beforeAll(async () => {
  const server = await freshServer();
  seeded = { server, api: new Api(server), ...(await seed(server)) };
}, 60_000);
afterAll(() => seeded.server.stop());

const openPage = (path: string, options: PageOptions = {}): Promise<Page> =>
  openPageOf(path, { server: seeded.server, ...options });

const rowOf = (page: Page, name: string): Locator => page.locator('[role=row][data-run-id]', { hasText: name });
const headers = (page: Page): Promise<string[]> =>
  page.getByRole('columnheader').evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));

async function openRuns(query = ''): Promise<Page> {
  const page = await openPage(`/experiments/${seeded.bulk}/runs${query}`);
  await page.locator('[data-run-id]').first().waitFor();
  return page;
}

test('the first view shows newest runs, the total, and the params and metrics that vary', async () => {
  await using page = await openRuns();
  await rowOf(page, 'trial-199').waitFor();
  expect(await page.locator('.runs-count').textContent()).toBe('200 runs');
  const titles = await headers(page);
  for (const title of ['Run', 'Created', 'Duration', 'lr', 'depth', 'loss', 'acc']) expect(titles).toContain(title);
  expect(titles).not.toContain('constant');
  expect(await page.title()).toBe('bulk - Modelyard');
});

test('rows fill the page from high up, and only those in view are in the document', async () => {
  await using page = await openRuns();
  const rows = page.locator('[data-run-id]');
  const count = await rows.count();
  expect(count).toBeGreaterThanOrEqual(26);
  expect(count).toBeLessThan(60);
  expect((await rows.first().boundingBox())?.y).toBeLessThanOrEqual(88);
});

test('End reaches the oldest run and Home the newest, without loading more', async () => {
  await using page = await openRuns();
  // Nobody has to reach the table first.
  await page.keyboard.press('End');
  await rowOf(page, 'trial-000').waitFor();
  await page.keyboard.press('Home');
  await rowOf(page, 'trial-199').waitFor();
});

test('a filter narrows the rows as typed, tells how many match, and stands in the address', async () => {
  await using page = await openRuns();
  await page.getByRole('combobox', { name: 'Filter runs' }).fill("params.depth = '3' and metrics.loss < 0.1");
  await page.getByText('of 200 runs match').waitFor();
  expect(await page.locator('.runs-count').textContent()).toBe('20 of 200 runs match');
  expect(new URL(page.url()).searchParams.get('filter')).toBe("params.depth = '3' and metrics.loss < 0.1");
  await page.getByRole('button', { name: 'Remove metrics.loss < 0.1' }).click();
  await page.getByText('22 of 200 runs match').waitFor();
  await page.goBack();
  await page.getByText('20 of 200 runs match').waitFor();
  await page.reload();
  await page.getByText('20 of 200 runs match').waitFor();
});

test('every state that a run ends in is offered as a filter', async () => {
  const experiment = await seeded.api.createExperiment(`states-${crypto.randomUUID()}`);
  for (const status of ['FINISHED', 'FAILED', 'KILLED']) {
    const run_id = await seeded.api.createRun({ experiment_id: experiment, run_name: status, start_time: 1 });
    await seeded.api.post('runs/update', { run_id, status, end_time: 2 });
  }
  for (const status of ['FINISHED', 'FAILED', 'KILLED']) {
    await using page = await openPage(`/experiments/${experiment}/runs`);
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('menuitem', { name: `State: ${status.toLowerCase()}` }).click();
    await page.getByText('1 of 3 runs match').waitFor();
    await rowOf(page, status).waitFor();
  }
});

test('words find names and tags, a pasted id finds its run', async () => {
  await using page = await openRuns();
  const box = page.getByRole('combobox', { name: 'Filter runs' });
  await box.fill('trial-04');
  await page.getByText('10 of 200 runs match').waitFor();
  await box.fill(seeded.run);
  await page.getByText('1 of 200 runs match').waitFor();
  await rowOf(page, 'trial-007').waitFor();
});

test('a wrong filter leaves the rows, marks the wrong part and says what is expected', async () => {
  await using page = await openRuns();
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.loss < and');
  await page.locator('.filter-wrong mark').waitFor();
  expect(await page.locator('.filter-wrong mark').textContent()).toBe('and');
  expect(await page.locator('[data-run-id]').count()).toBeGreaterThan(20);
});

test('a filter that is being typed changes nothing until it can be understood', async () => {
  await using page = await openRuns();
  const box = page.getByRole('combobox', { name: 'Filter runs' });
  const mark = page.locator('.filter-wrong mark');
  await box.fill("params.depth = '3'");
  await page.getByText('22 of 200 runs match').waitFor();
  // The pause is over when what is wrong is said.
  await box.pressSequentially(' and metrics.loss <');
  await page.getByText('Expected a value.').waitFor();
  expect((await mark.boundingBox())?.width).toBeGreaterThan(10);
  // Enter does not apply it either.
  await page.keyboard.press('Enter');
  await box.pressSequentially(' and bogus..x');
  await page.getByText('Expected a value').waitFor();
  expect(await page.locator('.filter-chips').count()).toBe(0);
  await page.getByText('22 of 200 runs match').waitFor();
  await box.fill('bogus..x <');
  await page.getByText("Invalid entity type 'bogus'").waitFor();
  expect(await mark.textContent()).toBe('bogus..x');
  expect(await axe(page)).toEqual([]);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.postData() ?? ''));
  await page.clock.install();
  await box.fill('metrics.loss');
  // Longer than the pause.
  await page.clock.runFor(2000);
  await page.getByText('22 of 200 runs match').waitFor();
  await box.pressSequentially(' < 0.1');
  await page.clock.runFor(2000);
  await page.getByText('180 of 200 runs match').waitFor();
  expect(asked.filter((body) => body.includes('"text":"metrics.loss"'))).toEqual([]);
  await box.fill('metrics.loss');
  await page.keyboard.press('Enter');
  await page.getByText('No run matches').waitFor();
});

test('a filter that finds nothing says which of its keys no run has', async () => {
  await using page = await openPage(
    `/experiments/${seeded.bulk}/runs?filter=${encodeURIComponent('metrics.los < 2 and params.depth = "3" and tags.`a b` = "x"')}`,
  );
  await page.getByText("No run here has the metric 'los'. Did you mean 'loss'?").waitFor();
  await page.getByText("No run here has the tag 'a b'.").waitFor();
  expect(await page.getByText('No run here has').count()).toBe(2);
  expect(await axe(page)).toEqual([]);
});

test('a wrong filter of an address is explained once, and can be cleared', async () => {
  const query = `?filter=${encodeURIComponent('metrics.loss >> 0')}`;
  for (const [more, width] of [
    ['', 1440],
    ['', 390],
    ['&group=params.lr', 1440],
  ] as const) {
    const options = { width, expected: /status of 400/ };
    await using page = await openPage(`/experiments/${seeded.bulk}/runs${query}${more}`, options);
    await page.getByRole('heading', { name: 'No runs: the filter is not understood' }).waitFor();
    const why = (await page.locator('.filter-wrong > span').textContent()) ?? '';
    expect(why).not.toBe('');
    expect(await page.getByText(why).count()).toBe(1);
    const box = await page.locator('.filter-wrong').boundingBox();
    expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.locator('.state').getByRole('button', { name: 'Clear the filter' }).click();
    await page.locator('.grid-row:not(.grid-header)').first().waitFor();
    expect(new URL(page.url()).searchParams.has('filter')).toBe(false);
  }
});

test('the box completes keys, operators and values from the keyboard', async () => {
  await using page = await openRuns();
  const box = page.getByRole('combobox', { name: 'Filter runs' });
  await box.click();
  await box.pressSequentially('params.de');
  await page.getByRole('option', { name: 'params.depth' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await box.inputValue()).toBe('params.depth ');
  await box.pressSequentially('= ');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await box.inputValue()).toMatch(/^params\.depth = '\d' $/);
  await page.keyboard.press('Enter');
  await page.getByText('of 200 runs match').waitFor();
});

test('a header sorts with one click and turns with the next; Shift adds a key', async () => {
  await using page = await openRuns();
  const header = (name: string): Locator =>
    page.getByRole('columnheader', { name }).getByRole('button', { name, exact: true });
  await header('loss').click();
  await page.waitForFunction(() => document.querySelector('[data-run-id]')?.textContent?.includes('trial-000'));
  await header('loss').click();
  await page.waitForFunction(() => document.querySelector('[data-run-id]')?.textContent?.includes('trial-199'));
  expect(await page.getByRole('columnheader', { name: 'loss' }).getAttribute('aria-sort')).toBe('ascending');
  await header('depth').click();
  await header('Run').click({ modifiers: ['Shift'] });
  await page.waitForURL(/sort=%7Eparams\.depth%2Cname|sort=params\.depth%2Cname/, { timeout: patience });
  await page.waitForFunction(() => document.querySelector('[data-run-id]')?.textContent?.includes('trial-000'));
});

test('another order, filter or grouping begins at the top; Back returns to the place, and new runs move nothing', async () => {
  await using page = await openRuns();
  const grid = page.getByRole('grid');
  const scrollTo = async (top: number): Promise<void> => {
    await grid.evaluate((box, to) => box.scrollTo(0, to), top);
    await page.waitForFunction((to) => document.querySelector('.grid')?.scrollTop === to, top);
  };
  const cursorRow = async (): Promise<number> =>
    Number(/-(-?\d+)-\d+$/.exec((await grid.getAttribute('aria-activedescendant')) ?? '')?.[1]);
  /** The row is drawn as the first one, right below the header. */
  const begins = (name: string): Promise<unknown> =>
    page.waitForFunction((wanted) => {
      const box = document.querySelector('.grid');
      const row = [...document.querySelectorAll('[data-run-id]')].find((each) => each.textContent.includes(wanted));
      return box?.scrollTop === 0 && row?.getAttribute('aria-rowindex') === '2';
    }, name);

  await scrollTo(3000);
  const header = page.getByRole('columnheader', { name: 'loss' });
  await header.hover();
  await header.getByRole('button', { name: 'Options of loss' }).click();
  await page.getByRole('menuitem', { name: 'Sort descending' }).click();
  await begins('trial-000');
  // In the header, where it was.
  expect(await cursorRow()).toBe(-1);

  await scrollTo(2500);
  await page.getByRole('columnheader', { name: 'Created' }).getByRole('button', { name: 'Created' }).click();
  await begins('trial-199');
  await scrollTo(2000);
  await rowOf(page, 'trial-120').locator('[role=gridcell]').nth(2).click();
  expect(await cursorRow()).toBe(79);
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.loss >= 0 and params.depth != "none"');
  await page.waitForURL(/filter=/);
  await begins('trial-199');
  expect(await cursorRow()).toBe(0);

  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 2000);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 2500);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('.grid')?.scrollTop === 3000);

  await rowOf(page, 'trial-085').waitFor();
  const run_id = await seeded.api.createRun({
    experiment_id: seeded.bulk,
    run_name: 'came live',
    start_time: Date.now(),
  });
  await page.getByText('201 runs').waitFor();
  await page.waitForFunction(() => (document.querySelector('.grid')?.scrollTop ?? 0) > 3000);
  await rowOf(page, 'trial-085').waitFor();
  await seeded.api.post('runs/delete', { run_id });
  await page.getByText('200 runs').waitFor();
});

test('other groups begin at the top too', async () => {
  await using page = await openPage(`/experiments/${seeded.bulk}/runs?group=tags.mlflow.runName`);
  const grid = page.getByTestId('groups-scroller');
  const top = (wanted: number): Promise<unknown> =>
    page.waitForFunction((to) => document.querySelector('.grid')?.scrollTop === to, wanted);
  await grid.getByText('trial-000').waitFor();
  await grid.evaluate((box) => box.scrollTo(0, 2000));
  await top(2000);
  await page.getByRole('button', { name: 'Group by' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'depth' }).click();
  await page.waitForURL(/group=.*depth/);
  await grid.getByRole('columnheader', { name: 'depth' }).waitFor();
  await top(0);
});

test('Duration sorts from the longest, and the address keeps it', async () => {
  const id = await seeded.api.createExperiment('durations');
  for (const [run_name, seconds] of Object.entries({ short: 3, long: 4000, middle: 90 })) {
    const run_id = await seeded.api.createRun({ experiment_id: id, run_name, start_time: 1_700_000_000_000 });
    const end_time = 1_700_000_000_000 + seconds * 1000;
    await seeded.api.post('runs/update', { run_id, status: 'FINISHED', end_time });
  }
  await using page = await openPage(`/experiments/${id}/runs`);
  const header = page.getByRole('columnheader', { name: 'Duration' });
  const inOrder = (names: readonly string[]): Promise<unknown> =>
    page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('[data-run-id]')]
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .every((row, i) => row.textContent.includes(wanted[i] ?? '?')),
      names,
    );
  await header.getByRole('button', { name: 'Duration' }).click();
  await page.waitForURL(/sort=%7Eduration|sort=~duration/);
  await inOrder(['long', 'middle', 'short']);
  expect(await header.getAttribute('aria-sort')).toBe('descending');
  await header.getByRole('button', { name: 'Duration' }).click();
  await inOrder(['short', 'middle', 'long']);
  await page.reload();
  await inOrder(['short', 'middle', 'long']);
  expect(await header.getAttribute('aria-sort')).toBe('ascending');
  expect(await page.getByText('Not understood').count()).toBe(0);
});

test('columns are chosen, hidden and kept in the address', async () => {
  await using page = await openRuns();
  await page.getByRole('button', { name: 'Columns' }).click();
  const drawer = page.getByRole('dialog', { name: 'Columns' });
  await drawer.getByPlaceholder('Find a column').fill('const');
  await drawer.getByRole('checkbox', { name: 'constant' }).check();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('.grid-header')?.textContent?.includes('constant'));
  await page.reload();
  await page.locator('[data-run-id]').first().waitFor();
  expect(await headers(page)).toContain('constant');
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Only differing' }).click();
  await page.waitForFunction(() => !document.querySelector('.grid-header')?.textContent?.includes('constant'));
});

test('Created and Duration are hidden and shown as other columns are; on a phone they are hidden at first', async () => {
  await using page = await openRuns('?columns=metrics.loss');
  const drawer = page.getByRole('dialog', { name: 'Columns' });
  const shown = async (...titles: string[]): Promise<void> => {
    for (const title of titles) await page.getByRole('columnheader', { name: title }).waitFor();
    // The first one has the box for all.
    expect((await headers(page)).slice(1)).toEqual(titles);
  };
  await shown('Run', 'Created', 'Duration', 'loss');
  await page.getByRole('button', { name: 'Columns' }).click();
  await drawer.getByRole('checkbox', { name: 'Created' }).uncheck();
  await page.getByRole('columnheader', { name: 'Created' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.reload();
  await shown('Run', 'Duration', 'loss');
  await page.getByRole('button', { name: 'Columns' }).click();
  await drawer.getByRole('button', { name: 'Hide all' }).first().click();
  await page.getByRole('columnheader', { name: 'Duration' }).waitFor({ state: 'detached' });
  await drawer.getByRole('checkbox', { name: 'Duration' }).check();
  await page.keyboard.press('Escape');
  await shown('Run', 'Duration');
  await page.getByRole('button', { name: 'Columns' }).click();
  await drawer.getByRole('button', { name: 'Suggested columns' }).click();
  await page.getByRole('columnheader', { name: 'Created' }).waitFor();
  await page.waitForURL((url) => !/columns=|without=/.test(url.search));

  await using phone = await openPage(`/experiments/${seeded.bulk}/runs`, { width: 390, height: 800 });
  await phone.locator('[data-run-id]').first().waitFor();
  expect((await headers(phone)).slice(1, 3)).not.toContain('Created');
  await phone.getByRole('button', { name: 'Columns' }).click();
  await phone.getByRole('checkbox', { name: 'Created' }).check();
  await phone.getByRole('columnheader', { name: 'Created' }).waitFor();
});

test('columns are dragged, widened, fitted, pinned and hidden', async () => {
  await using page = await openRuns('?columns=params.lr,metrics.loss,metrics.acc');
  const header = (name: string): Locator => page.getByRole('columnheader', { name });
  await header('acc').dragTo(header('lr'));
  await page.waitForURL(/columns=metrics\.acc%2Cparams\.lr%2Cmetrics\.loss/);
  const width = async (name: string): Promise<number> => (await header(name).boundingBox())?.width ?? 0;
  const before = await width('lr');
  const handle = await header('lr').locator('.grid-resize').boundingBox();
  if (!handle) throw new Error('no handle');
  await page.mouse.move(handle.x + 3, handle.y + 8);
  await page.mouse.down();
  await page.mouse.move(handle.x + 63, handle.y + 8, { steps: 5 });
  await page.mouse.up();
  expect(await width('lr')).toBe(before + 60);
  await page.reload();
  await page.locator('[data-run-id]').first().waitFor();
  expect(await width('lr')).toBe(before + 60);
  await header('lr').locator('.grid-resize').dblclick();
  expect(await width('lr')).toBeLessThan(before);
  await header('loss').hover();
  await page.getByRole('button', { name: 'Options of loss' }).click();
  await page.getByRole('menuitem', { name: 'Pin to the left' }).click();
  await page.waitForURL(/pinned=metrics\.loss/);
  expect((await headers(page)).slice(1, 3).join()).toStartWith('Run,loss');
  await header('loss').hover();
  await page.getByRole('button', { name: 'Options of loss' }).click();
  await page.getByRole('menuitem', { name: 'Hide' }).click();
  await page.waitForFunction(() => !document.querySelector('.grid-header')?.textContent?.includes('loss'));
});

test('a metric shows its least, greatest or mean value, and its best is marked', async () => {
  const experiment = await seeded.api.createExperiment(`aggregates-${crypto.randomUUID()}`);
  for (const [name, values] of Object.entries({ one: [5, 1, 3], two: [8, 7, 9] })) {
    const run_id = await seeded.api.createRun({ experiment_id: experiment, run_name: name, start_time: 1 });
    const metrics = values.map((value, step) => ({ key: 'loss', value, step, timestamp: step }));
    await seeded.api.post('runs/log-batch', { run_id, metrics });
  }
  await using page = await openPage(`/experiments/${experiment}/runs?columns=metrics.loss`);
  const choose = async (item: string): Promise<void> => {
    await page.getByRole('columnheader', { name: /^loss/ }).hover();
    await page.getByRole('button', { name: /Options of loss/ }).click();
    await page.getByRole('menuitemcheckbox', { name: item }).click();
    await page.keyboard.press('Escape');
  };
  await rowOf(page, 'one').getByText('3', { exact: true }).waitFor();
  await choose('Better is lower');
  await rowOf(page, 'one').locator('.best').waitFor();
  expect(await rowOf(page, 'two').locator('.best').count()).toBe(0);
  await choose('Least value');
  await rowOf(page, 'one').getByText('1', { exact: true }).waitFor();
  await choose('Mean');
  await rowOf(page, 'two').getByText('8', { exact: true }).waitFor();
});

test('the values of a column narrow the table through the filter box', async () => {
  await using page = await openRuns();
  const box = page.getByRole('combobox', { name: 'Filter runs' });
  const open = async (name: string): Promise<void> => {
    await page.getByRole('columnheader', { name }).hover();
    await page.getByRole('button', { name: `Options of ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Filter by values…' }).click();
  };
  await open('depth');
  await page.getByRole('dialog').getByRole('checkbox', { name: /^3/ }).check();
  await page.getByRole('button', { name: 'Apply' }).last().click();
  await page.getByText('22 of 200 runs match').waitFor();
  expect(await box.inputValue()).toBe("params.depth = '3'");
  await open('loss');
  await page.getByLabel('To', { exact: true }).fill('0.1');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('20 of 200 runs match').waitFor();
  expect(await box.inputValue()).toBe("params.depth = '3' and metrics.loss <= 0.1");
});

test('values that differ in blanks alone, and the text none and no value, are told apart', async () => {
  const id = await seeded.api.createExperiment('values alike');
  for (const [i, value] of ['7', ' 7', 'none', undefined].entries()) {
    const run_id = await seeded.api.createRun({ experiment_id: id, run_name: `run-${i}` });
    if (value !== undefined) await seeded.api.post('runs/log-parameter', { run_id, key: 'width', value });
  }
  await using page = await openPage(`/experiments/${id}/runs?columns=params.width`);
  await page.getByRole('columnheader', { name: 'width' }).hover();
  await page.getByRole('button', { name: 'Options of width' }).click();
  await page.getByRole('menuitem', { name: 'Filter by values…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: '7 1', exact: true }).waitFor();
  await dialog.getByText('1 run has no value').waitFor();
  await dialog.getByRole('checkbox', { name: '" 7" 1', exact: true }).check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('1 of 4 runs match').waitFor();
  expect(await page.getByRole('combobox', { name: 'Filter runs' }).inputValue()).toBe("params.width = ' 7'");

  await page.goto(`/experiments/${id}/runs?group=params.width`);
  for (const name of ['7', '" 7"', 'none', 'no value']) {
    await page.getByRole('gridcell', { name, exact: true }).waitFor();
  }
  await page.getByRole('row', { name: '" 7"' }).getByRole('button', { name: '1' }).click();
  await page.getByText('1 of 4 runs match').waitFor();
  await rowOf(page, 'run-1').waitFor();
});

test('params that are numbers are narrowed by a range, or by some of their values, short and in the order of numbers', async () => {
  const { api } = seeded;
  const experiment = await api.createExperiment(`rates-${crypto.randomUUID()}`);
  for (const value of ['10', '0.00020312523456789012', '2.8543499814050734e-05', '9']) {
    const run_id = await api.createRun({ experiment_id: experiment, start_time: 1 });
    await api.post('runs/log-parameter', { run_id, key: 'lr', value });
  }
  await using page = await openPage(`/experiments/${experiment}/runs?columns=params.lr`);
  const dialog = page.getByRole('dialog');
  const open = async (): Promise<void> => {
    await page.getByRole('columnheader', { name: 'lr' }).hover();
    await page.getByRole('button', { name: 'Options of lr' }).click();
    await page.getByRole('menuitem', { name: 'Filter by values…' }).click();
    await dialog.getByRole('checkbox').first().waitFor();
  };
  const box = page.getByRole('combobox', { name: 'Filter runs' });
  await open();
  expect(await dialog.locator('.value-list .mono').allTextContents()).toEqual(['2.854e-5', '2.031e-4', '9', '10']);
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('checkbox', { name: '9 1' }).check();
  await dialog.getByRole('checkbox', { name: '2.854e-5 1' }).check();
  await dialog.getByRole('button', { name: 'Apply' }).last().click();
  await page.getByText('2 of 4 runs match').waitFor();
  expect(await box.inputValue()).toBe("params.lr IN ('9', '2.8543499814050734e-05')");
  await box.fill('');
  await page.getByText('2 of 4 runs match').waitFor({ state: 'detached' });
  await open();
  await dialog.getByLabel('From').fill('0.0001');
  await dialog.getByLabel('To').fill('9.5');
  await dialog.getByRole('button', { name: 'Apply' }).first().click();
  await page.getByText('2 of 4 runs match').waitFor();
  expect(await box.inputValue()).toBe('params.lr >= 0.0001 and params.lr <= 9.5');
});

test('runs are narrowed to those of a model', async () => {
  const { api } = seeded;
  const experiment = await api.createExperiment(`of-models-${crypto.randomUUID()}`);
  const name = `fraud ${crypto.randomUUID().slice(0, 8)}`;
  await api.post('registered-models/create', { name });
  for (const run_name of ['with', 'without']) {
    const run_id = await api.createRun({ experiment_id: experiment, run_name });
    if (run_name === 'with') await api.post('model-versions/create', { name, source: 's3://b/m', run_id });
  }
  await using page = await openPage(`/experiments/${experiment}/runs`);
  await rowOf(page, 'without').waitFor();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('menuitem', { name: `Model: ${name}` }).click();
  await rowOf(page, 'without').waitFor({ state: 'detached' });
  await rowOf(page, 'with').waitFor();
  expect(await page.getByRole('combobox', { name: 'Filter runs' }).inputValue()).toBe(`attributes.models = '${name}'`);
});

test('the values of a column tell of those that no bar shows, and of outliers', async () => {
  const { api } = seeded;
  const experiment = await api.createExperiment(`spread-${crypto.randomUUID()}`);
  const values = [...Array.from({ length: 25 }, (_, i) => i), 'NaN', 'Infinity', '-Infinity', -1e300, 1e300];
  for (const value of values) {
    const run_id = await api.createRun({ experiment_id: experiment, start_time: 1 });
    await api.post('runs/log-metric', { run_id, key: 'score', value, timestamp: 1, step: 0 });
  }
  await using page = await openPage(`/experiments/${experiment}/runs?columns=metrics.score`);
  await page.getByRole('columnheader', { name: 'score' }).hover();
  await page.getByRole('button', { name: 'Options of score' }).click();
  await page.getByRole('menuitem', { name: 'Filter by values…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('3 runs have NaN or an infinity, which no bar shows').waitFor();
  await dialog.getByText('The outermost bars reach to').waitFor();
  const from = dialog.getByLabel('From', { exact: true });
  await dialog.getByRole('option', { name: '1 – 2: 1', exact: true }).click();
  expect(await from.inputValue()).toBe('1');
  expect(await axe(page)).toEqual([]);
  // The bars are one stop, and arrows go from one to the next.
  await tabTo(page, /^listbox Runs by value/);
  await page.keyboard.press('ArrowRight');
  expect(await from.inputValue()).toBe('2');
  await dialog.getByRole('option', { name: '2 – 3: 1', exact: true, selected: true }).waitFor();
  await page.keyboard.press('Home');
  expect(await from.inputValue()).toBe('-1e+300');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toContain('From');
});

test('a tag is edited in its cell: Enter saves, Escape does not', async () => {
  const experiment = await seeded.api.createExperiment(`cells-${crypto.randomUUID()}`);
  const tags = [{ key: 'team', value: 'red' }];
  const run = await seeded.api.createRun({ experiment_id: experiment, run_name: 'only', start_time: 1, tags });
  await using page = await openPage(`/experiments/${experiment}/runs?columns=tags.team`);
  await page.getByRole('gridcell', { name: 'red' }).dblclick();
  await page.getByLabel('Value of the tag team').fill('green');
  await page.keyboard.press('Escape');
  await page.getByRole('gridcell', { name: 'red' }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('F2');
  await page.getByLabel('Value of the tag team').fill('blue');
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell', { name: 'blue' }).waitFor();
  const { tags: saved = [] } = (await seeded.api.run(run)).data;
  expect(saved).toContainEqual({ key: 'team', value: 'blue' });
});

test('rows are ticked singly, by Shift and all that match; tags change and deletion can be undone', async () => {
  const experiment = await seeded.api.createExperiment(`bulk-actions-${crypto.randomUUID()}`);
  for (let i = 0; i < 6; i++)
    await seeded.api.createRun({ experiment_id: experiment, run_name: `r${i}`, start_time: i + 1 });
  await using page = await openPage(`/experiments/${experiment}/runs`);
  await rowOf(page, 'r5').getByRole('checkbox').click();
  await rowOf(page, 'r3')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: '3 selected' });
  await bar.getByRole('button', { name: 'Tag…', exact: true }).click();
  await page.getByLabel('Tag', { exact: true }).fill('team');
  await page.getByLabel('Value').fill('blue');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('3 changed.').waitFor();
  await bar.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('3 deleted.').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-run-id]').length === 3);
  await page.locator('.toast', { hasText: '3 deleted.' }).getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-run-id]').length === 6);
  await rowOf(page, 'r0').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Select all 6' }).click();
  await page.getByRole('toolbar', { name: '6 selected' }).waitFor();
  const search = await seeded.api.post('runs/search', { experiment_ids: [experiment], filter: "tags.team = 'blue'" });
  expect((search as { runs: unknown[] }).runs).toHaveLength(3);
});

test('when the bar of the ticked rows goes, the table has the focus, with its cursor on the next row that is left', async () => {
  const experiment = await seeded.api.createExperiment(`bulk-focus-${crypto.randomUUID()}`);
  for (let i = 0; i < 6; i++)
    await seeded.api.createRun({ experiment_id: experiment, run_name: `r${i}`, start_time: i + 1 });
  const tick = (page: Page, ...names: string[]): Promise<void> =>
    names.reduce(async (before, name) => {
      await before;
      await rowOf(page, name).getByRole('checkbox').click();
    }, Promise.resolve());
  {
    await using page = await openPage(`/experiments/${experiment}/runs`);
    await tick(page, 'r4', 'r3');
    await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByText('2 deleted.').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-run-id]').length === 4);
    expect(await focused(page)).toStartWith('grid ');
    expect(await page.locator('[role=row]:has(.cursor)').textContent()).toContain('r2');
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('2 restored.').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-run-id]').length === 6);
    expect(await focused(page)).toStartWith('grid ');
    await tick(page, 'r0');
    await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Delete' }).press('Enter');
    await page.getByText('1 deleted.').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-run-id]').length === 5);
    expect(await page.locator('[role=row]:has(.cursor)').textContent()).toContain('r1');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('[role=row]:has(.cursor)').textContent()).toContain('r2');
  }
  await using page = await openPage(`/experiments/${experiment}/runs?view=deleted`);
  await tick(page, 'r0');
  await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Restore' }).press('Enter');
  await page.getByRole('heading', { name: 'No deleted runs.' }).waitFor();
  // No row is left, and so no table.
  expect(await focused(page)).toStartWith('h1 ');
});

test('children stand below their parent, and one that matches is shown there', async () => {
  await using page = await openPage(`/experiments/${seeded.nested}/runs`);
  await rowOf(page, 'parent').getByRole('button', { name: 'Show the child runs' }).click();
  await rowOf(page, 'child-2').waitFor();
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.score > 0.5');
  await page.waitForFunction(() => document.querySelectorAll('[data-run-id]').length === 2);
  await rowOf(page, 'parent').waitFor();
  await rowOf(page, 'child-2').waitFor();
});

test('an order by a metric finds the best child; nesting is chosen', async () => {
  await using page = await openPage(`/experiments/${seeded.nested}/runs?sort=~metrics.score`);
  await rowOf(page, 'child-2').waitFor();
  expect(await page.locator('[data-run-id]').first().textContent()).toContain('child-');
  await page.getByRole('button', { name: 'View', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Children below their parents' }).click();
  await rowOf(page, 'child-2').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('tree')).toBe('on');
});

test('a key without its kind is told with it', async () => {
  await using page = await openPage(`/experiments/${seeded.nested}/runs`);
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('score > 0.5');
  await page.getByText('Did you mean metrics.score?').waitFor();
});

test('a child stands to the right of its parent at any depth', async () => {
  const id = await seeded.api.createExperiment('three levels');
  let parent: string | undefined;
  for (const run_name of ['search', 'fold', 'trial']) {
    const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: parent }];
    parent = await seeded.api.createRun({ experiment_id: id, run_name, tags });
  }
  // The trial alone matches: those above it come with it, open.
  await using page = await openPage(`/experiments/${id}/runs?filter=${encodeURIComponent("run_name = 'trial'")}`);
  const left = async (name: string): Promise<number> =>
    (await page.getByRole('link', { name, exact: true }).boundingBox())?.x ?? 0;
  await page.getByRole('link', { name: 'trial', exact: true }).waitFor();
  const [search, fold, trial] = [await left('search'), await left('fold'), await left('trial')];
  expect(fold - search).toBe(16);
  expect(trial - fold).toBe(16);
});

test('runs are grouped with count and mean, and a group opens its runs', async () => {
  await using page = await openPage(`/experiments/${seeded.bulk}/runs?group=tags.group`);
  await page.getByRole('gridcell', { name: 'g3', exact: true }).waitFor();
  await page.getByRole('button', { name: '40' }).first().click();
  await page.getByText('40 of 200 runs match').waitFor();
});

test('a letter leads to a choice of the menu', async () => {
  await using page = await openRuns();
  await page.getByRole('button', { name: 'Group by', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'group' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('Enter');
  await page.waitForURL(/group=tags\.group/);
});

async function withParams(name: string, keys: readonly string[]): Promise<string> {
  const id = await seeded.api.createExperiment(name);
  for (const value of ['1', '2']) {
    const run_id = await seeded.api.createRun({ experiment_id: id });
    await seeded.api.post('runs/log-batch', { run_id, params: keys.map((key) => ({ key, value })) });
  }
  return id;
}

test('names of columns that begin alike keep their ends, and short ones can be pressed', async () => {
  const keys = ['query', 'value'].map((part) => `model.encoder.layers.0.attention.${part}`);
  const id = await withParams('alike', [...keys, 'C']);
  const columns = [...keys, 'C'].map((key) => `params.${key}`).join();
  await using page = await openPage(`/experiments/${id}/runs?columns=${columns}`);
  const header = (name: string): Locator => page.getByRole('columnheader').getByRole('button', { name, exact: true });
  for (const key of keys) {
    const cell = await page.getByRole('columnheader', { name: key }).boundingBox();
    const end = header(key).locator('.cut-name > :last-child');
    const seen = await end.boundingBox();
    expect(key.endsWith((await end.textContent()) ?? '?')).toBe(true);
    expect((seen?.x ?? 0) + (seen?.width ?? 0)).toBeLessThanOrEqual((cell?.x ?? 0) + (cell?.width ?? 0));
    expect(seen?.x).toBeGreaterThan(cell?.x ?? 0);
  }
  expect((await header('C').boundingBox())?.width).toBeGreaterThanOrEqual(24);
  await header(keys[1] ?? '').click();
  await page.waitForURL(/sort=params\.model\.encoder\.layers\.0\.attention\.value/);
});

test('letters that follow each other lead to the name that begins with all of them', async () => {
  const id = await withParams('few keys', ['model.p05', 'model.pool', 'p04', 'p05', 'size']);
  await using page = await openPage(`/experiments/${id}/runs`);
  await page.getByRole('button', { name: 'Group by', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'p05', exact: true }).waitFor();
  await page.keyboard.type('p05');
  expect(await focused(page)).toBe('menuitemcheckbox p05');
  expect(await page.getByRole('searchbox', { name: 'Find a column' }).count()).toBe(0);
});

test('a menu of many long names stays in the window, and finds them as typed', async () => {
  const layers = Array.from(
    { length: 20 },
    (_, i) => `model.encoder.layers.${i}.attention.self.query.projection.weight.initial.scale`,
  );
  const plain = Array.from({ length: 40 }, (_, i) => `p${String(i).padStart(2, '0')}`);
  const id = await withParams('many keys', [...layers, ...plain]);
  await using page = await openPage(`/experiments/${id}/runs`, { width: 1366, height: 768 });
  await page.getByRole('button', { name: 'Group by', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'p05', exact: true }).waitFor();
  const inWindow = (): Promise<unknown> =>
    page.waitForFunction(() => {
      const { left, right, bottom } = document.querySelector('.menu:popover-open')!.getBoundingClientRect();
      return left >= 0 && right <= innerWidth && bottom <= innerHeight;
    });
  await inWindow();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.type('p05');
  const field = page.getByRole('searchbox', { name: 'Find a column' });
  expect(await field.inputValue()).toBe('p05');
  await page.waitForFunction(() => document.querySelectorAll('[role=menuitemcheckbox]').length === 1);
  await page.keyboard.press('Enter');
  await page.waitForURL(/group=params\.p05/);
  await field.fill('layers.7.');
  await page.keyboard.press('ArrowDown');
  expect(await focused(page)).toContain('menuitemcheckbox model.encoder.layers.7.');
  await inWindow();
  await field.fill('not there');
  await page.getByText('Nothing is called “not there”.').waitFor();
  await field.press('Escape');
  expect(await field.inputValue()).toBe('');
  await field.press('Escape');
  await field.waitFor({ state: 'detached' });
  expect(await focused(page)).toBe('button Group by');
});

test('pinned runs stay on top and a baseline turns cells into differences', async () => {
  await using page = await openRuns(`?pin=${seeded.run}&baseline=${seeded.run}&filter=metrics.loss+<+0.02`);
  await rowOf(page, 'trial-007').waitFor();
  expect(await page.locator('[data-run-id]').first().textContent()).toContain('trial-007');
  await page.locator('.delta').first().waitFor();
});

test('a baseline that is scrolled or sorted out of view still tells the differences', async () => {
  await using page = await openRuns(`?baseline=${seeded.run}&sort=metrics.loss`);
  await page.locator('.delta').first().waitFor();
  expect(await rowOf(page, 'trial-007').count()).toBe(0);
});

test('a run that is opened by its name knows the one before and after', async () => {
  await using page = await openRuns('?sort=metrics.loss');
  await page.getByRole('link', { name: 'trial-198' }).click();
  await page.getByRole('heading', { name: /trial-198/ }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: /trial-197/ }).waitFor();
});

test('a run whose name is blanks is told by its id; where all are deleted, they are a click away', async () => {
  const experiment = await seeded.api.createExperiment(`blank-${crypto.randomUUID()}`);
  const run = await seeded.api.createRun({ experiment_id: experiment, run_name: '   ', start_time: 1 });
  await using page = await openPage(`/experiments/${experiment}/runs`);
  await page.getByRole('link', { name: run }).waitFor();
  await seeded.api.post('runs/delete', { run_id: run });
  await page.getByRole('button', { name: 'See deleted runs' }).click();
  await page.getByRole('link', { name: run }).waitFor();
  expect(page.url()).toContain('view=deleted');
});

test('a deleted experiment says so and comes back', async () => {
  const experiment = await seeded.api.createExperiment(`gone-${crypto.randomUUID()}`);
  await seeded.api.createRun({ experiment_id: experiment, run_name: 'kept', start_time: 1 });
  await seeded.api.post('experiments/delete', { experiment_id: experiment });
  await using page = await openPage(`/experiments/${experiment}/runs`);
  await page.getByText('This experiment is deleted').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await rowOf(page, 'kept').waitFor();
});

test('a view is saved for everyone and chosen again', async () => {
  const experiment = await seeded.api.createExperiment(`views-${crypto.randomUUID()}`);
  await seeded.api.createRun({ experiment_id: experiment, run_name: 'only', start_time: 1 });
  await using page = await openPage(`/experiments/${experiment}/runs?filter=only`);
  await rowOf(page, 'only').waitFor();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name').fill('mine');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Views' }).getByText('mine').waitFor();
  await page.goto(`/experiments/${experiment}/runs`);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'mine' }).click();
  await page.getByText('1 of 1 runs match').waitFor();
});

test('a new run slides in and a running one changes, without a reload', async () => {
  const experiment = await seeded.api.createExperiment(`live-${crypto.randomUUID()}`);
  const first = await seeded.api.createRun({ experiment_id: experiment, run_name: 'first', start_time: 1 });
  await seeded.api.post('runs/log-metric', { run_id: first, key: 'loss', value: 3, timestamp: 1, step: 0 });
  await using page = await openPage(`/experiments/${experiment}/runs?columns=metrics.loss`);
  await page.getByRole('gridcell', { name: '3', exact: true }).waitFor();
  await seeded.api.post('runs/log-metric', { run_id: first, key: 'loss', value: 2, timestamp: 2, step: 1 });
  await page.getByRole('gridcell', { name: '2', exact: true }).waitFor({ timeout: 5000 });
  await seeded.api.createRun({ experiment_id: experiment, run_name: 'second', start_time: 2 });
  await rowOf(page, 'second').waitFor({ timeout: 5000 });
});

test('runs that come in above what one reads leave it in place, are counted, and a click goes to them', async () => {
  const experiment = await seeded.api.createExperiment(`news-${crypto.randomUUID()}`);
  for (let i = 0; i < 80; i++) {
    await seeded.api.createRun({ experiment_id: experiment, run_name: `old-${i}`, start_time: 1000 + i });
  }
  await using page = await openPage(`/experiments/${experiment}/runs`);
  await rowOf(page, 'old-79').waitFor();
  await page.getByTestId('runs-scroller').evaluate((scroller) => {
    scroller.scrollTop = 560;
  });
  const read = rowOf(page, 'old-50');
  await read.waitFor();
  const before = await read.boundingBox();
  for (const i of [1, 2]) {
    await seeded.api.createRun({ experiment_id: experiment, run_name: `new-${i}`, start_time: 2000 + i });
    await page
      .getByRole('status')
      .getByRole('button', { name: `${i} new above` })
      .waitFor({ timeout: 5000 });
  }
  expect(await read.boundingBox()).toEqual(before);
  await page.getByRole('button', { name: '2 new above' }).click();
  await rowOf(page, 'new-2').waitFor();
  await page.getByRole('button', { name: /new above/ }).waitFor({ state: 'detached' });
  expect(await focused(page)).toMatch(/^grid Runs/);
});

test('P opens a peek that follows the cursor from row to row', async () => {
  await using page = await openRuns();
  await page.getByRole('grid').focus();
  await page.keyboard.press('p');
  const peek = page.getByRole('complementary', { name: /Peek/ });
  await peek.getByRole('link', { name: 'trial-199' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await peek.getByRole('link', { name: 'trial-198' }).waitFor();
  await peek.getByText('loss').waitFor();
  await page.keyboard.press('Escape');
  await peek.waitFor({ state: 'detached' });
});

test('the table is worked by keyboard alone', async () => {
  await using page = await openRuns();
  await tabTo(page, /^grid Runs/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/runs\/[0-9a-f]{32}/, { timeout: patience });
  await page.goBack();
  await rowOf(page, 'trial-199').waitFor();
});

test('hostile names are text', async () => {
  const experiment = await seeded.api.createExperiment(`hostile-${crypto.randomUUID()}`);
  const tags = [{ key: 'huge', value: 'x'.repeat(5000) }];
  await seeded.api.createRun({
    experiment_id: experiment,
    run_name: '<img src=x onerror=alert(1)>',
    start_time: -5,
    tags,
  });
  await using page = await openPage(`/experiments/${experiment}/runs?columns=tags.huge,nonsense,params.%252C%60`);
  await rowOf(page, '<img src=x onerror=alert(1)>').waitFor();
  expect(await page.locator('img').count()).toBe(0);
});

test('an empty experiment says how to log a first run; an unknown one says so', async () => {
  const experiment = await seeded.api.createExperiment(`empty-${crypto.randomUUID()}`);
  await using page = await openPage(`/experiments/${experiment}/runs`, { expected: /404/ });
  await page.getByText('No runs yet').waitFor();
  await page.goto('/experiments/999999/runs');
  await page.getByText('No Experiment with id=999999 exists').waitFor();
});

test('no violation of WCAG 2.2 AA in either theme', async () => {
  await using page = await openRuns();
  expect(await axe(page)).toEqual([]);
  await page.locator('[data-run-id]').first().getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).getByRole('checkbox', { name: 'loss' }).waitFor();
  expect(await axe(page)).toEqual([]);
});

test('previous and next of a run lead through all of the table, also where it was not read', async () => {
  const experiment = await seeded.api.createExperiment('many runs');
  const name = (i: number): string => `many-${String(i).padStart(3, '0')}`;
  for (let from = 0; from < 350; from += 10) {
    const turn = Array.from({ length: 10 }, (_, i) => from + i);
    await Promise.all(
      turn.map((i) =>
        seeded.api.createRun({ experiment_id: experiment, run_name: name(i), start_time: Date.now() - i * 1000 }),
      ),
    );
  }
  await using page = await openPage(`/experiments/${experiment}/runs`);
  const place = (at: string): Promise<void> => page.getByText(at, { exact: true }).waitFor();
  await rowOf(page, name(0))
    .getByRole('link', { name: name(0) })
    .click();
  await place('1 of 350');
  await page.goBack();

  // The rows between the first ones and these were never in view.
  await page.getByTestId('runs-scroller').evaluate((box) => box.scrollTo(0, 301 * 28));
  await rowOf(page, name(302))
    .getByRole('link', { name: name(302) })
    .click();
  for (let at = 302; at > 298; at--) {
    await page.getByRole('heading', { name: name(at) }).waitFor();
    await place(`${at + 1} of 350`);
    await page.getByRole('button', { name: 'Previous run (k)' }).click();
  }
  await place('299 of 350');
});

for (const width of [1280, 390]) {
  test(`rows that are ticked stay under the pointer, at ${width} px`, async () => {
    await using page = await openPage(`/experiments/${seeded.bulk}/runs`, { width, height: 700 });
    const box = (name: string): Locator => rowOf(page, name).getByRole('checkbox');
    const bar = page.getByRole('toolbar', { name: '1 selected' });
    const tickAndBack = async (name: string): Promise<void> => {
      const before = await box(name).boundingBox();
      await page.mouse.move((before?.x ?? 0) + 5, (before?.y ?? 0) + 5);
      for (const to of ['visible', 'hidden'] as const) {
        await page.mouse.down();
        await page.mouse.up();
        await bar.waitFor({ state: to });
        expect(await box(name).boundingBox()).toEqual(before);
      }
    };
    await rowOf(page, 'trial-199').waitFor();
    await tickAndBack('trial-194');

    // At the end of the rows the table has nothing left to scroll by when the bar goes.
    await page.getByTestId('runs-scroller').focus();
    await page.keyboard.press('End');
    await box('trial-010').check();
    await page.getByTestId('runs-scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    const before = await box('trial-010').boundingBox();
    await box('trial-010').uncheck();
    await bar.waitFor({ state: 'hidden' });
    await page.waitForFunction(
      (y) => document.querySelector('[role=row]:hover [type=checkbox]')?.getBoundingClientRect().y === y,
      before?.y,
    );
  });
}
