/** Cards of lines on the charts page: points of many runs, axes, groups, tooltip, legend, growth, and what is said in place. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import type { Api } from '../support/api.ts';
import { axe } from './support/axe.ts';
import { openPage } from './support/browser.ts';
import { runLines } from './support/run-lines.ts';
import { seededServer } from './support/server.ts';

const start = Date.now() - 3_600_000;
const drawn = "[data-chart][data-drawn='true']";
const longName = 'the first of four runs whose name is far too long for any legend';

interface Drawn {
  readonly lines: number;
  readonly points: number;
  readonly maxY: number;
}

interface Charts {
  __charts: () => Drawn[];
}

let api: Api;
/** 50 runs of `loss` and `acc`, 40 steps each. */
let many: string;
/** 4 runs of `loss`: run i at step s has i + s / 100; `epoch` every tenth step; `lr` 0.1, 0.1, 0.01, 0.01. */
let few: string;

const { newRun, logLine, finish } = runLines(() => api, start);

function chartsOf(experiment: string, query = ''): string {
  return `/experiments/${experiment}/charts${query}`;
}

/** The card of a metric, when it is drawn. */
async function cardOf(page: Page, metric: string): Promise<Locator> {
  const card = page.getByRole('figure', { name: `${metric}, Lines` });
  await card.locator(drawn).waitFor();
  return card;
}

async function charts(page: Page): Promise<Drawn[]> {
  return page.evaluate(() => (globalThis as unknown as Charts).__charts());
}

async function waitForLines(page: Page, lines: number): Promise<void> {
  await page.waitForFunction((n) => (globalThis as unknown as Charts).__charts()[0]?.lines === n, lines);
}

/** Moves the pointer to a part of a card's picture. */
async function pointAt(card: Locator, x: number, y: number): Promise<void> {
  const box = await card.locator('.chart-overlay').boundingBox();
  if (!box) throw new Error('the chart has no place');
  await card.page().mouse.move(box.x + box.width * x, box.y + box.height * y);
}

async function menu(page: Page, metric: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `${metric}: view and download` }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function saved(page: Page, metric: string, item: string): Promise<string> {
  const download = page.waitForEvent('download');
  await menu(page, metric, item);
  return readFileSync(await (await download).path(), 'utf8');
}

beforeAll(async () => {
  ({ api } = await seededServer());
  many = await api.createExperiment('many lines');
  few = await api.createExperiment('few lines');
  const made = Array.from({ length: 50 }, async (_, i) => {
    const id = await newRun(many, `many-${String(i).padStart(2, '0')}`);
    await logLine(id, 'loss', 40, (step) => i + step / 100);
    await logLine(id, 'acc', 40, (step) => step / (i + 1));
    await finish(id);
  });
  await Promise.all(made);
  for (const i of [0, 1, 2, 3]) {
    const id = await newRun(few, i === 0 ? longName : `few-${i}`, { lr: i < 2 ? '0.1' : '0.01' });
    await logLine(id, 'loss', 61, (step) => i + step / 100);
    await logLine(id, 'epoch', 61, (step) => (step % 10 === 0 ? step / 10 : undefined));
    await finish(id);
  }
}, 60_000);

describe('points', () => {
  test('of fifty runs and two metrics come in one or two calls, and all are drawn', async () => {
    const asked: string[] = [];
    await using page = await openPage('/experiments');
    page.on('request', (request) => {
      if (request.url().endsWith('/metrics/series')) asked.push(request.postData() ?? '');
    });
    await page.goto(chartsOf(many));
    await cardOf(page, 'loss');
    await cardOf(page, 'acc');
    expect((await charts(page)).map(({ lines, points }) => [lines, points])).toEqual([
      [50, 2000],
      [50, 2000],
    ]);
    expect(asked.length).toBeLessThanOrEqual(2);
    // One eye less asks for nothing anew.
    await page
      .getByRole('button', { name: /^Hide many-/ })
      .first()
      .click();
    await waitForLines(page, 49);
    expect(asked.length).toBeLessThanOrEqual(2);
  }, 30_000);

  test('of 20,000 steps keep their peak, say that they are sampled, and a zoom fetches the detail', async () => {
    const long = await api.createExperiment('long lines');
    for (const i of [0, 1]) {
      const id = await newRun(long, `long-${i}`);
      await logLine(id, 'loss', 20_000, (step) => (step === 7777 ? 5 + i : Math.exp(-step / 5000)));
      await finish(id);
    }
    await using page = await openPage(chartsOf(long));
    const card = await cardOf(page, 'loss');
    await card.getByText(/Sampled [\d,]+ of 40,000 points/).waitFor();
    expect((await charts(page))[0]?.maxY).toBe(6);
    await page.goto(chartsOf(long, '?from=7000&to=8000'));
    await cardOf(page, 'loss');
    // Two hundredths more to either side.
    await page.waitForFunction(() => (globalThis as unknown as Charts).__charts()[0]!.points > 2000);
    expect((await charts(page))[0]?.maxY).toBe(6);
    await card.getByText('Sampled').waitFor({ state: 'detached' });
  }, 40_000);
});

