/** Figures of the charts page: what files and tables hold, smoothing, whiskers, shares, and what stands at axes. */
import { beforeAll, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import type { Api } from '../support/api.ts';
import { openPage } from './support/browser.ts';
import { runLines } from './support/run-lines.ts';
import { seededServer } from './support/server.ts';

const start = Date.UTC(2026, 4, 5, 10);
const longSteps = 20_000;

let api: Api;
/** One run of 20,000 steps and one of 3. */
let long: string;
/** Run i of 4 at step s, to 199: noise around i; `lr` 0.1, 0.1, 0.1, 0.01; `final` 1, 2, 6, 8. The last goes on. */
let noisy: string;
let running: string;
/** 60 runs, whose loss grows with `lr` and with nothing else. */
let params: string;

const { newRun, logLine, finish } = runLines(() => api, start);

const noise = (step: number): number => Math.sin(step * 12.9898) + ((step * 7) % 11) / 11;

beforeAll(async () => {
  ({ api } = await seededServer());
  [long, noisy, params] = await Promise.all(
    ['long figures', 'noisy figures', 'figures of params'].map((name) => api.createExperiment(name)),
  ) as [string, string, string]; // prettier-ignore
  for (const [name, steps] of [['long', longSteps], ['short', 3]] as const) {
    const id = await newRun(long, name);
    await logLine(id, 'loss', steps, (step) => noise(step) + 3);
    await finish(id);
  } // prettier-ignore
  for (const i of [0, 1, 2, 3]) {
    const id = await newRun(noisy, `noisy-${i}`, { lr: i < 3 ? 0.1 : 0.01 });
    await logLine(id, 'loss', 200, (step) => noise(step) + i);
    await logLine(id, 'final', 1, () => [1, 2, 6, 8][i] ?? 0);
    if (i === 0) await logLine(id, 'elsewhere', 1, () => 1);
    if (i === 3) running = id;
    else await finish(id);
  }
  const made = Array.from({ length: 60 }, async (_, i) => {
    const id = await newRun(params, `trial-${i}`, { lr: (i + 1) / 100, seed: (i * 37) % 61, kind: ['a', 'b', 'c'][(i * 7 + (i >> 3)) % 3] });
    await logLine(id, 'loss', 1, () => i + 1);
    await finish(id);
  }); // prettier-ignore
  await Promise.all(made);
}, 60_000);

function chartsOf(experiment: string, query = ''): string {
  return `/experiments/${experiment}/charts${query}`;
}

const drawn = "[data-chart][data-drawn='true']";

async function only(page: Page): Promise<Locator> {
  const card = page.locator('[data-card]').first();
  await card.locator(drawn).waitFor();
  return card;
}

async function saved(page: Page, item: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /: view and download/ }).first().click(); // prettier-ignore
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

function rowsOf(csv: string): string[][] {
  return csv.trim().split(/\r?\n/).map((row) => row.split(',')); // prettier-ignore
}

/** The value that a chart says of a step, read by keys. */
async function valueAt(page: Page, step: number): Promise<string> {
  const card = await only(page);
  await card.getByRole('application').focus();
  await page.keyboard.press('Home');
  const said = card.locator('.chart-tooltip').getByText(/^Step \d/);
  const first = Number(/\d+/.exec((await said.textContent()) ?? '')?.[0]);
  for (let at = first; at < step; at++) {
    await page.keyboard.press('ArrowRight');
    await card
      .getByRole('status')
      .getByText(new RegExp(`^Step ${at + 1}(?!\\d)`))
      .waitFor();
  }
  return (await card.locator('.chart-tooltip .number').first().textContent()) ?? '';
}

test('a file has every point, whatever is drawn and zoomed to, and says how the smoothed values were made', async () => {
  await using page = await openPage(chartsOf(long, '?card=line:loss&smooth=0.5&from=100&to=200'));
  await only(page);
  const [header, ...rows] = rowsOf(await saved(page, 'Download CSV'));
  expect(header).toEqual(['run_id', 'run', 'metric', 'step', 'value', 'smoothed_ema_0.5']);
  expect(rows.length).toBe(longSteps + 3);
  const own = rows.filter((row) => row[1] === 'long');
  expect(own.map((row) => Number(row[3]))).toEqual(Array.from({ length: longSteps }, (_, i) => i));
  expect(Number(own[7777]?.[4])).toBeCloseTo(noise(7777) + 3, 9);
  expect(own.every((row) => Number.isFinite(Number(row[5])) && row[5] !== '')).toBe(true);
}, 40_000);

