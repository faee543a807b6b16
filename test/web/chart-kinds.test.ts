/** Cards that show runs as marks, and those beside them: what they draw, say, open and lead to. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf, patience, type PageOptions } from './support/browser.ts';
import { freshServer, python } from './support/server.ts';

const start = Date.now() - 3_600_000;
const runCount = 24;

let server: TestServer;
let api: Api;
let experiment: string;
/** `trial-0` to `trial-23`; the params, metrics and images of each follow from its number. */
let runs: string[];

function lossOf(i: number): number {
  return (i % 4) + (i % 6) / 10;
}

/** `final/loss` is NaN in trial 5 and missing in trial 7; `final/gain` is negative in the even ones. */
async function trial(i: number): Promise<string> {
  const run_id = await api.createRun({ experiment_id: experiment, run_name: `trial-${i}`, start_time: start + i });
  const point = (key: string, value: number | string, step = 0): object => ({
    key,
    value,
    step,
    timestamp: start + step,
  });
  const params = { lr: 10 ** -(1 + (i % 4)), depth: 1 + (i % 6), optimizer: i % 2 === 0 ? 'sgd' : 'adam', seed: 42 };
  await api.post('runs/log-batch', {
    run_id,
    params: Object.entries(params).map(([key, value]) => ({ key, value: String(value) })),
    metrics: [
      ...(i === 7 ? [] : [point('final/loss', i === 5 ? 'NaN' : lossOf(i))]),
      point('final/gain', i % 2 === 0 ? -i : i),
      ...Array.from({ length: 100 }, (_, step) => point('train/loss', 1 / (1 + step), step)),
    ],
  });
  await api.post('runs/update', { run_id, status: 'FINISHED', end_time: start + 60_000 });
  return run_id;
}

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  experiment = await api.createExperiment('kinds');
  runs = await Promise.all(Array.from({ length: runCount }, (_, i) => trial(i)));
}, 60_000);
afterAll(() => server.stop());

interface Card {
  readonly kind: string;
  readonly columns?: readonly string[];
  readonly options?: string;
}

/** The page with these cards alone, `c1` and so on; all others are folded away. */
async function openCards(cards: readonly Card[], options: PageOptions & { readonly query?: string } = {}): Promise<Page> {
  const layout = cards.map(({ kind, columns = [], options: own = '' }, i) => `card~c${i + 1}~${kind}~${columns.join(';')}~${own}`);
  const query = new URLSearchParams({ fold: 'final,train', cards: layout.join().replaceAll(/~+(?=,|$)/g, '') });
  return openPageOf(`/experiments/${experiment}/charts?${query}${options.query ?? ''}`, { server, height: 1400, ...options });
} // prettier-ignore

function cardOf(page: Page, place = 1): Locator {
  return page.locator(`[data-card="c${place}"]`);
}

async function drawn(card: Locator): Promise<Locator> {
  const chart = card.locator("[data-chart][data-drawn='true']");
  await chart.waitFor();
  return chart;
}

async function asTable(card: Locator): Promise<string[][]> {
  await card.getByRole('button', { name: menuName }).click();
  await card.page().getByRole('menuitem', { name: 'View as table' }).click();
  await card.locator('[role=row]').nth(1).waitFor();
  return card
    .locator('[role=row]')
    .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('[role$=header],[role=gridcell]')].map((cell) => (cell.textContent ?? '').trim()))); // prettier-ignore
}

function sheetOf(card: Locator): Locator {
  return card.locator('.mark-sheet');
}

function tooltipOf(card: Locator): Locator {
  return card.locator('.chart-tooltip');
}

const menuName = /: view and download$/;

const loss = ['metrics.final/loss'];

