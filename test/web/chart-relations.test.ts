/** Scatter plots, parallel coordinates and the importance of params: what they select, narrow and say. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Locator, Page } from 'playwright-core';
import { Api } from '../support/api.ts';
import type { TestServer } from '../support/start-server.ts';
import { axe } from './support/axe.ts';
import { openPage as openPageOf } from './support/browser.ts';
import { eventually } from './support/eventually.ts';
import { tabTo } from './support/keyboard.ts';
import { freshServer } from './support/server.ts';

const runCount = 24;
const start = Date.now() - 3_600_000;

let server: TestServer;
let api: Api;
let experiment: string;
const runIds: string[] = [];

/** The loss grows with the width; every fourth run has no dropout. */
async function trial(i: number): Promise<void> {
  const run_id = await api.createRun({
    experiment_id: experiment,
    run_name: `trial-${String(i).padStart(2, '0')}`,
    start_time: start + i * 1000,
  });
  runIds[i] = run_id;
  const params = {
    width: i + 1,
    lr: 10 ** -(1 + (i % 4)),
    optimizer: ['adam', 'lion', 'sgd'][i % 3],
    batch: 32,
    ...(i % 4 === 0 ? {} : { dropout: (i % 4) / 10 }),
  };
  await api.post('runs/log-batch', {
    run_id,
    params: Object.entries(params).map(([key, value]) => ({ key, value: String(value) })),
    metrics: [{ key: 'loss', value: (i + 1) / 10, timestamp: start, step: 0 }],
  });
  await api.post('runs/update', { run_id, status: 'FINISHED', end_time: start + 60_000 + i * 1000 });
}

beforeAll(async () => {
  server = await freshServer();
  api = new Api(server);
  experiment = await api.createExperiment('relations');
  await Promise.all(Array.from({ length: runCount }, (_, i) => trial(i)));
}, 60_000);
afterAll(() => server.stop());

const cards = {
  scatter: 'card~c1~scatter~params.width;metrics.loss',
  parallel: 'card~c1~parallel~params.width;params.lr;params.optimizer;params.dropout;params.batch;metrics.loss',
  importance: 'card~c1~importance~metrics.loss',
} as const;

/** The page with one card over all of its width. */
async function openCard(kind: keyof typeof cards, options = '', theme: 'light' | 'dark' = 'light'): Promise<Page> {
  const layout = encodeURIComponent(cards[kind] + (options === '' ? '' : `~${options}`));
  const page = await openPageOf(`/experiments/${experiment}/charts?cards=${layout}&card=c1`, { server, theme });
  await page.locator('[data-card=c1] [data-drawn=true]').waitFor();
  await page.locator('[data-run-id]').first().waitFor();
  return page;
}

const card = (page: Page): Locator => page.locator('[data-card=c1]');
const ticked = (page: Page): Locator => page.locator('[data-run-id][aria-selected=true]');
const listed = (page: Page): Locator => page.locator('.run-list-grid [data-run-id]');

async function hasCount(locator: Locator, wanted: number): Promise<void> {
  // Waits for the last of them, then for no more.
  if (wanted > 0) await locator.nth(wanted - 1).waitFor();
  await locator.nth(wanted).waitFor({ state: 'detached' });
  expect(await locator.count()).toBe(wanted);
}

/** Drags through parts of an element's box. */
async function drag(page: Page, element: Locator, way: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const box = await element.boundingBox();
  if (!box) throw new Error('it is not there');
  const [first, ...rest] = way.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...(first ?? [0, 0]));
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place, { steps: 8 });
  await page.mouse.up();
}

test('a box selects the runs in it, Shift adds, a press beside them gives them back', async () => {
  await using page = await openCard('scatter');
  const plot = card(page).locator('.relation-overlay');
  // Points lie on the diagonal: the lower left half of the picture has the first ones.
  await drag(page, plot, [[0.01, 0.99], [0.5, 0.01]]); // prettier-ignore
  await card(page).getByText(/\d+ selected/).waitFor(); // prettier-ignore
  const some = await ticked(page).count();
  expect(some).toBeGreaterThan(6);
  expect(some).toBeLessThan(18);
  await page.keyboard.down('Shift');
  await drag(page, plot, [[0.4, 0.01], [0.99, 0.99]]); // prettier-ignore
  await page.keyboard.up('Shift');
  await hasCount(ticked(page), runCount);
  await page.mouse.click(...(await corner(plot)));
  await hasCount(ticked(page), 0);
});

async function corner(element: Locator): Promise<readonly [x: number, y: number]> {
  const box = await element.boundingBox();
  return [(box?.x ?? 0) + (box?.width ?? 0) * 0.9, (box?.y ?? 0) + (box?.height ?? 0) * 0.8];
}

