/** What is done with the runs of a table: moved, hidden, kept as views, opened beside it, and addresses that are wrong. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, type PageOptions } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { seed } from './support/seed.ts';
import { freshServer, type SeededServer } from './support/server.ts';

let seeded: SeededServer;
beforeAll(async () => {
  const server = await freshServer();
  seeded = { server, api: new Api(server), ...(await seed(server)) };
}, 60_000);
afterAll(() => seeded.server.stop());

const openPage = (path: string, options: PageOptions = {}): Promise<Page> =>
  openPageOf(path, { server: seeded.server, ...options });
const rowOf = (page: Page, name: string): Locator => page.locator('[role=row][data-run-id]', { hasText: name });
const rowCount = (page: Page, rows: number): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelectorAll('[data-run-id]').length === wanted, rows);
const searchOf = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);

/** An experiment of its own with runs `r0`, `r1`, …, the newest last. */
async function few(name: string, runs = 4): Promise<{ id: string; name: string; runs: string[] }> {
  const own = `${name} ${crypto.randomUUID()}`;
  const id = await seeded.api.createExperiment(own);
  const made: string[] = [];
  for (let i = 0; i < runs; i++) {
    const run_id = await seeded.api.createRun({ experiment_id: id, run_name: `r${i}`, start_time: i + 1 });
    await seeded.api.post('runs/log-metric', { run_id, key: 'loss', value: i, timestamp: 1, step: 0 });
    made.push(run_id);
  }
  return { id, name: own, runs: made };
}

const homeOf = async (run: string): Promise<string> => (await seeded.api.run(run)).info.experiment_id;

test('runs move to an experiment that is found as typed, and Undo brings them back', async () => {
  const [from, to] = [await few('move from'), await few('move to', 1)];
  await using page = await openPage(`/experiments/${from.id}/runs`);
  await rowOf(page, 'r3').getByRole('checkbox').click();
  await rowOf(page, 'r2').getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Move to…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Move 2 runs to another experiment' });
  await dialog.getByText('Child runs in the same experiment come along').waitFor();
  // By keyboard alone from here.
  await page.keyboard.type(to.name);
  await dialog.getByRole('button', { name: `Move to ${to.name}` }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(`2 runs moved to ${to.name}.`).waitFor();
  await rowCount(page, 2);
  expect(await homeOf(from.runs[3] ?? '')).toBe(to.id);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('2 runs are back.').waitFor();
  await rowCount(page, 4);
  expect(await homeOf(from.runs[3] ?? '')).toBe(from.id);
});

test('a tag of several runs is undone to what each had', async () => {
  const { id, runs } = await few('retagged', 3);
  await seeded.api.post('runs/set-tag', { run_id: runs[0], key: 'team', value: 'vision' });
  const teams = async (): Promise<(string | undefined)[]> =>
    Promise.all(
      runs.map(async (run) => (await seeded.api.run(run)).data.tags?.find(({ key }) => key === 'team')?.value),
    );
  await using page = await openPage(`/experiments/${id}/runs`);
  for (const name of ['r0', 'r1']) await rowOf(page, name).getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '2 selected' }).getByRole('button', { name: 'Tag…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tag', { exact: true }).fill('team');
  await dialog.getByLabel('Value').fill('oops');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('2 changed.').waitFor();
  expect(await teams()).toEqual(['oops', 'oops', undefined]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
  await page.getByText('2 changed.').waitFor();
  expect(await teams()).toEqual(['vision', undefined, undefined]);
});

test('Enter before the server has answered the last letter moves too, to the choice that was seen', async () => {
  const [from, to] = [await few('fast from'), await few('fast to', 1)];
  await using page = await openPage(`/experiments/${from.id}/runs`);
  await rowOf(page, 'r3').getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'Move to…' }).click();
  const dialog = page.getByRole('dialog');
  await page.keyboard.type(to.name.slice(0, -1));
  await dialog.getByRole('button', { name: `Move to ${to.name}` }).waitFor();
  await dialog.getByRole('option').nth(1).waitFor({ state: 'detached' });
  const pressed = Promise.withResolvers<void>();
  await page.route(/overview/, async (route) => {
    await pressed.promise;
    await route.continue();
  });
  await page.keyboard.type(to.name.slice(-1));
  await page.keyboard.press('Enter');
  pressed.resolve();
  await page.getByText(`1 run moved to ${to.name}.`).waitFor();
  expect(await homeOf(from.runs[3] ?? '')).toBe(to.id);
});