test('a table of a sample says so above its rows', async () => {
  await using page = await openPage(chartsOf(long, '?card=line:loss&table=line:loss'));
  const said = page.getByText(/^A sample: [\d,]+ of 20,003 points\. Download CSV has every one\.$/);
  const grid = page.getByRole('grid', { name: 'Points of loss' });
  await grid.waitFor();
  const [above, below] = [await said.boundingBox(), await grid.boundingBox()];
  expect((above?.y ?? Infinity) < (below?.y ?? 0)).toBe(true);
}, 30_000);

test('a step has one smoothed value, however near the reader looks', async () => {
  for (const smoothing of ['smooth=0.5', 'smooth=0.9', 'by=gauss&smooth=3', 'by=mean&smooth=7']) {
    await using page = await openPage(
      chartsOf(noisy, `?card=line:loss&filter=run_name+%3D+%27noisy-0%27&${smoothing}`),
    );
    const whole = await valueAt(page, 24);
    await page.goto(chartsOf(noisy, `?card=line:loss&filter=run_name+%3D+%27noisy-0%27&${smoothing}&from=22&to=40`));
    const near = await valueAt(page, 24);
    expect([smoothing, near]).toEqual([smoothing, whole]);
  }
  await using page = await openPage(`/experiments/${noisy}/runs/${running}/metrics?metric=loss&smooth=0.7`);
  const whole = await valueAt(page, 24);
  await page.goto(`/experiments/${noisy}/runs/${running}/metrics?metric=loss&smooth=0.7&from=22&to=40`);
  const near = await valueAt(page, 24);
  expect(near).toBe(whole);
}, 60_000);

test('the end of a running line keeps its dot in a zoom that holds it, and has none in one that does not', async () => {
  const dots = async (query: string): Promise<number> => {
    await using page = await openPage(chartsOf(noisy, `?card=line:loss${query}`));
    await only(page);
    return (await saved(page, 'Download SVG')).split('opacity="0.25"').length - 1;
  };
  expect([await dots(''), await dots('&from=150&to=250'), await dots('&from=20&to=198.5')]).toEqual([1, 1, 0]);
}, 40_000);

test('a stretch behind the last point is said to have none', async () => {
  await using page = await openPage(chartsOf(noisy, '?card=line:loss&from=199.2&to=300'));
  await page.getByText('No points in this range.').waitFor();
  expect(await page.locator('.line-chart').count()).toBe(0);
}, 30_000);

test('keys zoom no farther than there are steps', async () => {
  await using page = await openPage(chartsOf(noisy, '?card=line:loss'));
  const card = await only(page);
  await card.getByRole('application').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('+');
  await page.waitForURL(/to=/);
  const { searchParams } = new URL(page.url());
  expect([Number(searchParams.get('from')), Number(searchParams.get('to'))]).toEqual([0, 99.5]);
  await only(page);
  await page.keyboard.press('-');
  await page.waitForURL((url) => !url.searchParams.has('from'));
}, 30_000);

test('whiskers of grouped bars are the band of the page, and named in tooltip, table and file', async () => {
  const cards = encodeURIComponent('card~c1~bar~metrics.final');
  const query = (more: string): string => `?cards=${cards}&card=c1&group=params.lr${more}`;
  for (const [more, centre, name, low, high] of [
    ['', 'mean', 'least to greatest', 1, 6],
    ['&band=std', 'mean', 'standard deviation', 0.354249, 5.645751],
    ['&band=error', 'mean', 'standard error', 1.472475, 4.527525],
    ['&band=ci&centre=median', 'median', '95 % confidence', -4.5724, 8.5724],
  ] as const) {
    await using page = await openPage(chartsOf(noisy, query(more)));
    const card = await only(page);
    const [header, ...rows] = rowsOf(await saved(page, 'Download CSV'));
    expect(header?.slice(1)).toEqual([`final ${centre}`, `final low (${name})`, `final high (${name})`]);
    const row = rows.find(([group]) => group?.endsWith('0.1'));
    expect(Number(row?.[1])).toBe(centre === 'mean' ? 3 : 2);
    expect(Number(row?.[2])).toBeCloseTo(low, 3);
    expect(Number(row?.[3])).toBeCloseTo(high, 3);
    await card.getByRole('application').focus();
    await page.keyboard.press('Home');
    await card.locator('.chart-tooltip').getByText(name, { exact: false }).first().waitFor();
  }
  await using page = await openPage(chartsOf(noisy, query('&band=none')));
  await only(page);
  expect(rowsOf(await saved(page, 'Download CSV'))[0]).toEqual(['Group', 'final mean']);
}, 60_000);