test('a lasso selects what it goes around', async () => {
  await using page = await openCard('scatter');
  await card(page).getByRole('button', { name: 'Lasso' }).click();
  await page.waitForURL(/lasso/);
  const plot = card(page).locator('.relation-overlay');
  // A triangle below the diagonal has none of the points, one above and below it has all.
  await drag(page, plot, [[0.3, 0.95], [0.98, 0.95], [0.98, 0.3], [0.3, 0.95]]); // prettier-ignore
  await hasCount(ticked(page), 0);
  await drag(page, plot, [[0.01, 0.99], [0.99, 0.99], [0.99, 0.01], [0.01, 0.01], [0.01, 0.99]]); // prettier-ignore
  await hasCount(ticked(page), runCount);
});

test('trend and correlation are said, and both axes of a scatter plot may be logarithmic', async () => {
  await using page = await openCard('scatter');
  await card(page).getByText('Pearson r 1.00').waitFor();
  expect(await card(page).getByRole('status').first().textContent()).toContain('Spearman ρ 1.00');
  await using logged = await openCard('scatter', 'xScale=log;yScale=log');
  await card(logged).getByText('Pearson r 1.00 on log axes').waitFor();
  await using categories = await openCard('scatter', 'xScale=category');
  await card(categories).getByText(/^24 runs/).waitFor(); // prettier-ignore
  expect(await card(categories).getByText('Pearson').count()).toBe(0);
});

test('by keys alone a point is found, selected and opened', async () => {
  await using page = await openCard('scatter', 'colour=params.optimizer;size=metrics.loss');
  await tabTo(page, /^application .*lr|^application .*width/, 200);
  await page.keyboard.press('Home');
  const tip = card(page).locator('.chart-tooltip');
  expect(await tip.textContent()).toContain('trial-00');
  await page.keyboard.press('ArrowRight');
  await tip.getByText('trial-01').waitFor();
  expect(await tip.textContent()).toMatch(/optimizer.*lion/);
  await page.keyboard.press('Space');
  await hasCount(ticked(page), 1);
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await hasCount(ticked(page), 2);
  await page.keyboard.press('Escape');
  await hasCount(ticked(page), 0);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/runs\//);
  await page.getByRole('heading', { name: 'trial-00' }).waitFor();
});

test('brushes of several axes narrow the list, stand in the address and are cleared', async () => {
  await using page = await openCard('parallel');
  expect(await card(page).getByText('The same in all runs: batch').count()).toBe(1);
  await drag(page, strip(page, 'width'), [[0.5, 0.02], [0.5, 0.5]]); // prettier-ignore
  await page.waitForFunction(() => Number(document.querySelector('[data-passing]')?.getAttribute('data-passing')) < 24);
  const upper = Number(await card(page).locator('[data-passing]').getAttribute('data-passing'));
  expect(upper).toBeGreaterThan(8);
  await hasCount(listed(page), upper);
  // Categories are brushed whole.
  await drag(page, strip(page, 'optimizer'), [[0.5, 0.9], [0.5, 0.8]]); // prettier-ignore
  await page.waitForFunction(
    (n) => Number(document.querySelector('[data-passing]')?.getAttribute('data-passing')) < n,
    upper,
  );
  const both = Number(await card(page).locator('[data-passing]').getAttribute('data-passing'));
  expect(both).toBe(Math.round(upper / 3));
  await hasCount(listed(page), both);
  await page.reload();
  await hasCount(listed(page), both);
  // What is wide has no small loss: nothing is left, which is not the same as no brush.
  await drag(page, strip(page, 'loss'), [[0.5, 0.97], [0.5, 0.85]]); // prettier-ignore
  await card(page).getByText('0 of 24 runs within the brushes').waitFor();
  await hasCount(listed(page), 0);
  await card(page).getByRole('button', { name: 'Clear the brushes' }).click();
  await hasCount(listed(page), runCount);
});

test('a brush of the address narrows the list before its card has come into view', async () => {
  const bars = Array.from({ length: 9 }, (_, i) => `card~c${i + 2}~bar~metrics.loss`);
  const layout = [...bars, `${cards.parallel}~${brushOf('params.width', 1, 6)}`].join();
  await using page = await openPageOf(`/experiments/${experiment}/charts?cards=${encodeURIComponent(layout)}`, {
    server,
  });
  await hasCount(listed(page), 6);
  expect(await card(page).count()).toBe(0);
  await page.getByRole('button', { name: 'Clear the brushes' }).click();
  await hasCount(listed(page), runCount);
});

/** As an option in the address. */
function brushOf(...parts: readonly (string | number)[]): string {
  return `brushes|${JSON.stringify(parts).replaceAll(',', '%2C')}`;
}