test('the table that runs are moved to shows them without a reload', async () => {
  const [from, to] = [await few('move live from'), await few('move live to', 1)];
  await using page = await openPage(`/experiments/${to.id}/runs?columns=metrics.loss&sort=~metrics.loss`);
  await rowOf(page, 'r0').waitFor();
  await new Api(seeded.server, '/ajax-api/2.0/modelyard').post('runs/move', {
    run_ids: [from.runs[3]],
    experiment_id: to.id,
  });
  await rowOf(page, 'r3').getByText('3', { exact: true }).waitFor();
});

test('a move that is refused says why and leaves the rows', async () => {
  const [from, to] = [await few('move refused'), await few('move gone', 1)];
  await using page = await openPage(`/experiments/${from.id}/runs`, { expected: /status of 400/ });
  await rowOf(page, 'r3').getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Move to…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(to.name);
  await dialog.getByRole('button', { name: `Move to ${to.name}` }).waitFor();
  await dialog.getByRole('option').nth(1).waitFor({ state: 'detached' });
  // The list must not learn of it before the move.
  const told = Promise.withResolvers<void>();
  await page.route(/overview/, async (route) => {
    await told.promise;
    await route.continue();
  });
  await seeded.api.post('experiments/delete', { experiment_id: to.id });
  await page.keyboard.press('Enter');
  await page.getByText("must be in the 'active' state").waitFor();
  told.resolve();
  await rowCount(page, 4);
});

test('runs are hidden by the bar and by a key, said so, and shown again', async () => {
  const { id, runs } = await few('hide');
  await using page = await openPage(`/experiments/${id}/runs`);
  await rowOf(page, 'r1').getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Hide from the table' }).click();
  await page.getByText('1 run hidden').waitFor();
  await rowCount(page, 3);
  expect(searchOf(page)['hidden']).toBe(runs[1] ?? '');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('h');
  await page.getByText('2 runs hidden').waitFor();
  await rowCount(page, 2);
  await page.reload();
  await rowCount(page, 2);
  await page.getByRole('button', { name: 'Show all' }).click();
  await rowCount(page, 4);
  await page.goBack();
  await rowCount(page, 2);
});

test('a hidden parent takes its children along', async () => {
  await using page = await openPage(`/experiments/${seeded.nested}/runs?open=${seeded.parent}`);
  await rowOf(page, 'child-2').waitFor();
  await page.goto(`/experiments/${seeded.nested}/runs?open=${seeded.parent}&hidden=${seeded.parent}`);
  await page.getByText('1 run hidden').waitFor();
  await rowCount(page, 0);
});

test('an edited view says so, and is saved or reset', async () => {
  const { id } = await few('views');
  await using page = await openPage(`/experiments/${id}/runs?filter=r1`);
  await rowCount(page, 1);
  const views = page.getByRole('button', { name: 'Views' });
  await views.click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name').fill('one');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/saved=one/);
  await eventually(() => page.getByText('modified').count(), 0);
  const box = page.getByRole('combobox', { name: 'Filter runs' });
  await box.fill('r2');
  await page.getByText('modified').waitFor();
  await page.getByRole('button', { name: 'Reset the view one' }).click();
  await page.waitForFunction(() => new URLSearchParams(location.search).get('filter') === 'r1');
  await page.getByText('modified').waitFor({ state: 'detached' });
  await box.fill('r3');
  await page.getByRole('button', { name: 'Save the changes of the view one' }).click();
  await page.getByText('modified').waitFor({ state: 'detached' });
  await page.goto(`/experiments/${id}/runs`);
  await rowCount(page, 4);
  await views.click();
  await page.getByRole('menuitemcheckbox', { name: 'one', exact: true }).click();
  await rowOf(page, 'r3').waitFor();
  await rowCount(page, 1);
});