describe('axes', () => {
  test('time since start and another metric, joined by step; the last of each is read by keys', async () => {
    await using page = await openPage(chartsOf(few, '?x=relative'));
    const read = async (key: string): Promise<string> => {
      const card = await cardOf(page, 'loss');
      await card.getByRole('application').focus();
      await page.keyboard.press(key);
      return (await card.getByRole('status').textContent()) ?? '';
    };
    expect(await read('End')).toMatch(/Since start 1 min/);
    await page.getByLabel('X axis').selectOption('epoch');
    await page.waitForURL(/x=metric/);
    await page.waitForFunction(() => document.querySelector('[data-drawn]') !== null);
    // Between two points of the other metric it is read between them.
    expect(await read('Home')).toMatch(/epoch 0(?!\.)/);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('status').getByText('epoch 0.1').waitFor();
    expect(await read('End')).toMatch(/epoch 6/);
  }, 30_000);

  test('a card may have an x axis and scales of its own', async () => {
    await using page = await openPage(chartsOf(few));
    await cardOf(page, 'loss');
    await menu(page, 'loss', 'Edit…');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('X axis').selectOption('Time since start');
    await dialog.getByLabel('Logarithmic y').selectOption('On');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const card = await cardOf(page, 'loss');
    // Run 0 begins at 0, which has no place there.
    await card.getByText('1 not above 0, left out').waitFor();
    await page.reload();
    await card.getByText('1 not above 0, left out').waitFor();
    await card.getByRole('application').focus();
    await page.keyboard.press('End');
    await card.getByRole('status').getByText('Since start 1 min').waitFor();
    const other = await cardOf(page, 'epoch');
    await other.getByRole('application').focus();
    await page.keyboard.press('End');
    await other.getByRole('status').getByText('Step 60').waitFor();
  }, 30_000);

  test('charts that are apart are zoomed one by one, and stay so after a reload', async () => {
    await using page = await openPage(chartsOf(many, '?sync=0'));
    const card = await cardOf(page, 'loss');
    await cardOf(page, 'acc');
    await pointAt(card, 0.5, 0.5);
    await page.mouse.down();
    await pointAt(card, 0.7, 0.5);
    await page.mouse.up();
    const points = (): Promise<number[]> =>
      page.evaluate(() => (globalThis as unknown as Charts).__charts().map((chart) => chart.points));
    await page.waitForFunction(() => (globalThis as unknown as Charts).__charts()[1]!.points < 1000);
    expect((await points())[0]).toBe(2000);
    expect(new URL(page.url()).searchParams.has('from')).toBe(false);
    await page.reload();
    await cardOf(page, 'acc');
    await page.waitForFunction(() => ((globalThis as unknown as Charts).__charts()[1]?.points ?? 2000) < 1000);
    expect((await points())[0]).toBe(2000);
  }, 30_000);

  test('smoothing has raw values behind a few lines, not behind many', async () => {
    await using page = await openPage(chartsOf(few, '?smooth=0.6&card=line:loss'));
    await cardOf(page, 'loss');
    expect((await charts(page)).map(({ lines, points }) => [lines, points])).toEqual([[4, 488]]);
    await page.goto(chartsOf(many, '?smooth=0.6&card=line:loss'));
    await cardOf(page, 'loss');
    expect((await charts(page)).map(({ lines, points }) => [lines, points])).toEqual([[50, 2000]]);
  }, 30_000);
});

