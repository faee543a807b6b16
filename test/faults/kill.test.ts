/** kill -9 in the middle of writes: what was answered is there, nothing is half there, the file is sound. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api, type Run } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const clients = 16;
const batchPoints = 40;

/** What one client sent and what of it was answered with 200. */
interface Ledger {
  readonly runId: string;
  readonly model: string;
  readonly points: Set<number>;
  readonly batches: Set<number>;
  /** Batches sent, answered or not. */
  sentBatches: number;
  readonly runs: Set<string>;
  readonly versions: Set<string>;
  /** The greatest number that set-tag was answered for, and the greatest sent. */
  counter: number;
  sentCounter: number;
}

let dir: string;

beforeAll(() => {
  dir = freshFolder();
});

afterAll(() => removeFolder(dir));

async function newLedger(api: Api, name: string): Promise<Ledger> {
  await api.post('registered-models/create', { name });
  const runId = await api.createRun();
  return {
    runId,
    model: name,
    points: new Set(),
    batches: new Set(),
    sentBatches: 0,
    runs: new Set(),
    versions: new Set(),
    counter: -1,
    sentCounter: -1,
  };
}

/** One write of the mix, entered in the ledger once it is answered. */
async function write(api: Api, ledger: Ledger, n: number): Promise<void> {
  const { runId } = ledger;
  switch (n % 6) {
    case 0:
      await api.post('runs/log-metric', { run_id: runId, key: 'single', value: n, timestamp: n, step: n });
      ledger.points.add(n);
      return;
    case 1:
    case 2: {
      ledger.sentBatches = n;
      const step = (i: number): number => n * batchPoints + i;
      const metrics = Array.from({ length: batchPoints }, (_, i) => ({
        key: 'batch',
        value: i,
        timestamp: step(i),
        step: step(i),
      }));
      const pair = { key: `batch${n}`, value: String(n) };
      await api.post('runs/log-batch', { run_id: runId, metrics, params: [pair], tags: [pair] });
      ledger.batches.add(n);
      return;
    }
    case 3: {
      const tags = [
        { key: 'parent', value: runId },
        { key: 'second', value: 'tag' },
      ];
      ledger.runs.add(await api.createRun({ tags, start_time: 1 }));
      return;
    }
    case 4:
      ledger.sentCounter = n;
      await api.post('runs/set-tag', { run_id: runId, key: 'counter', value: String(n) });
      ledger.counter = n;
      return;
    default: {
      const tags = [{ key: 'writer', value: String(n) }];
      const request = { name: ledger.model, source: `runs:/${runId}/model`, run_id: runId, tags };
      const { model_version } = await api.post<{ model_version: { version: string } }>(
        'model-versions/create',
        request,
      );
      ledger.versions.add(model_version.version);
    }
  }
}

/** Writes from all clients until `enough` were answered, then kills the server under their hands. */
async function writeAndKill(server: TestServer, ledgers: readonly Ledger[], enough: number): Promise<void> {
  const api = new Api(server);
  let answered = 0;
  let killed: Promise<void> | undefined;
  const client = async (ledger: Ledger, first: number): Promise<void> => {
    for (let n = first; killed === undefined; n++) {
      try {
        await write(api, ledger, n);
      } catch (error) {
        if (killed === undefined) throw error;
        return;
      }
      if (++answered >= enough) killed ??= server.kill();
    }
  };
  await Promise.all(ledgers.map((ledger, i) => client(ledger, i)));
  await killed;
}

/** Which batches are there; fails for one that is there in part. */
async function wholeBatches(api: Api, { runId, sentBatches }: Ledger, run: Run): Promise<Set<number>> {
  const points = new Map<number, number>();
  for (const { step } of await api.history(runId, 'batch')) {
    const n = Math.floor(step / batchPoints);
    points.set(n, (points.get(n) ?? 0) + 1);
  }
  const params = new Set((run.data.params ?? []).map((param) => param.key));
  const tags = new Set((run.data.tags ?? []).map((tag) => tag.key));
  const whole = new Set<number>();
  for (let n = 0; n <= sentBatches; n++) {
    const parts = [points.get(n) ?? 0, params.has(`batch${n}`), tags.has(`batch${n}`)];
    const there = parts[0] !== 0;
    expect([n, ...parts]).toEqual([n, there ? batchPoints : 0, there, there]);
    if (there) whole.add(n);
  }
  return whole;
}