test('bars are sorted, read by keys and opened by a press; what has no bar is counted', async () => {
  await using page = await openCards([{ kind: 'bar', columns: loss, options: 'order=down' }]);
  const card = cardOf(page);
  await drawn(card);
  const notes = card.locator('.chart-notes');
  expect(await notes.textContent()).toMatch(/^1–\d+ of 22 in view · 1 NaN or infinite · 1 without final\/loss$/);
  // trial-23 and trial-11 are the greatest: 3.5 each.
  expect(await card.getByRole('img').getAttribute('aria-label')).toContain('22 bars, from trial-23 with 3.5 to trial-0 with 0');
  await sheetOf(card).focus();
  await page.keyboard.press('End');
  await tooltipOf(card).getByText('trial-0', { exact: true }).waitFor();
  await page.keyboard.press('Home');
  await tooltipOf(card).getByText('trial-23').waitFor();
  expect(await tooltipOf(card).textContent()).toContain('3.5');
  // The run is meant everywhere: its row in the list, too.
  await page.locator(`[data-run-id="${runs[23]}"][data-emphasised]`).waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(runs[23] ?? ''));
}); // prettier-ignore

test('the best bars come first: the lowest of losses, the highest of what has no such name', async () => {
  await using page = await openCards([
    { kind: 'bar', columns: loss },
    { kind: 'bar', columns: ['metrics.final/gain'] },
  ]);
  for (const [place, least] of [[1, true], [2, false]] as const) {
    await drawn(cardOf(page, place));
    const [, ...rows] = await asTable(cardOf(page, place));
    const values = rows.map(([, value]) => Number(value));
    expect(values).toEqual(values.toSorted((a, b) => (least ? a - b : b - a)));
  }
}); // prettier-ignore

test('the table of bars has every run, negative values too, and as many columns as metrics', async () => {
  await using page = await openCards([{ kind: 'bar', columns: [...loss, 'metrics.final/gain'], options: 'order=up' }]);
  const card = cardOf(page);
  await drawn(card);
  const [header, first, ...rows] = await asTable(card);
  expect(header).toEqual(['Run', 'final/loss', 'final/gain']);
  expect(first).toEqual(['trial-12', '0', '-12']);
  expect(rows).toContainEqual(['trial-16', '0.4', '-16']);
});

test('bars of groups are means with whiskers, by a param of the card or the groups of the page', async () => {
  await using page = await openCards(
    [
      { kind: 'bar', columns: loss, options: 'by=params.optimizer;spread=range;order=down' },
      { kind: 'bar', columns: loss },
    ],
    { query: '&group=params.depth' },
  );
  await drawn(cardOf(page));
  const [header, ...rows] = await asTable(cardOf(page));
  const [low, high] = ['low', 'high'].map((end) => `final/loss ${end} (least to greatest)`);
  expect(header).toEqual(['Group', 'final/loss mean', low ?? '', high ?? '']);
  const means = [1, 0].map((odd) => {
    const own = Array.from({ length: runCount }, (_, i) => i).filter((i) => i % 2 === odd && i !== 5 && i !== 7).map(lossOf);
    return [own.reduce((sum, value) => sum + value, 0) / own.length, Math.min(...own), Math.max(...own)];
  }); // prettier-ignore
  expect(rows[0]?.[0]).toBe('optimizer adam');
  expect(rows.map((row) => row.slice(1).map(Number))).toEqual(means.map((row) => row.map((value) => Number(value.toPrecision(4))))); // prettier-ignore
  await drawn(cardOf(page, 2));
  expect((await asTable(cardOf(page, 2))).length).toBe(1 + 6);
});

test('boxes have the quartiles of their group, and a press on a box ticks its runs', async () => {
  await using page = await openCards([
    { kind: 'box', columns: loss, options: 'by=params.optimizer' },
    { kind: 'violin', columns: loss },
  ]);
  const [box, violin] = [cardOf(page), cardOf(page, 2)];
  await drawn(box);
  // Even trials: 0, 2.2, 0.4, 2, 0.2, 2.4 and again.
  expect(await box.getByRole('img').getAttribute('aria-label')).toContain('optimizer sgd: 12 runs, median 1.2, quartiles 0.2 and 2.2.'); // prettier-ignore
  await sheetOf(box).focus();
  await page.keyboard.press('ArrowDown');
  await tooltipOf(box).getByText('optimizer adam').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('10 ticked').first().waitFor();
  await drawn(violin);
  const [header, row] = await asTable(violin);
  expect(header?.slice(0, 5)).toEqual(['Group', 'Runs', 'From', 'Lower quartile', 'Median']);
  expect(row?.slice(0, 2)).toEqual(['All runs', '22']);
});

