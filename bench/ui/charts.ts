/**
 * The charts page where there are many lines: 500 runs of 1,000 steps in one chart.
 * `bun bench/ui/charts.ts [RUNS [STEPS]]` fills a server through its API, opens the charts of the experiment in Chromium,
 * moves the pointer over the lines and prints the first drawing, the calls it took, and the frames meanwhile. A frame
 * counts from one animation frame to the next; 16.7 ms is the least.
 */
import type { Browser } from 'playwright-core';
import { post } from '../workload.ts';
import { all, benchPages, type FilledServer } from './page-bench.ts';

const runs = Number(process.argv[2] ?? 500);
const steps = Number(process.argv[3] ?? 1000);
const moves = 150;
const start = Date.now() - 3_600_000;
const drawn = "[data-chart][data-drawn='true']";

await benchPages({ about: `${runs} runs of ${steps} steps`, fill, look });

async function look(browser: Browser, server: FilledServer, experiment: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const note = server.note.bind(server);
  const bytes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/metrics/series')) bytes.push(response.body().then((body) => body.length));
  });
  const begin = performance.now();
  await page.goto(`${server.base}/experiments/${experiment}/charts`, { waitUntil: 'commit' });
  await page.locator(drawn).first().waitFor();
  await page.waitForFunction(`window.__charts()[0]?.lines === ${runs}`);
  note('first chart with all lines, ms', performance.now() - begin);
  note('calls for points until then', bytes.length);
  note('kilobytes of points', (await Promise.all(bytes)).reduce((sum, size) => sum + size, 0) / 1000);
  note('points drawn', Number(await page.evaluate('window.__charts()[0].points')));
  const box = await page.locator(`${drawn} .chart-overlay`).first().boundingBox();
  if (!box) throw new Error('no chart to move over');
  await page.evaluate(`(() => {
    const lengths = (window.frameLengths = []);
    let before = performance.now();
    const frame = () => {
      const now = performance.now();
      lengths.push(now - before);
      before = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })()`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const worked = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
  };
  const before = await worked();
  for (let i = 0; i < moves; i++) {
    const [x, y] = [0.08 + (0.88 * i) / moves, 0.5 + 0.35 * Math.sin(i / 6)];
    await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  }
  await page.locator('.chart-tooltip').waitFor();
  note('work of the page for one move, ms', ((await worked()) - before) * (1000 / moves));
  const frames = (await page.evaluate<number[]>('window.frameLengths')).toSorted((a, b) => a - b);
  note('a frame while the pointer moves, middle, ms', frames[frames.length >> 1] ?? NaN);
  note('95th percentile, ms', frames[Math.floor(frames.length * 0.95)] ?? NaN);
  note('the longest, ms', frames.at(-1) ?? NaN);
  note('calls for points in all', bytes.length);
  await page.close();
}

async function fill(server: FilledServer): Promise<string> {
  const { experiment_id: id } = await server.answer<{ experiment_id: string }>(
    post('experiments/create', { name: 'lines' }),
  );
  await all(runs, (i) => fillRun(server, id, i));
  return id;
}

async function fillRun(server: FilledServer, experiment_id: string, i: number): Promise<void> {
  const body = { experiment_id, run_name: `run-${String(i).padStart(4, '0')}`, start_time: start + i };
  const { run } = await server.answer<{ run: { info: { run_id: string } } }>(post('runs/create', body));
  const { run_id } = run.info;
  for (let from = 0; from < steps; from += 1000) {
    const metrics = Array.from({ length: Math.min(1000, steps - from) }, (_, k) => lossOf(i, from + k));
    await server.answer(post('runs/log-batch', { run_id, metrics }));
  }
  await server.answer(post('runs/update', { run_id, status: 'FINISHED', end_time: start + steps * 1500 }));
}

/** A loss that falls, each run at its own pace, with a ripple that no thinning may lose. */
function lossOf(run: number, step: number): object {
  const value = Math.exp(-step / (100 + run)) + 0.05 * Math.sin(step / 7 + run) + 0.03 * Math.sin(step * 12.9898 + run);
  return { key: 'loss', value, step, timestamp: start + step * 1500 };
}
