/** Models of Python through worker processes: batches, and what happens when a worker or a model fails. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { makeModels } from './support/models.ts';
import { column, metric, predictions, score, until, untilInHand, type Scored } from './support/scoring.ts';
import { childrenOf, serveModel, startServing, type Serving } from './support/serving.ts';

let dir: string;
/** Scores one batch at a time, in which 8 requests may wait. */
let rows: Serving;
/** Scores several requests at a time, each alone. */
let obedient: Serving;
let lastGate = 1000;

beforeAll(async () => {
  dir = freshFolder();
  await makeModels(dir, 'obedient', 'rows', 'scaled');
  mkdirSync(join(dir, 'tmp'));
  [rows, obedient] = await Promise.all([serve('rows', '--queue', '8'), serve('obedient')]);
});

afterAll(async () => {
  await Promise.all([rows, obedient].map((one) => one?.kill()));
  removeFolder(dir);
});

/** Of the workers that are starting. */
function socketFolders(): string[] {
  return readdirSync(join(dir, 'tmp'));
}

function serve(model: string, ...args: readonly string[]): Promise<Serving> {
  return serveModel(join(dir, model), args, { dir, env: { GATES: dir, TMPDIR: join(dir, 'tmp') } });
}

async function withServing(
  [model, ...args]: readonly [string, ...string[]],
  use: (server: Serving) => Promise<void>,
): Promise<void> {
  const server = await serve(model, ...args);
  try {
    await use(server);
  } finally {
    await server.kill();
  }
}

/** Requests with its number, or that wait for its path, are not answered until it is open. */
function newGate(): { number: number; path: string; open(): void } {
  const number = ++lastGate;
  const path = join(dir, String(number));
  return { number, path, open: () => writeFileSync(path, '') };
}

const say = (url: string, ...words: readonly string[]): Promise<Scored> => score(url, column('do', ...words));

async function workerPid(url: string): Promise<number> {
  const [pid] = predictions(await say(url, 'pid')) as number[];
  return pid ?? 0;
}

describe('requests that come while a worker is busy', () => {
  /** Sends one, which keeps the worker busy, then the others at once; their answers. */
  async function piledUp(server: Serving, bodies: readonly unknown[]): Promise<Scored[]> {
    const gate = newGate();
    const first = score(server.url, column('x', gate.number));
    await untilInHand(server.url, 'running', 1);
    const others = bodies.map((body) => score(server.url, body));
    await untilInHand(server.url, 'queue_depth', bodies.length);
    gate.open();
    expect(predictions(await first)).toEqual([1]);
    return Promise.all(others);
  }

  test('are scored in one call, each answered with its own rows', async () => {
    const answers = await piledUp(rows, [column('x', 5), column('x', 6, 7), column('x', 8)]);
    expect(answers.map(predictions)).toEqual([[4], [4, 4], [4]]);
    expect(answers[0]?.body).toBe('{"predictions": [4.0]}');
  });

  test('that fail leave the others their answers', async () => {
    const bodies = [column('x', 5), column('x', -1), column('x', 'no number'), column('y', 5), '{', column('x', 6, 7)];
    const answers = await piledUp(rows, bodies);
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 400, 400, 200]);
    expect(answers[1]?.body).toContain('a row is not taken');
    expect(predictions(answers[5] as Scored)).toEqual([2, 2]);
  });

  test('and fail are scored twice at most', async () => {
    const answers = await piledUp(rows, [column('x', 301), column('x', -1), column('x', 302, 303)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 200]);
    const calls = readFileSync(join(dir, 'calls'), 'utf8').split('\n');
    for (const row of ['301.0', '302.0']) {
      expect(calls.filter((call) => call.includes(row)).map((call) => call.includes('-1.0'))).toEqual([true, false]);
    }
  });

  test('are scored alone when the answer has another number of rows', async () => {
    const answers = await piledUp(rows, [column('x', 5, 6), column('x', -2, 3, 4)]);
    expect(answers.map(predictions)).toEqual([
      [2, 2],
      [3, 3],
    ]);
  });

  test('are scored together when a model of free code allows it, those with the same parameters', async () => {
    await withServing(['scaled', '--batch-wait', '500'], async ({ url }) => {
      const bodies = [1, 2, 3, 2].map((factor, at) => ({ ...(column('x', at + 1) as object), params: { factor } }));
      const answers = await Promise.all(bodies.map((body) => score(url, body)));
      expect(answers.map(predictions)).toEqual([[[1, 1]], [[4, 2]], [[9, 1]], [[8, 2]]]);
    });
  });

  test('beyond the limit are refused, and told when to come again', async () => {
    const gate = newGate();
    const first = score(rows.url, column('x', gate.number));
    await untilInHand(rows.url, 'running', 1);
    const waiting = Array.from({ length: 8 }, () => score(rows.url, column('x', 5)));
    await untilInHand(rows.url, 'queue_depth', 8);
    const refused = await score(rows.url, column('x', 7));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(JSON.parse(refused.body)).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
    gate.open();
    expect((await Promise.all([first, ...waiting])).map(({ status }) => status)).toEqual(
      new Array<number>(9).fill(200),
    );
  });

  test('are scored alone when the user says so', async () => {
    await withServing(['rows', '--batch-requests', '1'], async (server) => {
      const gate = newGate();
      const all = [gate.number, 5, 6, 7].map((x) => score(server.url, column('x', x)));
      await untilInHand(server.url, 'running', 1);
      gate.open();
      expect((await Promise.all(all)).map(predictions)).toEqual([[1], [1], [1], [1]]);
    });
  });
});