test('a logarithmic axis leaves out and counts what it cannot show; a press of the pointer opens the run', async () => {
  await using page = await openCards([{ kind: 'bar', columns: ['metrics.final/gain'], options: 'log!1' }]);
  const card = cardOf(page);
  await drawn(card);
  // The even trials are at or below 0.
  expect(await card.locator('.chart-notes').textContent()).toBe('12 not above 0, left out');
  await sheetOf(card).hover({ position: { x: 20, y: 20 } });
  await tooltipOf(card).getByText('trial-23').waitFor();
  await sheetOf(card).click({ position: { x: 20, y: 20 } });
  await page.waitForURL(new RegExp(runs[23] ?? ''));
});

test('a histogram counts runs in bins, and over steps every point once', async () => {
  await using page = await openCards([
    { kind: 'histogram', columns: loss, options: 'over=runs;bins:7' },
    { kind: 'histogram', columns: ['metrics.train/loss'], options: 'over=steps' },
  ]);
  await drawn(cardOf(page));
  const [, ...bins] = await asTable(cardOf(page));
  expect(bins.length).toBe(7);
  expect(bins.reduce((sum, bin) => sum + Number(bin[2]), 0)).toBe(22);
  const strip = cardOf(page, 2);
  await drawn(strip);
  expect(await strip.getByRole('img').getAttribute('aria-label')).toContain('2,400 points of 24 runs');
  await sheetOf(strip).focus();
  await page.keyboard.press('ArrowRight');
  await tooltipOf(strip).getByText('Steps 0 to 2').waitFor();
});

test('a contour draws a surface, or says in its place why there is none', async () => {
  await using page = await openCards([
    { kind: 'contour', columns: ['params.lr', 'params.depth', ...loss] },
    { kind: 'contour', columns: ['params.optimizer', 'params.depth', ...loss] },
    { kind: 'contour', columns: ['params.lr', 'params.seed', ...loss] },
  ]);
  const surface = cardOf(page);
  await drawn(surface);
  // Trial 5 is NaN and trial 7 has none: each is counted once.
  expect(await surface.locator('.chart-notes').textContent()).toBe('Interpolated between 12 places by distance · 1 NaN or infinite · 1 without final/loss'); // prettier-ignore
  await sheetOf(surface).focus();
  await page.keyboard.press('ArrowRight');
  expect(await tooltipOf(surface).textContent()).toMatch(/trial-23.*final\/loss3\.5.*lr1e-4.*depth6/);
  expect(await cardOf(page, 2).locator('.chart-state').textContent()).toContain('optimizer is not a number in any run shown');
  expect(await cardOf(page, 3).locator('.chart-state').textContent()).toContain('Every run shown has the same seed');
}); // prettier-ignore

test('a contour counts what is left out once, by the first reason, and a range with 0 is not logarithmic', async () => {
  const own = await api.createExperiment('surfaces');
  for (let i = 0; i < 12; i++) {
    const params = { dropout: (i % 6) / 10, rate: i, ...(i !== 3 && { width: 1 + (i % 4) }) };
    const run_id = await api.createRun({ experiment_id: own, run_name: `cell-${i}`, start_time: start + i });
    await api.post('runs/log-batch', {
      run_id,
      params: Object.entries(params).map(([key, value]) => ({ key, value: String(value) })),
      metrics: i === 3 || i === 4 ? [] : [{ key: 'score', value: i, step: 0, timestamp: start }],
    });
  }
  const cards = [
    'card~c1~contour~params.dropout;params.width;metrics.score',
    'card~c2~contour~params.rate;params.width;metrics.score~logX=on',
  ];
  await using page = await openPageOf(`/experiments/${own}/charts?fold=score&cards=${cards.join()}`, { server });
  await drawn(cardOf(page));
  const notes = (place: number): Promise<string | null> => cardOf(page, place).locator('.chart-notes').textContent();
  expect(await notes(1)).toBe('Interpolated between 10 places by distance · 1 without width · 1 without score');
  expect(await notes(2)).toBe('Interpolated between 9 places by distance · 1 not above 0, left out · 1 without width · 1 without score'); // prettier-ignore
  const [, ...rows] = await asTable(cardOf(page));
  expect(rows.filter(([, dropout]) => dropout === '0').map(([name]) => name)).toEqual(['cell-6', 'cell-0']);
});