describe('groups', () => {
  async function lastRows(page: Page): Promise<string[][]> {
    const rows = (await saved(page, 'loss', 'Download CSV'))
      .trim()
      .split(/\r?\n/)
      .map((row) => row.split(','));
    return [rows[0] ?? [], ...rows.filter((row) => row[3] === '60')];
  }
  const grouped = '?group=params.lr&card=line:loss';

  test.each([
    ['', [['0.01', 3.1, 2.6, 3.6], ['0.1', 1.1, 0.6, 1.6]]],
    ['&band=std', [['0.01', 3.1, 2.392893, 3.807107], ['0.1', 1.1, 0.392893, 1.807107]]],
    ['&band=error&centre=median', [['0.01', 3.1, 2.6, 3.6], ['0.1', 1.1, 0.6, 1.6]]],
    ['&band=ci', [['0.01', 3.1, -3.2531, 9.4531], ['0.1', 1.1, -5.2531, 7.4531]]],
  ])('have a centre and a band%s', async (query, expected) => {
    await using page = await openPage(chartsOf(few, grouped + query));
    await cardOf(page, 'loss');
    expect((await charts(page))[0]?.lines).toBe(2);
    const [header, ...rows] = await lastRows(page);
    expect(header).toEqual(['run_id', 'run', 'metric', 'step', 'value', 'low', 'high']);
    const sorted = rows.toSorted((a, b) => (a[1] ?? '').localeCompare(b[1] ?? ''));
    for (const [i, [label, ...numbers]] of expected.entries()) {
      expect(sorted[i]?.[1]).toContain(String(label));
      for (const [k, number] of numbers.entries()) expect(Number(sorted[i]?.[4 + k])).toBeCloseTo(Number(number), 3);
    }
  }, 30_000); // prettier-ignore

  test('bands that lie over each other are hatched between edges', async () => {
    await using page = await openPage(chartsOf(few, `${grouped}&band=ci`));
    await cardOf(page, 'loss');
    const svg = await saved(page, 'loss', 'Download SVG');
    // The box and two bands; two edges each.
    expect(svg.match(/<clipPath/g)?.length).toBe(3);
    expect(svg.match(/stroke-dasharray="1 2" opacity="0.7"/g)?.length).toBe(4);
  });

  test('all members may stand thin behind their centre', async () => {
    await using page = await openPage(chartsOf(few, `${grouped}&band=members`));
    await cardOf(page, 'loss');
    expect((await charts(page)).map(({ lines, points }) => [lines, points])).toEqual([[2, 6 * 61]]);
  });
});

test('moving over five hundred lines draws none of them again but the one that is meant', async () => {
  const crowd = await api.createExperiment('a crowd');
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < 500; i = next++) {
      const id = await newRun(crowd, `crowd-${i}`);
      await logLine(id, 'loss', 30, (step) => Math.exp(-step / (5 + i)) + i / 1000);
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  await using page = await openPage(chartsOf(crowd, '?card=line:loss'));
  const card = await cardOf(page, 'loss');
  await waitForLines(page, 500);
  await page.evaluate(() => {
    const count = { strokes: 0 };
    const stroke = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, 'stroke')?.value as () => void;
    CanvasRenderingContext2D.prototype.stroke = function counted(this: CanvasRenderingContext2D) {
      count.strokes++;
      stroke.call(this);
    };
    Object.assign(globalThis, { count });
  });
  const moves = 40;
  for (let i = 0; i < moves; i++) await pointAt(card, 0.1 + (0.8 * i) / moves, 0.5 + 0.3 * Math.sin(i));
  await card.locator('.chart-tooltip').waitFor();
  const drawnAgain = await page.evaluate(() => (globalThis as unknown as { count: { strokes: number } }).count.strokes);
  // Each frame: the crosshair, the line that is meant, its raw values, its dot.
  expect(drawnAgain).toBeGreaterThan(0);
  expect(drawnAgain).toBeLessThan(10 * moves);
}, 60_000);