test('keys that follow each other are one step of undo', async () => {
  await using page = await openCard('parallel');
  const high = axisOf(page, 'width').getByRole('slider', { name: 'width: upper end of the brush' });
  await high.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('PageDown');
  await hasCount(listed(page), Math.ceil(runCount / 2));
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await hasCount(listed(page), runCount);
});

test('a pinned run that the filter leaves out has its values all the same', async () => {
  const query = new URLSearchParams({ cards: cards.scatter, card: 'c1', table: 'c1', filter: "params.width = '3'", pin: runIds[8] ?? '' }); // prettier-ignore
  await using page = await openPageOf(`/experiments/${experiment}/charts?${query}`, { server });
  const rows = card(page).getByRole('row');
  await rows.filter({ hasText: 'trial-08' }).filter({ hasText: '0.9' }).waitFor();
  await rows.filter({ hasText: 'trial-02' }).waitFor();
});

const axisOf = (page: Page, name: string): Locator => card(page).getByRole('group', { name, exact: true });
const strip = (page: Page, name: string): Locator => axisOf(page, name).locator('.parallel-strip');

test('by keys alone an axis is brushed, runs without a value have a place of their own', async () => {
  await using page = await openCard('parallel');
  const high = axisOf(page, 'dropout').getByRole('slider', { name: 'dropout: upper end of the brush' });
  await high.focus();
  // From the top of the axis to its bottom, and on to those that have none.
  await page.keyboard.press('Home');
  await page.keyboard.press('Home');
  expect(await high.getAttribute('aria-valuenow')).toBe('0');
  const low = axisOf(page, 'dropout').getByRole('slider', { name: 'dropout: lower end of the brush' });
  await low.focus();
  await page.keyboard.press('Home');
  expect(await low.getAttribute('aria-valuetext')).toBe('none');
  await high.focus();
  await page.keyboard.press('ArrowDown');
  expect(await high.getAttribute('aria-valuetext')).toBe('none');
  await hasCount(listed(page), runCount / 4);
  expect(await focusedLabel(page)).toBe('dropout: upper end of the brush');
  await page.keyboard.press('Escape');
  await hasCount(listed(page), runCount);
  await axisOf(page, 'optimizer').getByRole('slider', { name: 'optimizer: upper end of the brush' }).focus();
  await page.keyboard.press('ArrowDown');
  await hasCount(listed(page), (runCount * 2) / 3);
});

async function focusedLabel(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
}