test('a default view opens where no query is given, and Back to the first view leaves it', async () => {
  const { id } = await few('default view');
  await using page = await openPage(`/experiments/${id}/runs?filter=r1`);
  const views = page.getByRole('button', { name: 'Views' });
  await views.click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name').fill('first');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/saved=first/);
  await views.click();
  await page.getByRole('menuitemcheckbox', { name: 'Open this experiment with first' }).click();
  await page.getByText('opens first').waitFor();
  // Another reader sees it too.
  await using other = await openPage(`/experiments/${id}/runs`);
  await other.waitForURL(/saved=first/);
  await rowCount(other, 1);
  // They are no labels of the experiment.
  await other.goto('/experiments?q=default+view');
  await other
    .getByRole('link', { name: /^default view/ })
    .first()
    .waitFor();
  expect(await other.getByText('modelyard.').count()).toBe(0);
  // An address with a query of its own is left alone.
  await other.goto(`/experiments/${id}/runs?filter=r2`);
  await rowOf(other, 'r2').waitFor();
  expect(searchOf(other)).toEqual({ filter: 'r2' });
  await other.getByRole('button', { name: 'Views' }).click();
  await other.getByRole('menuitem', { name: 'Back to the first view' }).click();
  await rowCount(other, 4);
  await other.reload();
  await rowCount(other, 4);
});

test('a private view opens first in this browser alone', async () => {
  const { id } = await few('private view');
  await using page = await openPage(`/experiments/${id}/runs?filter=r1`);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name').fill('mine');
  await page.getByLabel(/Shared with everyone/).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/saved=mine/);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Open this experiment with mine, in this browser' }).click();
  await page.getByText('opens first').waitFor();
  await page.goto(`/experiments/${id}/runs`);
  await page.waitForURL(/saved=mine/);
  await using other = await openPage(`/experiments/${id}/runs`);
  await rowCount(other, 4);
});

test.each([
  ['shared', true],
  ['private', false],
])('the address of a %s view opens the same table in a fresh browser', async (kind, shared) => {
  const { id, runs } = await few(`address of a ${kind} view`);
  const view = `columns=metrics.loss,attributes.status&sort=~metrics.loss&pin=${runs[0]}&hidden=${runs[1]}`;
  await using page = await openPage(`/experiments/${id}/runs?${view}`);
  await rowCount(page, 3);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByLabel('Name').fill('mine');
  if (!shared) await page.getByLabel(/Shared with everyone/).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/saved=mine/);
  const shown = async (of: Page): Promise<(string | null)[][]> => [
    await of.getByRole('columnheader').allTextContents(),
    await of.locator('[data-run-id]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-run-id'))),
  ];
  await using other = await openPage(new URL(page.url()).pathname + new URL(page.url()).search);
  await rowCount(other, 3);
  const there = await shown(other);
  expect(there).toEqual(await shown(page));
  expect(there[1]).toEqual([runs[0], runs[3], runs[2]].map(String));
});

test('wrong parts of the address are left out and said, and the table stands', async () => {
  const { id } = await few('wrong');
  const wrong = 'columns=metrics.loss,nonsense&group=team&sort=~metrics.loss,foo&colour=attributes.foo';
  await using page = await openPage(`/experiments/${id}/runs?${wrong}`);
  await rowCount(page, 4);
  expect(await page.locator('[data-run-id]').first().textContent()).toContain('r3');
  const note = page.getByRole('status').filter({ hasText: 'Not understood in the address' });
  expect(await note.textContent()).toContain('column nonsense, group team, order foo and 1 more');
  await page.getByRole('button', { name: 'Remove it' }).click();
  await note.waitFor({ state: 'detached' });
  expect(searchOf(page)).toEqual({ columns: 'metrics.loss', sort: '~metrics.loss' });
});

test('groups stand although more metrics are shown than the server counts', async () => {
  const { id, runs } = await few('many metrics', 2);
  const keys = Array.from({ length: 60 }, (_, i) => `m${i}`);
  const metrics = keys.map((key) => ({ key, value: 1, timestamp: 1, step: 0 }));
  await seeded.api.post('runs/log-batch', { run_id: runs[0], metrics });
  const columns = keys.map((key) => `metrics.${key}`).join();
  await using page = await openPage(`/experiments/${id}/runs?group=attributes.status&columns=${columns}`);
  await page.getByRole('gridcell', { name: 'RUNNING' }).waitFor();
});