test('bars that do not fit the card say which of them are in view, and follow the scroll', async () => {
  await using page = await openCards([{ kind: 'bar', columns: ['metrics.final/gain'] }, { kind: 'box', columns: loss }]);
  const card = cardOf(page);
  await drawn(card);
  const notes = card.locator('.chart-notes');
  const [, last] = /^1–(\d+) of 24 in view$/.exec((await notes.textContent()) ?? '') ?? [];
  expect(Number(last)).toBeWithin(10, 24);
  await sheetOf(card).focus();
  await page.keyboard.press('End');
  await notes.getByText(`${25 - Number(last)}–24 of 24 in view`).waitFor();
  // What fits is not spoken of.
  await drawn(cardOf(page, 2));
  expect(await cardOf(page, 2).locator('.chart-notes').textContent()).not.toContain('in view');
}); // prettier-ignore

test('differences are told against the baseline, which stands in the address', async () => {
  await using page = await openCards([{ kind: 'difference', columns: [...loss, 'params.optimizer', 'params.seed'] }], {
    query: `&baseline=${runs[2]}&shown=${runs.slice(1, 4).join()}&eye=none`,
  });
  const card = cardOf(page);
  await drawn(card);
  expect(await card.getByText('1 row without a difference is left out').count()).toBe(1);
  const grid = card.getByRole('grid', { name: 'Compared with trial-2' });
  const row = grid.locator('[role=row]').nth(1);
  // 1.1 and 3.3 against 2.2.
  expect(await row.textContent()).toMatch(/1\.1.*−50%.*better/);
  expect(await row.textContent()).toMatch(/3\.3.*\+50%.*worse/);
  await card.getByLabel('Baseline').selectOption({ label: 'trial-3' });
  await page.waitForURL(new RegExp(`baseline=${runs[3]}`));
  await card.getByRole('grid', { name: 'Compared with trial-3' }).waitFor();
});

test('images of the real client stand side by side, and arrow keys move all of them', async () => {
  await python(
    server,
    `
import mlflow, numpy as np
client = mlflow.MlflowClient()
for i, run in enumerate(${JSON.stringify(runs.slice(0, 2))}):
    for step in (0, 5, 10):
        client.log_image(run, np.full((8, 8, 3), step * 10 + i * 50, dtype=np.uint8), key='samples', step=step)
    client.log_image(run, np.full((8, 8, 3), 9, dtype=np.uint8), 'images/confusion.png')
`,
  );
  await using page = await openCards([{ kind: 'images', options: 'folder=images' }]);
  const card = cardOf(page);
  await card.getByRole('combobox', { name: 'Image' }).selectOption('samples');
  const image = (step: number): Locator => card.getByRole('img', { name: `samples of trial-0, step ${step}` });
  await image(10).waitFor();
  await page.waitForFunction((name) => (document.querySelector(`img[alt="${name}"]`) as HTMLImageElement).naturalWidth === 8, 'samples of trial-0, step 10'); // prettier-ignore
  await card.getByRole('slider', { name: 'Step' }).focus();
  await page.keyboard.press('ArrowLeft');
  await image(5).waitFor();
  await card.getByRole('img', { name: 'samples of trial-1, step 5' }).waitFor();
  expect(await card.locator('.chart-notes').textContent()).toBe(`${runCount - 2} without samples`);
  await page.keyboard.press('Tab');
  await page.waitForURL(/step%3D5|step=5/);
});

