/** Series of points: which is the latest, in which order a history comes, and what long reads cost others. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Api, type HistoryPage, type Metric } from '../support/api.ts';
import { Random } from '../support/random.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
}, 30_000);

afterAll(() => server.stop());

interface Point {
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** NaN counts as 0 when points are compared. */
function rank({ value }: Point): number {
  return Number.isNaN(value) ? 0 : value;
}

/** The rule of the latest point: the greatest step, then timestamp, then value. */
function byStep(a: Point, b: Point): number {
  return a.step - b.step || a.timestamp - b.timestamp || rank(a) - rank(b);
}

/** The order of a history. */
function byTime(a: Point, b: Point): number {
  return a.timestamp - b.timestamp || a.step - b.step || rank(a) - rank(b);
}

function onWire(key: string, { value, timestamp, step }: Point): Metric {
  return { key, value: Number.isNaN(value) ? 'NaN' : value, timestamp, step };
}

function body(text: { value: number }): unknown {
  return Number.isNaN(text.value) ? { ...text, value: 'NaN' } : text;
}

async function logBatch(runId: string, key: string, points: readonly Point[]): Promise<void> {
  for (let i = 0; i < points.length; i += 1000) {
    const metrics = points.slice(i, i + 1000).map((point) => body({ key, ...point } as Point));
    await api.post('runs/log-batch', { run_id: runId, metrics });
  }
}

async function pages(runId: string, key: string, size: number, between?: () => Promise<void>): Promise<Metric[]> {
  const found: Metric[] = [];
  let token = '';
  for (let n = 0; n < 1000; n++) {
    const query = `run_id=${runId}&metric_key=${key}&max_results=${size}&page_token=${encodeURIComponent(token)}`;
    const page = await api.get<HistoryPage>(`metrics/get-history?${query}`);
    found.push(...(page.metrics ?? []));
    if (page.next_page_token === undefined) return found;
    token = page.next_page_token;
    await between?.();
  }
  throw new Error('the pages do not end');
}

describe('the latest point', () => {
  test.each<[string, Point[], number]>([
    ['has the greatest step, though it came first', [p(3, 1, 9), p(1, 5, 2), p(2, 9, 5)], 3],
    ['among equal steps the greatest timestamp', [p(1, 7, 1), p(2, 9, 1), p(3, 8, 1)], 2],
    ['among equal times the greatest value', [p(1, 1, 1), p(3, 1, 1), p(2, 1, 1)], 3],
    ['takes negative steps for smaller', [p(1, 1, -5), p(2, 1, -9)], 1],
  ])('%s', async (_name, points, latest) => {
    for (const order of [points, [...points].reverse()]) {
      const [one, many] = [await api.createRun(), await api.createRun()];
      for (const point of order) await logBatch(one, 'm', [point]);
      await logBatch(many, 'm', order);
      for (const id of [one, many]) expect((await api.run(id)).data.metrics?.map((m) => m.value)).toEqual([latest]);
    }
  });

  test('follows the rule for random points in random order, as histories do', async () => {
    const random = new Random();
    const one = async (requests: number): Promise<void> => {
      const id = await api.createRun();
      const sent = new Map<string, Map<string, Point>>();
      for (let request = 0; request < requests; request++) {
        const metrics = Array.from({ length: 1 + random.below(6) }, () => {
          const point = p(random.pick([-2, -1, 1, 2, 0.5, NaN]), random.below(4), random.below(requests / 3) - 2);
          return { key: random.pick(['a', 'b', 'c']), ...point };
        });
        for (const { key, ...point } of metrics) {
          const points = sent.get(key) ?? new Map<string, Point>();
          sent.set(key, points.set(JSON.stringify(body(point)), point));
        }
        if (metrics.length === 1) await api.post('runs/log-metric', { run_id: id, ...(body(metrics[0]!) as object) });
        else await api.post('runs/log-batch', { run_id: id, metrics: metrics.map(body) });
      }
      const latest = new Map((await api.run(id)).data.metrics?.map((metric) => [metric.key, metric]));
      for (const [key, points] of sent) {
        const byRule = [...points.values()].sort(byStep).at(-1)!;
        expect([random.seed, latest.get(key)]).toEqual([random.seed, onWire(key, byRule)]);
        const history = [...points.values()].sort(byTime).map((point) => onWire(key, point));
        expect([random.seed, await api.history(id, key)]).toEqual([random.seed, history]);
        expect([random.seed, await pages(id, key, 3)]).toEqual([random.seed, history]);
      }
      expect(latest.size).toBe(sent.size);
    };
    for (let round = 0; round < 3; round++) await Promise.all(Array.from({ length: 8 }, () => one(15)));
    // So many that the points are moved from where they arrive to where they stay, twice.
    await Promise.all(Array.from({ length: 4 }, () => one(300)));
  }, 20_000);
});

function p(value: number, timestamp: number, step: number): Point {
  return { value, timestamp, step };
}