describe('tooltip', () => {
  test('lists whole names, nearest first, with step, time since start and four digits', async () => {
    await using page = await openPage(chartsOf(few, '?card=line:loss'));
    const card = await cardOf(page, 'loss');
    await pointAt(card, 0.5, 0.9);
    const tip = card.locator('.chart-tooltip');
    await tip.getByText(/^Step \d+ · \d+\.\d s since start$/).waitFor();
    const names = await tip.locator('.chart-tooltip-row > span').allTextContents();
    expect(names).toEqual([longName, 'few-1', 'few-2', 'few-3']);
    const values = await tip.locator('.chart-tooltip-row > b').allTextContents();
    for (const [i, value] of values.entries()) expect(value).toMatch(new RegExp(`^${i}\\.\\d{1,2}$`));
    await pointAt(card, 0.5, 0.1);
    await page.waitForFunction(() => document.querySelector('.chart-tooltip-row > span')?.textContent === 'few-3');
  }, 30_000);

  test('a click pins it, Escape lets it go', async () => {
    await using page = await openPage(chartsOf(few, '?card=line:loss'));
    const card = await cardOf(page, 'loss');
    await pointAt(card, 0.3, 0.5);
    await page.mouse.down();
    await page.mouse.up();
    const tip = card.locator('.chart-tooltip[data-pinned]');
    await tip.getByText('since start').waitFor();
    const words = await tip.textContent();
    await pointAt(card, 0.6, 0.2);
    await pointAt(card, 0.7, 0.2);
    expect(await tip.textContent()).toBe(words);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
  }, 30_000);

  test('of many lines it lists some, and says how many more there are', async () => {
    await using page = await openPage(chartsOf(many, '?card=line:loss'));
    const card = await cardOf(page, 'loss');
    await pointAt(card, 0.5, 0.5);
    await card.locator('.chart-tooltip').getByText('and 30 more').waitFor();
    expect(await card.locator('.chart-tooltip-row').count()).toBe(20);
  });

  test('pointing at a line emphasises its run in the list', async () => {
    await using page = await openPage(chartsOf(few, '?card=line:loss'));
    const card = await cardOf(page, 'loss');
    await card.getByRole('application').hover({ position: { x: 300, y: 5 } });
    // The lines are level and far apart: one of them is met on the way down.
    const box = await card.locator('.chart-overlay').boundingBox();
    for (let y = 0.02; y < 0.98 && (await card.locator('.chart-tooltip-row.strong').count()) === 0; y += 0.02) {
      await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + (box?.height ?? 0) * y);
    }
    const name = await card.locator('.chart-tooltip-row.strong > span').textContent();
    await page.locator('[data-run-id][data-emphasised]', { hasText: name ?? '' }).waitFor();
  }, 30_000);
});

test('ranges of a card with an x axis of its own are its own as well', async () => {
  await using page = await openPage(
    chartsOf(few, '?card=line:loss&cards=card~line:loss~line~metrics.loss~x%3Drelative'),
  );
  await cardOf(page, 'loss');
  await menu(page, 'loss', 'Axis ranges…');
  const x = page.getByRole('dialog').getByRole('group', { name: 'X axis: Time since start' });
  await x.getByLabel('From').fill('1');
  await x.getByLabel('To').fill('5');
  await page.getByRole('dialog').getByRole('button', { name: 'Set' }).click();
  await page.waitForURL((url) => (url.searchParams.get('cards') ?? '').includes('from=1;to=5'));
  expect(new URL(page.url()).searchParams.has('from')).toBe(false);
}, 30_000);