test('files of bars and parallel coordinates tell runs by their ids', async () => {
  for (const spec of ['bar~metrics.final', 'parallel~params.lr;metrics.final', 'scatter~params.lr;metrics.final']) {
    const cards = encodeURIComponent(`card~c1~${spec}`);
    await using page = await openPage(chartsOf(noisy, `?cards=${cards}&card=c1`));
    await only(page);
    const [header, ...rows] = rowsOf(await saved(page, 'Download CSV'));
    expect([spec, header?.[0], header?.[1]]).toEqual([spec, 'run_id', 'Run']);
    expect(rows.find((row) => row[1] === 'noisy-3')?.[0]).toBe(running);
  }
}, 40_000);

test('shares of params are of the order of the runs, and only what is sure has a direction', async () => {
  const cards = encodeURIComponent('card~c1~importance~metrics.loss');
  await using page = await openPage(chartsOf(params, `?cards=${cards}&card=c1`));
  const card = await only(page);
  const label = (await card.getByRole('img').getAttribute('aria-label')) ?? '';
  expect(label).toMatch(/lr, \d+ %, more lr, more loss; /);
  expect(label).toMatch(/seed, \d %, no direction/);
  expect(label).toMatch(/kind, \d %, no direction/);
  const shares = [...label.matchAll(/, (\d+) %/g)].map(([, share]) => Number(share));
  const together = Number(/(\d+) % of the order/.exec((await card.locator('.chart-notes').textContent()) ?? '')?.[1]);
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - together)).toBeLessThanOrEqual(2);
  const svg = await saved(page, 'Download SVG');
  expect(svg).toContain('more lr, more loss · ρ +1.00');
  // The bar of lr is as long as its figure says of the ground behind it.
  const bars = [...svg.matchAll(/d="M8 50h([\d.]+)v8/g)].map(([, width]) => Number(width));
  expect(((bars[1] ?? 0) / (bars[0] ?? 1)) * 100).toBeCloseTo(shares[0] ?? 0, -0.3);
}, 40_000);

test('pictures say what their x is; an axis of time says the day', async () => {
  const texts = async (query: string): Promise<string> => {
    await using page = await openPage(chartsOf(noisy, `?card=line:loss${query}`));
    await only(page);
    return [...(await saved(page, 'Download SVG')).matchAll(/<text[^>]*>([^<]*)</g)]
      .map(([, words]) => words)
      .join('|');
  };
  expect(await texts('')).toContain('|Step|');
  expect(await texts('&x=relative')).toContain('|Since start|');
  expect(await texts('&x=metric%3Afinal')).toContain('|final|');
  expect(await texts('&x=time')).toMatch(/\|Time, [^|]*2026/);
}, 40_000);

test('metrics without a step in common say so', async () => {
  const apart = await api.createExperiment('apart');
  const id = await newRun(apart, 'apart');
  await api.post('runs/log-batch', {
    run_id: id,
    metrics: [1, 2].map((step) => ({ key: 'loss', value: step, step, timestamp: start })),
  });
  await api.post('runs/log-batch', { run_id: id, metrics: [{ key: 'other', value: 1, step: 7, timestamp: start }] });
  await using page = await openPage(chartsOf(apart, '?card=line:loss&x=metric%3Aother'));
  await page
    .getByText('No run that is shown has steps with both loss and other: there is no x for the points.')
    .waitFor();
}, 30_000);

test('the table of groups has the ends of their bands as columns', async () => {
  await using page = await openPage(chartsOf(noisy, '?card=line:loss&group=params.lr&table=line:loss'));
  const grid = page.getByRole('grid', { name: 'Points of loss' });
  await grid.getByRole('columnheader', { name: 'Low' }).waitFor();
  await grid.getByRole('columnheader', { name: 'High' }).waitFor();
}, 30_000);