test('groups say how many of their runs have a finite value', async () => {
  const { id, runs } = await few('not finite', 6);
  for (const [i, value] of [1, 2, 3, 'NaN', 'Infinity'].entries()) {
    const metrics = [
      { key: 'score', value, timestamp: 1, step: 0 },
      { key: 'never', value: 'NaN', timestamp: 1, step: 0 },
    ];
    await seeded.api.post('runs/log-batch', { run_id: runs[i], metrics });
  }
  await using page = await openPage(
    `/experiments/${id}/runs?group=attributes.status&columns=metrics.score,metrics.never`,
  );
  const cell = page.getByRole('gridcell', { name: /^2 ± 1/ });
  const told = 'mean of 3 of 6 runs; 2 are NaN or infinite, 1 has no value';
  expect(await cell.textContent()).toContain(told);
  expect(await cell.locator('[title]').first().getAttribute('title')).toBe(`1 – 3, ${told}`);
  await cell.getByText('3/6', { exact: true }).waitFor();
  const none = page.getByRole('gridcell', { name: /^not finite/ });
  expect(await none.textContent()).toContain('no mean of 6 runs; 5 are NaN or infinite, 1 has no value');
  expect(await axe(page)).toEqual([]);
});

test('a table of several experiments that names none lets one choose them', async () => {
  const [one, other] = [await few('choose one', 1), await few('choose two', 2)];
  await using page = await openPage('/runs');
  await page.getByRole('heading', { name: 'Runs of several experiments' }).waitFor();
  expect(await page.getByRole('link', { name: 'Experiments' }).first().getAttribute('aria-current')).toBe('page');
  await page.getByRole('searchbox', { name: 'Find experiments' }).fill(one.name);
  await page.getByRole('checkbox', { name: one.name }).check();
  await page.getByRole('searchbox', { name: 'Find experiments' }).fill(other.name);
  await page.getByRole('checkbox', { name: other.name }).check();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show the runs of 2 experiments' }).click();
  await rowCount(page, 3);
  expect(searchOf(page)['experiments']).toBe(`${one.id},${other.id}`);
  expect(await page.getByRole('link', { name: 'Experiments' }).first().getAttribute('aria-current')).toBe('page');
});

test('the toolbar is one line at 1440 pixels and two at 390, however long the names are', async () => {
  const { id } = await few(`/Users/somebody@example.org/${'a long name of an experiment '.repeat(4)}`, 2);
  const view = `modelyard.view.${'the weekly meeting of the team '.repeat(3)}`.trim();
  const value = 'columns=metrics.loss';
  await seeded.api.post('experiments/set-experiment-tag', { experiment_id: id, key: view, value });
  for (const [width, most] of [
    [1440, 50],
    [390, 90],
  ] as const) {
    const saved = encodeURIComponent(view.slice('modelyard.view.'.length));
    await using page = await openPage(`/experiments/${id}/runs?${value}&sort=name&saved=${saved}`, { width });
    await rowOf(page, 'r1').waitFor();
    const bar = page.locator('.runs-bar');
    await page.getByRole('button', { name: /^Views/ }).waitFor();
    expect((await bar.boundingBox())?.height).toBeLessThan(most);
    const ends = await bar
      .locator('a, button, .view-modified')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
    expect(Math.max(...ends)).toBeLessThanOrEqual(width);
  }
});