describe('legend', () => {
  test('two names that are pressed one right after the other both go', async () => {
    await using page = await openPage(chartsOf(many, '?card=line:loss'));
    await cardOf(page, 'loss');
    // Faster than a second press makes it a double one.
    await page.evaluate(() => {
      // The runs began at one time: which of them are listed is left to their ids.
      for (const name of [...document.querySelectorAll('.chart-legend [title^="many-"]')].slice(0, 2)) {
        name.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
      }
    });
    await waitForLines(page, 48);
  }, 40_000);

  test('a press closes an eye, a double press all others; names are whole', async () => {
    await using page = await openPage(chartsOf(many, '?card=line:loss'));
    const card = await cardOf(page, 'loss');
    const legend = card.getByRole('group', { name: /^Legend of/ });
    const [first, second] = [0, 1].map((place) => legend.getByRole('button', { name: /^many-/ }).nth(place));
    await first?.click();
    await waitForLines(page, 49);
    await page.waitForURL(/hidden=/);
    await second?.dblclick();
    await waitForLines(page, 1);
    await page
      .getByRole('button', { name: /^Show many-/ })
      .first()
      .waitFor();
    await page.goto(chartsOf(few, '?card=line:loss'));
    await cardOf(page, 'loss');
    await menu(page, 'loss', 'Edit…');
    await page.getByRole('dialog').getByLabel('Legend', { exact: true }).selectOption('Beside');
    await page.getByRole('dialog').getByLabel('lr', { exact: true }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const entry = legend.getByRole('button', { name: `${longName} · lr 0.1` });
    await entry.waitFor();
    expect(await entry.getAttribute('title')).toBe(`${longName} · lr 0.1`);
  }, 40_000);

  test('stands in the picture, with every line', async () => {
    await using page = await openPage(chartsOf(many, '?card=line:loss'));
    await cardOf(page, 'loss');
    const svg = await saved(page, 'loss', 'Download SVG');
    for (const name of ['many-00', 'many-31', 'many-49']) expect(svg).toContain(`>${name}</text>`);
    const table = page.getByRole('grid', { name: /^Points of loss/ });
    await menu(page, 'loss', 'View as table');
    await table.waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe('2001');
  }, 30_000);
});

test('lines of running runs grow, keep zoom and tooltip, and only what changed is read', async () => {
  const live = await api.createExperiment('live lines');
  const [one, other] = [await newRun(live, 'live-1'), await newRun(live, 'live-2')];
  for (const id of [one, other]) await logLine(id, 'loss', 20, (step) => step);
  await using page = await openPage(chartsOf(live, '?card=line:loss&from=5'));
  const card = await cardOf(page, 'loss');
  expect(await saved(page, 'loss', 'Download SVG')).toContain('a7 7 0 1 0');
  await pointAt(card, 0.3, 0.5);
  await page.mouse.down();
  await page.mouse.up();
  const tip = card.locator('.chart-tooltip[data-pinned]');
  await tip.getByText('since start').waitFor();
  const head = await tip.locator('div').first().textContent();
  const asked: unknown[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/metrics/series')) asked.push(JSON.parse(request.postData() ?? '{}'));
  });
  await api.post('runs/log-batch', {
    run_id: one,
    metrics: [{ key: 'loss', value: 42, step: 20, timestamp: start + 20_000 }],
  });
  await page.waitForFunction(() => (globalThis as unknown as Charts).__charts()[0]?.maxY === 42, null, {
    timeout: 5000,
  });
  const runsAsked = asked.flatMap((request) => (request as { run_ids: string[] }).run_ids);
  expect([...new Set(runsAsked)]).toEqual([one]);
  expect(await tip.locator('div').first().textContent()).toBe(head);
  expect(new URL(page.url()).searchParams.get('from')).toBe('5');
  for (const id of [one, other]) await finish(id);
}, 40_000);

test('NaN, infinity, one point and nothing at all are said in place', async () => {
  const odd = await api.createExperiment('odd lines');
  const [a, b] = [await newRun(odd, 'odd-a'), await newRun(odd, 'odd-b')];
  for (const id of [a, b]) {
    await logLine(id, 'some', 30, (step) => (step % 10 === 4 ? 'NaN' : step === 20 ? 'Infinity' : step));
    await logLine(id, 'none', 5, () => 'NaN');
    await finish(id);
  }
  await logLine(a, 'once', 1, () => 3);
  await using page = await openPage(chartsOf(odd, '?cols=1'));
  const some = await cardOf(page, 'some');
  await some.getByText('8 NaN or infinite').waitFor();
  await page.getByRole('figure', { name: 'none, Lines' }).getByText('Every value is NaN or infinite.').waitFor();
  await page.goto(chartsOf(odd, '?card=line:some&from=500'));
  await page.getByText('No points in this range.').waitFor();
  await page.getByRole('figure', { name: 'some, Lines' }).getByRole('button', { name: 'Show all x' }).click();
  await cardOf(page, 'some');
}, 30_000);

test('runs of several experiments are lines of one chart', async () => {
  await using page = await openPage(`/charts?experiments=${many},${few}&card=line:loss`);
  await cardOf(page, 'loss');
  await waitForLines(page, 54);
}, 30_000);