describe('a history', () => {
  const count = 5000;
  const ordered = Array.from({ length: count }, (_, i) => p(i, i * 10, i));
  // Two processes whose clocks differ: time goes back and forth while the step grows.
  const mixed = Array.from({ length: count }, (_, i) => p(i, i * 10 + (i % 2 === 0 ? 995 : 0), i));
  const backwards = Array.from({ length: count }, (_, i) => p(i, (count - i) * 10, i));

  test.each([
    ['in step', ordered],
    ['of two clocks', mixed],
    ['that runs backwards', backwards],
  ])('%s comes by time, whole and in pages', async (_name, points) => {
    const id = await api.createRun();
    await logBatch(id, 'm', points);
    const expected = [...points].sort(byTime).map((point) => onWire('m', point));
    expect(await api.history(id, 'm')).toEqual(expected);
    expect(await pages(id, 'm', 777)).toEqual(expected);
  });

  test.each([
    ['in step', ordered],
    ['of two clocks', mixed],
  ])('%s gives each point once while later ones are added between the pages', async (_name, points) => {
    const id = await api.createRun();
    await logBatch(id, 'm', points);
    let added = 0;
    const add = async (): Promise<void> => {
      const n = count + added++;
      await logBatch(id, 'm', [p(n, n * 10 + 995, n)]);
    };
    const found = await pages(id, 'm', 500, add);
    const expected = [
      ...points,
      ...Array.from({ length: added }, (_, i) => p(count + i, (count + i) * 10 + 995, count + i)),
    ];
    expect(found).toEqual(expected.sort(byTime).map((point) => onWire('m', point)));
  });

  test.each([128, 300])('of %d requests comes whole, in pages of any size, sent twice or once', async (requests) => {
    const id = await api.createRun();
    const points = ordered.slice(0, 4 * requests);
    for (let i = 0; i < points.length; i += 4) {
      const four = points.slice(i, i + 4).map((point) => [onWire('m', point), onWire('n', point)]);
      await api.post('runs/log-batch', { run_id: id, metrics: four.flat() });
      if (i % 100 === 0) await logBatch(id, 'n', points.slice(i, i + 1));
    }
    for (const key of ['m', 'n']) {
      const expected = points.map((point) => onWire(key, point));
      for (const size of [100, 255, 256, 257, 5000]) expect(await pages(id, key, size)).toEqual(expected);
      const query = `run_ids=${id}&metric_key=${key}&max_results=2500`;
      const sampled = await new Api(server, '/ajax-api/2.0/mlflow').get<HistoryPage>(
        `metrics/get-history-bulk-interval?${query}`,
      );
      expect(sampled.metrics?.map(({ step, value }) => [step, value])).toEqual(
        points.map((one) => [one.step, one.value]),
      );
    }
  });

  test('that falls out of step between two pages still comes by time', async () => {
    const id = await api.createRun();
    await logBatch(id, 'm', ordered.slice(0, 100));
    expect(await pages(id, 'm', 30)).toHaveLength(100);
    await logBatch(id, 'm', [p(-1, 5, 1000)]);
    await logBatch(id, 'other', [p(1, 1, 1)]);
    const expected = [...ordered.slice(0, 100), p(-1, 5, 1000)].sort(byTime).map((point) => onWire('m', point));
    expect(await pages(id, 'm', 30)).toEqual(expected);
    await logBatch(id, 'm', [p(-2, 7, 1001)]);
    expect(await api.history(id, 'm')).toHaveLength(102);
  });
});

test('a history of 300,000 points read again and again does not hold up writes', async () => {
  const [long, id] = [await api.createRun(), await api.createRun()];
  const part = async (first: number): Promise<void> => {
    for (let from = first; from < 300_000; from += 4000) {
      await logBatch(
        long,
        'm',
        Array.from({ length: 1000 }, (_, i) => p(i, from + i, from + i)),
      );
    }
  };
  await Promise.all([0, 1000, 2000, 3000].map(part));
  let step = 0;
  const logged = async (times: number[]): Promise<void> => {
    const started = performance.now();
    await api.post('runs/log-metric', { run_id: id, key: 'm', value: 1, timestamp: 1, step: step++ });
    times.push(performance.now() - started);
  };
  const p99 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
  const idle: number[] = [];
  while (idle.length < 300) await logged(idle);
  const busy: number[] = [];
  const state = { reading: true };
  const reads = readInProcesses(`${server.url}/api/2.0/mlflow/metrics/get-history?run_id=${long}&metric_key=m`).finally(
    () => (state.reading = false),
  );
  while (state.reading) await logged(busy);
  for (const bytes of await reads) expect(bytes).toBeGreaterThan(15_000_000);
  expect(busy.length).toBeGreaterThan(100);
  // Two cores carry four processes here; a write that waited for a read would take most of a second.
  expect(p99(busy)).toBeLessThan(20 * p99(idle) + 150);
}, 40_000);

/** Two processes read the address three times each; what comes back is the size of each answer. */
async function readInProcesses(url: string): Promise<number[]> {
  const program = `for (let i = 0; i < 3; i++) console.log((await (await fetch(${JSON.stringify(url)})).bytes()).length)`;
  const readers = [1, 2].map(() => Bun.spawn([process.execPath, '-e', program], { stdout: 'pipe', timeout: 25_000 }));
  const outputs = await Promise.all(readers.map((reader) => new Response(reader.stdout).text()));
  const sizes = outputs.flatMap((text) => text.trim().split('\n').map(Number));
  expect(sizes).toHaveLength(6);
  return sizes;
}