test('the count of the runs that match is whole, and what is cut in the toolbar has a title', async () => {
  const { id } = await few(`/Users/somebody@example.org/${'a long name of an experiment '.repeat(4)}`, 12);
  const filter = encodeURIComponent('metrics.loss < 7 and metrics.loss >= 0 and attributes.run_name != "nobody"');
  for (const width of [1440, 1280, 1024, 390]) {
    await using page = await openPage(`/experiments/${id}/runs?filter=${filter}`, { width });
    const shown = page.locator('.runs-count');
    await shown.getByText('7 of 12 runs match, 7 running').waitFor();
    await page.getByRole('button', { name: /^Views/ }).waitFor();
    if (width > 390) expect(await shown.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
    const untold = await page.locator('.runs-bar *').evaluateAll((all) =>
      all
        .filter((each) => getComputedStyle(each).textOverflow === 'ellipsis' && each.scrollWidth > each.clientWidth)
        .filter((each) => each.tagName !== 'INPUT' && !each.closest('[title]') && !each.querySelector('[title]'))
        .map((each) => each.textContent),
    );
    expect(untold).toEqual([]);
  }
});

test('the bar of selected runs is one line at 1440 and 1024 pixels, two at 390 and 320, each text whole', async () => {
  for (const width of [1440, 1024, 900, 390, 320]) {
    await using page = await openPage(`/experiments/${seeded.bulk}/runs`, { width });
    await page.locator('[data-run-id]').first().getByRole('checkbox').click();
    const bar = page.getByRole('toolbar', { name: '1 selected' });
    await bar.getByRole('button', { name: 'Clear the selection' }).waitFor();
    const box = await bar.boundingBox();
    expect(box?.height).toBeLessThanOrEqual(width > 1000 ? 44 : 76);
    // Every button lies within it, as wide as its text.
    const outside = await bar.evaluate((element) => {
      const own = element.getBoundingClientRect();
      return [...element.querySelectorAll('button')].filter((button) => {
        const { left, right } = button.getBoundingClientRect();
        const cut = button.scrollWidth > button.clientWidth || right - left < 24;
        return button.closest('[popover]') === null && (left < own.left || right > own.right || cut);
      }).length;
    });
    expect(outside).toBe(0);
    await bar.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Copy ids' }).waitFor();
    if (width < 600) await page.getByRole('menuitem', { name: 'Move to…' }).waitFor();
  }
});

test('a peek stands beside the table where there is room, and over it where there is not', async () => {
  for (const [width, beside] of [
    [1440, true],
    [800, false],
  ] as const) {
    await using page = await openPage(`/experiments/${seeded.bulk}/runs`, { width });
    await page.locator('[data-run-id]').first().waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('p');
    const peek = await page.getByRole('complementary', { name: /Peek/ }).boundingBox();
    const table = await page.getByTestId('runs-scroller').boundingBox();
    if (!peek || !table) throw new Error('not shown');
    expect(table.x + table.width <= peek.x + 1).toBe(beside);
    expect(peek.x + peek.width).toBeLessThanOrEqual(width);
  }
});

test('the way back from a run leads to the very table it was opened from', async () => {
  await using page = await openPage(`/experiments/${seeded.bulk}/runs?filter=trial-04&sort=metrics.loss`);
  await rowOf(page, 'trial-041').getByRole('link').click();
  await page.getByRole('heading', { name: /trial-041/ }).waitFor();
  const crumb = page.locator('.run-crumb').getByRole('link');
  await crumb.click();
  await page.getByText('10 of 200 runs match').waitFor();
  expect(searchOf(page)).toEqual({ filter: 'trial-04', sort: 'metrics.loss' });
  // A run that was in no table has the plain one.
  await page.goto(`/experiments/${seeded.bulk}/runs/${seeded.run}`);
  await page.getByRole('heading', { name: /trial-007/ }).waitFor();
  expect(await crumb.getAttribute('href')).toBe(`/experiments/${seeded.bulk}/runs`);
});

test('dialog, bar, notes and views have no violation of WCAG 2.2 AA in either theme', async () => {
  const { id, runs } = await few('axe');
  await using page = await openPage(`/experiments/${id}/runs?columns=nonsense&hidden=${runs[0] ?? ''}`);
  await rowCount(page, 3);
  await rowOf(page, 'r1').getByRole('checkbox').click();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Move to…' }).click();
  await page.getByRole('dialog').getByRole('option').first().waitFor();
  expect(await axe(page)).toEqual([]);
});

test('a run is renamed from the table, not to blanks, and Undo brings its name back', async () => {
  const { id, runs } = await few('rename');
  await using page = await openPage(`/experiments/${id}/runs`);
  await rowOf(page, 'r3').getByRole('checkbox').click();
  await page.getByRole('toolbar', { name: '1 selected' }).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('   ');
  await page.keyboard.press('Enter');
  await dialog.getByText('A name is needed.').waitFor();
  await dialog.getByRole('textbox').fill(' new name ');
  await page.keyboard.press('Enter');
  await page.getByText('Renamed to new name.').waitFor();
  await rowOf(page, 'new name').waitFor();
  expect((await seeded.api.run(runs[3] ?? '')).info.run_name).toBe('new name');
  await page.getByRole('button', { name: 'Undo' }).click();
  await rowOf(page, 'r3').waitFor();
});
