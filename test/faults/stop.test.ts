/** SIGTERM under load: what was sent before is answered and kept, the exit code is 0, the next server starts at once. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { KeepAlive } from '../support/keep-alive.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

const clients = 16;
const logMetric = '/api/2.0/mlflow/runs/log-metric';

let dir: string;

beforeEach(() => {
  dir = freshFolder();
});

afterEach(() => removeFolder(dir));

interface Load {
  /** Steps that were answered with 200. */
  readonly answered: Set<number>;
  /** Requests sent before the signal that got no answer. */
  readonly lost: string[];
  readonly statuses: Set<number>;
}

/** Every client sends one request after the other; the server is told to stop once `enough` are answered. */
async function stopUnderLoad(
  server: TestServer,
  runId: string,
  first: number,
  enough: number,
): Promise<[Load, number]> {
  const load: Load = { answered: new Set(), lost: [], statuses: new Set() };
  let stopped: Promise<number> | undefined;
  let next = first;
  const client = async (connection: KeepAlive): Promise<void> => {
    for (;;) {
      const step = next++;
      const sentBefore = stopped === undefined;
      try {
        const status = await connection.post(logMetric, { run_id: runId, key: 'm', value: step, timestamp: 1, step });
        load.statuses.add(status);
        if (status === 200) load.answered.add(step);
      } catch (error) {
        if (sentBefore) load.lost.push(`${step}: ${String(error)}`);
        return;
      }
      if (load.answered.size >= enough) stopped ??= server.stop();
    }
  };
  const connections = await Promise.all(Array.from({ length: clients }, () => KeepAlive.open(server.port)));
  await within(20_000, Promise.all(connections.map(client)));
  for (const connection of connections) connection.close();
  return [load, (await stopped) ?? -1];
}

test('every request sent before the signal is answered, and what was answered is there', async () => {
  let runId: string | undefined;
  const answered = new Set<number>();
  for (const enough of [300, 700, 1100]) {
    const server = await startServer([], { dir });
    const api = new Api(server);
    runId ??= await api.createRun();
    const there = new Set((await api.history(runId, 'm')).map((point) => point.step));
    expect([...answered].filter((step) => !there.has(step))).toEqual([]);
    const [load, code] = await stopUnderLoad(server, runId, enough * 100, enough);
    expect({ lost: load.lost, code, log: server.log() }).toEqual({ lost: [], code: 0, log: '' });
    expect([...load.statuses]).toEqual([200]);
    for (const step of load.answered) answered.add(step);
  }
}, 40_000);