test('axes change places by dragging and by keys, turn around and take another scale', async () => {
  await using page = await openCard('parallel');
  const order = (): Promise<readonly (string | null)[]> =>
    card(page).getByRole('group', { name: 'Axes' }).locator('> [role=group]').evaluateAll((axes) => axes.map((axis) => axis.getAttribute('aria-label'))); // prettier-ignore
  expect(await order()).toEqual(['width', 'lr', 'optimizer', 'dropout', 'loss']);
  const head = card(page).getByRole('button', { name: 'Axis lr' });
  await head.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.waitForURL(/optimizer.*lr.*dropout/);
  await eventually(order, ['width', 'optimizer', 'lr', 'dropout', 'loss']);
  expect(await focusedLabel(page)).toBe('Axis lr');
  const [from, to] = [
    await head.boundingBox(),
    await card(page).getByRole('button', { name: 'Axis width' }).boundingBox(),
  ];
  await page.mouse.move((from?.x ?? 0) + 20, (from?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move((to?.x ?? 0) + 20, (to?.y ?? 0) + 10, { steps: 8 });
  await page.mouse.up();
  await page.waitForURL(/lr.*width.*optimizer/);
  await eventually(order, ['lr', 'width', 'optimizer', 'dropout', 'loss']);
  // A head that was dragged opens no menu.
  expect(await page.getByRole('menu').count()).toBe(0);
  await head.click();
  expect(await page.getByRole('menuitemcheckbox', { name: 'Logarithmic' }).getAttribute('aria-checked')).toBe('true');
  await page.getByRole('menuitemcheckbox', { name: 'Least at the top' }).click();
  await page.waitForURL(/flipped/);
  await page.getByRole('menuitemcheckbox', { name: 'Categories' }).click();
  await page.waitForURL(/scales/);
});

test('a line that is pointed at says what the run is, and a press opens it', async () => {
  await using page = await openCard('parallel');
  const plot = card(page).locator('.relation-chart');
  const box = await plot.boundingBox();
  const tip = card(page).locator('.chart-tooltip');
  // Down the room between two axes until a line is met.
  for (let part = 0.2; part < 0.8 && (await tip.count()) === 0; part += 0.01) {
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * 0.18, (box?.y ?? 0) + (box?.height ?? 0) * part);
  }
  const name = /trial-\d\d/.exec((await tip.textContent()) ?? '')?.[0] ?? 'none';
  expect(await tip.textContent()).toMatch(/width.*lr.*optimizer.*loss/);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForURL(/\/runs\//);
  await page.getByRole('heading', { name }).waitFor();
});

test('params are ranked by what they tell of a metric, with the direction in words', async () => {
  await using page = await openCard('importance');
  const chart = card(page).getByRole('img');
  expect(await chart.getAttribute('aria-label')).toMatch(/what they tell of loss: width, \d+ %, more width, more loss/);
  await card(page).getByText(/Together the params tell \d+ % of the order of the runs: .* · 24 runs/).waitFor(); // prettier-ignore
  await card(page)
    .getByRole('button', { name: /view and download/ })
    .click();
  await page.getByRole('menuitem', { name: 'View as table' }).click();
  const rows = card(page).getByRole('row');
  await rows.nth(1).waitFor();
  expect(await rows.nth(1).textContent()).toMatch(/width.*more width, more loss/);
  expect(await card(page).getByText('batch').count()).toBe(0);
});

test('as a file each has its axes, legend and bars as vectors', async () => {
  for (const [kind, options, wanted] of [
    ['scatter', 'colour=params.optimizer', ['width', 'loss', 'optimizer', 'sgd']],
    ['parallel', '', ['width', 'lr', 'optimizer', 'none', 'loss']],
    ['importance', '', ['width', 'more width, more loss · ρ +1.00']],
  ] as const) {
    await using page = await openCard(kind, options);
    const download = page.waitForEvent('download');
    await card(page)
      .getByRole('button', { name: /view and download/ })
      .click();
    await page.getByRole('menuitem', { name: 'Download SVG' }).click();
    const svg = await Bun.file(await (await download).path()).text();
    const facts = await page.evaluate((content) => {
      const file = new DOMParser().parseFromString(content, 'image/svg+xml');
      const texts = [...file.querySelectorAll('text')].map((one) => one.textContent);
      return { texts, paths: file.querySelectorAll('path').length, wrong: file.querySelectorAll('parsererror, image').length };
    }, svg); // prettier-ignore
    expect(facts.wrong).toBe(0);
    expect(facts.paths).toBeGreaterThan(4);
    expect(wanted.filter((word) => !facts.texts.includes(word))).toEqual([]);
  }
});

test('importance is that of the runs that are shown', async () => {
  await using page = await openPageOf(
    `/experiments/${experiment}/charts?cards=${encodeURIComponent(cards.importance)}&card=c1&filter=${encodeURIComponent("params.optimizer = 'adam'")}`,
    { server },
  );
  await card(page).getByText('Importance needs 10 runs; these are correlations alone.').waitFor();
});

test('no rule of accessibility is broken, light or dark', async () => {
  for (const kind of ['scatter', 'parallel', 'importance'] as const) {
    await using page = await openCard(kind);
    expect(await axe(page)).toEqual([]);
  }
}, 60_000);

test('1,000 runs are brushed and pointed at without a frame that is felt', async () => {
  const id = await api.createExperiment('many relations');
  const many = Array.from({ length: 1000 }, (_, i) => i);
  for (let from = 0; from < many.length; from += 40) {
    await Promise.all(
      many.slice(from, from + 40).map(async (i) => {
        const run_id = await api.createRun({ experiment_id: id, run_name: `run-${i}` });
        await api.post('runs/log-batch', {
          run_id,
          params: ['a', 'b', 'c', 'd'].map((key, k) => ({ key, value: String((i * (k * 7 + 3)) % 101) })),
          metrics: [{ key: 'loss', value: i, timestamp: 1, step: 0 }],
        });
      }),
    );
  }
  const layout = encodeURIComponent('card~c1~parallel~params.a;params.b;params.c;params.d;metrics.loss');
  await using page = await openPageOf(`/experiments/${id}/charts?cards=${layout}&card=c1`, { server });
  await page.locator('[data-card=c1] [data-passing="1000"]').waitFor();
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let before = performance.now();
        const next = (now: number): void => {
          gaps.push(now - before);
          before = now;
          if (gaps.length < 60) requestAnimationFrame(next);
          else resolve(gaps);
        };
        requestAnimationFrame(next);
      }),
  );
  await drag(page, strip(page, 'b'), [[0.5, 0.05], [0.5, 0.4], [0.5, 0.9], [0.5, 0.5]]); // prettier-ignore
  const sorted = (await frames).toSorted((a, b) => a - b);
  // The machine of the tests is shared: most frames, not every one.
  expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThan(250);
  expect(Number(await card(page).locator('[data-passing]').getAttribute('data-passing'))).toBeLessThan(1000);
}, 120_000);