describe('a model of free code', () => {
  test('scores several requests at a time', async () => {
    const gate = newGate();
    const slow = say(obedient.url, `wait ${gate.path}`);
    await untilInHand(obedient.url, 'running', 1);
    expect(predictions(await say(obedient.url, 'quick'))).toEqual(['quick']);
    gate.open();
    expect((await slow).status).toBe(200);
  });

  test('that raises is told of with its stack trace', async () => {
    const { status, body } = await say(obedient.url, 'raise');
    expect(status).toBe(400);
    const error = JSON.parse(body) as Record<string, string>;
    expect(error['error_code']).toBe('BAD_REQUEST');
    expect(error['stack_trace']).toContain('ValueError: this row is not taken');
  });

  test('that gives what is no JSON, or leaves Python, is told of; the worker stays', async () => {
    const pid = await workerPid(obedient.url);
    for (const word of ['odd', 'exit']) {
      const { status, body } = await say(obedient.url, word);
      expect(status).toBe(500);
      expect(JSON.parse(body)).toMatchObject({ error_code: 'INTERNAL_ERROR' });
    }
    expect(await workerPid(obedient.url)).toBe(pid);
  });

  test('may print', async () => {
    expect((await say(obedient.url, 'print a word on the way')).status).toBe(200);
    await until(async () => obedient.log().includes('a word on the way'));
  });

  test('that ends its process is told of, and another takes its place', async () => {
    const pid = await workerPid(obedient.url);
    const { status, body } = await say(obedient.url, 'die');
    expect(status).toBe(500);
    expect(body).toContain('exit code 7');
    expect(await workerPid(obedient.url)).not.toBe(pid);
    expect(obedient.log()).toContain(`worker ${pid} is replaced`);
  });
});