test('a single number says of which run it is, and is another after an edit', async () => {
  await using page = await openCards([{ kind: 'number', columns: loss }]);
  const card = cardOf(page);
  // A loss is best when it is least.
  await card.getByRole('group', { name: 'Lowest final/loss: 0' }).waitFor();
  await card.getByRole('button', { name: 'trial-12' }).waitFor();
  await card.getByRole('button', { name: menuName }).click();
  await page.getByRole('menuitem', { name: 'Edit…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Figure').selectOption('Highest');
  await dialog.getByLabel('Metric').fill('metrics.final/gain');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await card.getByRole('group', { name: 'Highest final/gain: 23' }).waitFor();
});

test('a note is written on its card and stands in the address', async () => {
  await using page = await openCards([{ kind: 'note' }]);
  const card = cardOf(page);
  await card.getByRole('button', { name: 'Edit: Note' }).click();
  await card.getByRole('textbox', { name: 'Note' }).fill('# Why\n\nThe *second* sweep, 50% done.');
  await page.keyboard.press('Control+Enter');
  await card.getByRole('heading', { name: 'Why' }).waitFor();
  await page.reload();
  await card.getByRole('heading', { name: 'Why' }).waitFor();
  expect(await card.locator('em').textContent()).toBe('second');
});

test('a note that is longer than an address stays in its editor, and says what to do', async () => {
  await using page = await openCards([{ kind: 'note', options: 'markdown=Hello' }]);
  const card = cardOf(page);
  await card.getByRole('button', { name: 'Edit: Note' }).click();
  await card.getByRole('textbox', { name: 'Note' }).fill('ä'.repeat(4000));
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByRole('alert').filter({ hasText: 'longer than the address has room for' }).waitFor();
  expect(page.url().length).toBeLessThan(2000);
  await card.getByRole('textbox', { name: 'Note' }).fill('Short.');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Short.').waitFor();
});

test('every kind can be added and is not blank', async () => {
  await using page = await openCards([]);
  const names = ['Bars', 'Boxes', 'Violins', 'Histogram', 'Contour', 'Differences', 'Images', 'Single number', 'Note'];
  for (const [i, name] of names.entries()) {
    await page.getByRole('button', { name: 'Add card' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name, exact: true }).check();
    await dialog.getByRole('button', { name: 'Add to the page' }).click();
    await dialog.waitFor({ state: 'detached' });
    const body = cardOf(page, i + 1).locator('.chart-body');
    await body.scrollIntoViewIfNeeded();
    await body.locator("[data-drawn='true'], .chart-state, .note-card").first().waitFor();
  }
});

test('a picture of bars is made of vectors and holds every one, scrolled away or not', async () => {
  await using page = await openCards([{ kind: 'bar', columns: ['metrics.final/gain'] }]);
  const card = cardOf(page);
  await drawn(card);
  await card.getByRole('button', { name: menuName }).click();
  const download = page.waitForEvent('download', { timeout: patience });
  await page.getByRole('menuitem', { name: /SVG/ }).click();
  const file = await (await download).path();
  const svg = await Bun.file(file).text();
  for (let i = 0; i < runCount; i++) expect(svg).toContain(`>trial-${i}</text>`);
});

test('where no run has a value, each kind says so', async () => {
  const kinds = ['bar', 'box', 'violin', 'histogram', 'number'];
  const cards = kinds.map((kind) => ({ kind, columns: ['metrics.nothing'] }));
  await using page = await openCards(cards);
  for (const [i] of kinds.entries()) {
    const state = cardOf(page, i + 1).locator('.chart-state');
    await state.scrollIntoViewIfNeeded();
    expect(await state.textContent()).toBe('No run shown has a number under nothing.');
  }
});

test('all kinds stand the test of axe in both themes', async () => {
  const of = (kind: string, ...columns: string[]): Card => ({ kind, columns });
  await using page = await openCards(
    [
      of('bar', ...loss),
      of('box', ...loss),
      of('violin', ...loss),
      of('histogram', ...loss),
      of('contour', 'params.lr', 'params.depth', ...loss),
      of('difference', ...loss, 'params.optimizer'),
      { kind: 'images', options: 'folder=images' },
      of('number', ...loss),
      { kind: 'note', options: 'markdown=Hello' },
    ],
    { height: 2600 },
  );
  await drawn(cardOf(page));
  await drawn(cardOf(page, 5));
  expect(await axe(page)).toEqual([]);
});
