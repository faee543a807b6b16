/**
 * The web UI where there is much: 100,000 runs in one experiment, a run of 12,000 metrics, 5,000 registered models.
 * `bun bench/ui/large.ts [RUNS]` fills a server through its API, which takes a minute or two, and opens its pages in
 * Chromium. A frame counts from one animation frame to the next while a table is scrolled; 16.7 ms is the least.
 */
import type { Browser, Page } from 'playwright-core';
import { createRunRequest, fillRunRequest, post, runName } from '../workload.ts';
import { all, benchPages, type FilledServer } from './page-bench.ts';

const runs = Number(process.argv[2] ?? 100_000);
const models = 5000;
const wideKeys = 12_000;
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

interface Filled {
  readonly many: string;
  readonly wide: { readonly experiment: string; readonly run: string };
}

await benchPages({ about: 'the pages where there is much', unit: ' ms', fill, look });

async function fill(server: FilledServer): Promise<Filled> {
  const [many, wide] = [await fillRuns(server), await fillWideRun(server)];
  await all(models, (i) =>
    server.answer(post('registered-models/create', { name: `model-${String(i).padStart(4, '0')}` })),
  );
  return { many, wide };
}

async function look(browser: Browser, server: FilledServer, { many, wide }: Filled): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await lookAtRuns(page, server, many);
  await timed(server, `a run of ${wideKeys.toLocaleString('en')} metrics`, async () => {
    await page.goto(`${server.base}/experiments/${wide.experiment}/runs/${wide.run}`, { waitUntil: 'commit' });
    await page.getByText('unit5', { exact: true }).waitFor();
  });
  await timed(server, `the list of ${models.toLocaleString('en')} models`, async () => {
    await page.goto(`${server.base}/models`, { waitUntil: 'commit' });
    await page.getByText('model-0000').waitFor();
  });
  await scroll(page, server, 'models', '[role=grid]');
  await page.close();
}

async function lookAtRuns(page: Page, server: FilledServer, experiment: string): Promise<void> {
  const row = (n: number) => page.locator('[data-run-id]', { hasText: runName(n) });
  await timed(server, `first rows of ${runs.toLocaleString('en')} runs`, async () => {
    await page.goto(`${server.base}/experiments/${experiment}/runs`, { waitUntil: 'commit' });
    await row(runs - 1).waitFor();
  });
  await scroll(page, server, 'runs', '[data-testid=runs-scroller]');
  await timed(server, 'the End key, to the last row', async () => {
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await row(0).waitFor();
  });
  await timed(server, 'ordered by a metric', async () => {
    await page.goto(`${server.base}/experiments/${experiment}/runs?sort=~metrics.m2`, { waitUntil: 'commit' });
    await page.locator('[data-run-id]').first().waitFor();
  });
  await timed(server, 'a filter to one in a hundred', async () => {
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('metrics.m1 > 0.99');
    await page.getByText('runs match').waitFor();
  });
}

async function scroll(page: Page, server: FilledServer, what: string, selector: string): Promise<void> {
  const frames = (await page.evaluate(`(${scrolling})(document.querySelector('${selector}'))`)) as number[];
  server.note(`a frame of scrolling ${what}, 95th percentile`, frames[Math.floor(scrolledFrames * 0.95)] ?? NaN);
  server.note(`the longest frame of ${what}`, frames.at(-1) ?? NaN);
}

async function timed(server: FilledServer, name: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  server.note(name, performance.now() - start);
}

async function fillRuns(server: FilledServer): Promise<string> {
  const { experiment_id: id } = await server.answer<{ experiment_id: string }>(
    post('experiments/create', { name: 'many' }),
  );
  await all(runs, async (i) => {
    const { run } = await server.answer<{ run: { info: { run_id: string } } }>(createRunRequest(id, i));
    await server.answer(fillRunRequest(run.info.run_id, i));
  });
  return id;
}

async function fillWideRun(server: FilledServer): Promise<{ experiment: string; run: string }> {
  const { experiment_id: id } = await server.answer<{ experiment_id: string }>(
    post('experiments/create', { name: 'wide' }),
  );
  const { run } = await server.answer<{ run: { info: { run_id: string } } }>(createRunRequest(id, 0));
  const run_id = run.info.run_id;
  for (let first = 0; first < wideKeys; first += 1000) {
    const metrics = Array.from({ length: 1000 }, (_, i) => metricOf(first / 1000, i));
    await server.answer(post('runs/log-batch', { run_id, metrics }));
  }
  return { experiment: id, run: run_id };
}

function metricOf(layer: number, unit: number): object {
  return { key: `layer${layer}/unit${unit}`, value: unit / 7, timestamp: 1, step: 0 };
}
