/**
 * The web UI where there is much: 100,000 runs in one experiment, a run of 12,000 metrics, 5,000 registered models.
 * `bun bench/ui/large.ts [RUNS]` fills a server through its API, which takes a minute or two, and opens its pages in
 * Chromium. A frame counts from one animation frame to the next while a table is scrolled; 16.7 ms is the least.
 */
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { RunningSystem } from '../system.ts';
import { createRunRequest, fillRunRequest, post, runName } from '../workload.ts';
import type { HttpRequest } from '../http-connection.ts';

const runs = Number(process.argv[2] ?? 100_000);
const models = 5000;
const wideKeys = 12_000;
const rounds = 3;
const scrolledFrames = 120;
/** In the page: the lengths of its frames, in order of length. */
const scrolling = `async (element) => {
  const lengths = [];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  element.scrollTop = 0;
  await frame();
  for (let before = performance.now(); lengths.length < ${scrolledFrames}; ) {
    element.scrollTop += 100;
    await frame();
    const now = performance.now();
    lengths.push(now - before);
    before = now;
  }
  return lengths.sort((a, b) => a - b);
}`;

const root = join(import.meta.dir, '../..');

const { running } = await RunningSystem.start({
  name: 'modelyard',
  command: (folder, port) => [join(root, 'bin/modelyard'), 'server', '--port', String(port), '--data', folder],
});
const base = `http://127.0.0.1:${running.port}`;
const figures = new Map<string, number[]>();
try {
  const many = await fillRuns();
  const wide = await fillWideRun();
  await all(models, (i) => answer(post('registered-models/create', { name: `model-${String(i).padStart(4, '0')}` })));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  console.log(
    `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores; ${rounds} rounds: middle, least, most`,
  );
  try {
    for (let round = 0; round < rounds; round++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await lookAtRuns(page, many);
      await timed(`a run of ${wideKeys.toLocaleString('en')} metrics`, async () => {
        await page.goto(`${base}/experiments/${wide.experiment}/runs/${wide.run}`, { waitUntil: 'commit' });
        await page.getByText('unit5', { exact: true }).waitFor();
      });
      await timed(`the list of ${models.toLocaleString('en')} models`, async () => {
        await page.goto(`${base}/models`, { waitUntil: 'commit' });
        await page.getByText('model-0000').waitFor();
      });
      await scroll(page, 'models', '[role=grid]');
      await page.close();
    }
  } finally {
    await browser.close();
  }
  for (const [name, times] of figures) {
    const sorted = times.toSorted((a, b) => a - b);
    const shown = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map((ms) => ms?.toFixed(0).padStart(8));
    console.log(`${name.padEnd(44)}${shown.join('')} ms`);
  }
} finally {
  await running.stop();
}

async function lookAtRuns(page: Page, experiment: string): Promise<void> {
  const row = (n: number) => page.locator('[data-run-id]', { hasText: runName(n) });
  await timed(`first rows of ${runs.toLocaleString('en')} runs`, async () => {
    await page.goto(`${base}/experiments/${experiment}/runs`, { waitUntil: 'commit' });
    await row(runs - 1).waitFor();
  });
  await scroll(page, 'runs', '[data-testid=runs-scroller]');
  await timed('the End key, to the last row', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await row(0).waitFor();
  });
  await timed('ordered by a metric', async () => {
    await page.goto(`${base}/experiments/${experiment}/runs?sort=~metrics.m2`, { waitUntil: 'commit' });
    await page.locator('[data-run-id]').first().waitFor();
  });
  await timed('a filter to one in a hundred', async () => {
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.m1 > 0.99');
    await page.getByText('runs match').waitFor();
  });
}

async function scroll(page: Page, what: string, selector: string): Promise<void> {
  const frames = (await page.evaluate(`(${scrolling})(document.querySelector('${selector}'))`)) as number[];
  note(`a frame of scrolling ${what}, 95th percentile`, frames[Math.floor(scrolledFrames * 0.95)] ?? NaN);
  note(`the longest frame of ${what}`, frames.at(-1) ?? NaN);
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  note(name, performance.now() - start);
}

function note(name: string, ms: number): void {
  figures.set(name, [...(figures.get(name) ?? []), ms]);
}

async function fillRuns(): Promise<string> {
  const { experiment_id: id } = await answer<{ experiment_id: string }>(post('experiments/create', { name: 'many' }));
  await all(runs, async (i) => {
    const { run } = await answer<{ run: { info: { run_id: string } } }>(createRunRequest(id, i));
    await answer(fillRunRequest(run.info.run_id, i));
  });
  return id;
}

async function fillWideRun(): Promise<{ experiment: string; run: string }> {
  const { experiment_id: id } = await answer<{ experiment_id: string }>(post('experiments/create', { name: 'wide' }));
  const { run } = await answer<{ run: { info: { run_id: string } } }>(createRunRequest(id, 0));
  const run_id = run.info.run_id;
  for (let first = 0; first < wideKeys; first += 1000) {
    const metrics = Array.from({ length: 1000 }, (_, i) => metricOf(first / 1000, i));
    await answer(post('runs/log-batch', { run_id, metrics }));
  }
  return { experiment: id, run: run_id };
}

function metricOf(layer: number, unit: number): object {
  return { key: `layer${layer}/unit${unit}`, value: unit / 7, timestamp: 1, step: 0 };
}

/** Some at a time. */
async function all(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

async function answer<T>({ method, path, body }: HttpRequest): Promise<T> {
  const response = await fetch(base + path, {
    method,
    body: body as string,
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return (await response.json()) as T;
}