async function verify(api: Api, ledger: Ledger): Promise<void> {
  const run = await api.run(ledger.runId);
  const batches = await wholeBatches(api, ledger, run);
  expect([...ledger.batches].filter((n) => !batches.has(n))).toEqual([]);
  const steps = new Set((await api.history(ledger.runId, 'single')).map((point) => point.step));
  expect([...ledger.points].filter((n) => !steps.has(n))).toEqual([]);
  const counter = Number(run.data.tags?.find((tag) => tag.key === 'counter')?.value ?? -1);
  expect(counter).toBeGreaterThanOrEqual(ledger.counter);
  expect(counter).toBeLessThanOrEqual(ledger.sentCounter);
  await verifyRuns(api, ledger);
  await verifyVersions(api, ledger);
}

/** The answered runs are there, and every run has all its tags: two of ours and the name. */
async function verifyRuns(api: Api, { runId, runs }: Ledger): Promise<void> {
  const found = await api.searchAll({ experiment_ids: ['0'], filter: `tags.parent = '${runId}'` });
  const ids = new Set(found.map((run) => run.info.run_id));
  expect([...runs].filter((id) => !ids.has(id))).toEqual([]);
  for (const run of found) expect(run.data.tags?.length).toBe(3);
}

interface Version {
  readonly version: string;
  readonly run_id: string;
  readonly tags?: readonly unknown[];
}

async function verifyVersions(api: Api, { model, runId, versions }: Ledger): Promise<void> {
  const filter = encodeURIComponent(`name = '${model}'`);
  const page = await api.get<{ model_versions?: Version[] }>(
    `model-versions/search?max_results=10000&filter=${filter}`,
  );
  const found = page.model_versions ?? [];
  const numbers = new Set(found.map(({ version }) => version));
  expect([...versions].filter((version) => !numbers.has(version))).toEqual([]);
  for (const version of found) expect([version.run_id, version.tags?.length]).toEqual([runId, 1]);
}

async function checkFile(): Promise<void> {
  const { code, out, error } = await runModelyard(['db', 'check', `sqlite:///${dir}/m.db`], { dir });
  expect({ code, error, sound: out.includes('integrity  ok') }).toEqual({ code: 0, error: '', sound: true });
}

test('three kills under the writes of 16 clients lose nothing that was answered', async () => {
  const ledgers: Ledger[] = [];
  for (const round of [1, 2, 3]) {
    const server = await startServer([], { dir });
    const api = new Api(server);
    for (const ledger of ledgers) await verify(api, ledger);
    const added: Ledger[] = [];
    for (let i = 0; i < clients; i++) added.push(await newLedger(api, `model-${round}-${i}`));
    await writeAndKill(server, added, 500 + Math.floor(Math.random() * 700));
    ledgers.push(...added);
    // Once the next server finds the file as the kill left it, once the check does.
    if (round !== 1) await checkFile();
  }
  const server = await startServer([], { dir });
  for (const ledger of ledgers) await verify(new Api(server), ledger);
  expect(await server.stop()).toBe(0);
  await checkFile();
}, 60_000);

test('a kill while a run is given points one by one loses none and doubles none', async () => {
  const keys = ['a', 'b', 'c'];
  for (let round = 0; round < 3; round++) {
    const server = await startServer([], { dir });
    const api = new Api(server);
    const runId = await api.createRun();
    const answered = new Set<number>();
    const enough = 400 + Math.floor(Math.random() * 400);
    let killed: Promise<void> | undefined;
    const client = async (first: number): Promise<void> => {
      for (let step = first; killed === undefined; step += clients) {
        const point = { key: keys[step % keys.length], value: step, timestamp: step, step };
        try {
          await api.post('runs/log-metric', { run_id: runId, ...point });
        } catch (error) {
          if (killed === undefined) throw error;
          return;
        }
        answered.add(step);
        if (answered.size >= enough) killed ??= server.kill();
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, i) => client(i)));
    await killed;
    const again = await startServer([], { dir });
    const found: number[] = [];
    for (const key of keys) {
      const steps = (await new Api(again).history(runId, key)).map((point) => point.step);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      found.push(...steps);
    }
    const there = new Set(found);
    expect(there.size).toBe(found.length);
    expect([...answered].filter((step) => !there.has(step))).toEqual([]);
    expect(await again.stop()).toBe(0);
    await checkFile();
  }
}, 60_000);