describe('a worker', () => {
  test('that is killed: what it had in hand is told of, what waits is scored by the next', async () => {
    const pid = await workerPid(obedient.url);
    const restarts = await metric(obedient.url, 'worker_restarts_total');
    const gate = newGate();
    const all = Array.from({ length: 40 }, () => say(obedient.url, `wait ${gate.path}`));
    await until(
      async () => (await metric(obedient.url, 'queue_depth')) + (await metric(obedient.url, 'running')) === 40,
    );
    const running = await metric(obedient.url, 'running');
    process.kill(pid, 'SIGKILL');
    await until(async () => !existsSync(`/proc/${pid}`));
    gate.open();
    const answers = await Promise.all(all);
    const failed = answers.filter(({ status }) => status === 500);
    expect(failed.length).toBe(running);
    for (const { body } of failed) expect(JSON.parse(body)).toMatchObject({ error_code: 'INTERNAL_ERROR' });
    expect(answers.filter(({ status }) => status === 200).length).toBe(40 - failed.length);
    expect((await say(obedient.url, 'after')).status).toBe(200);
    expect(await metric(obedient.url, 'worker_restarts_total')).toBe(restarts + 1);
  });

  test('that hangs is told of after the time limit, and another takes its place', async () => {
    await withServing(['rows', '-t', '1'], async (server) => {
      const [pid] = childrenOf(server.pid);
      const late = await score(server.url, column('x', newGate().number));
      expect([late.status, late.body]).toEqual([504, 'Request processing time exceeded limit']);
      await until(async () => (await score(server.url, column('x', 5))).status === 200);
      expect(await metric(server.url, 'worker_restarts_total')).toBeGreaterThan(0);
      expect(existsSync(`/proc/${pid}`)).toBe(false);
    });
  });

  test('does not outlive a server that is killed, busy or not, nor leaves files', async () => {
    const before = socketFolders();
    await withServing(['rows', '--workers', '2'], async (server) => {
      await until(async () => childrenOf(server.pid).length === 2 && socketFolders().length === 0);
      const workers = childrenOf(server.pid);
      const lost = score(server.url, column('x', newGate().number)).catch(() => undefined);
      await untilInHand(server.url, 'running', 1);
      await server.kill();
      await lost;
      await until(async () => workers.every((pid) => !existsSync(`/proc/${pid}`)));
    });
    expect(socketFolders()).toEqual(before);
  });

  test('that cannot be started again is tried again and again; requests are told why', async () => {
    const copy = join(dir, 'comes-and-goes');
    cpSync(join(dir, 'rows'), copy, { recursive: true });
    await withServing(['comes-and-goes'], async (server) => {
      expect((await score(server.url, column('x', 5))).status).toBe(200);
      renameSync(join(copy, 'model.pkl'), join(copy, 'gone'));
      for (const pid of childrenOf(server.pid)) process.kill(pid, 'SIGKILL');
      let last = await score(server.url, column('x', 5));
      await until(async () => (last = await score(server.url, column('x', 5))).status === 503);
      expect(last.body).toContain('No worker is up');
      renameSync(join(copy, 'gone'), join(copy, 'model.pkl'));
      await until(async () => (await score(server.url, column('x', 5))).status === 200);
    });
  });

  test('that cannot load its model ends the command, with the reason', async () => {
    const broken = join(dir, 'broken');
    cpSync(join(dir, 'rows'), broken, { recursive: true });
    rmSync(join(broken, 'model.pkl'));
    const server = startServing(broken, [], { dir });
    expect(await server.exited).toBe(1);
    expect(server.log()).toContain('FileNotFoundError');
    expect(server.log()).toContain('cannot be started');
  });
});

describe('bodies and answers', () => {
  test('of nearly a hundred megabytes pass', async () => {
    const length = 95_000_000;
    expect(predictions(await say(obedient.url, `size ${'w'.repeat(length)}`))).toEqual([length]);
    const [text] = predictions(await say(obedient.url, `long ${length}`)) as string[];
    expect(text?.length).toBe(length);
  });

  test('of clients that never read take no memory without bound, and nobody else waits for them', async () => {
    const { hostname, port } = new URL(obedient.url);
    const body = JSON.stringify(column('do', 'long 2000000'));
    const request = `POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const before = await metric(obedient.url, 'request_duration_seconds_count');
    const clients = await Promise.all(
      Array.from({ length: 50 }, () =>
        Bun.connect({ hostname, port: Number(port), socket: { data: () => undefined } }),
      ),
    );
    try {
      for (const client of clients) {
        client.pause();
        client.write(request.repeat(20));
      }
      await until(async () => (await metric(obedient.url, 'request_duration_seconds_count')) >= before + 50);
      expect((await say(obedient.url, 'quick')).status).toBe(200);
      expect(memoryOf(obedient.pid)).toBeLessThan(500);
    } finally {
      for (const client of clients) client.terminate();
    }
  });
});

test('requests that wait are answered before the server ends', async () => {
  const gate = newGate();
  const first = score(rows.url, column('x', gate.number));
  await untilInHand(rows.url, 'running', 1);
  const waiting = score(rows.url, column('x', 5));
  await untilInHand(rows.url, 'queue_depth', 1);
  const ended = rows.stop();
  gate.open();
  expect([predictions(await first), predictions(await waiting)]).toEqual([[1], [1]]);
  expect(await ended).toBe(0);
});

/** MiB that a process holds. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
