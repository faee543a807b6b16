/** What becomes of metric points when something goes wrong on their way, against a server that misbehaves as told. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { sync } from '../../src/sdk/node/index.ts';
import { ActiveRun } from '../../src/sdk/run.ts';
import { settingsOf } from '../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';

interface Batch {
  readonly metrics?: { readonly key: string; readonly step: number }[];
}

let stop: (() => Promise<void>) | undefined;
let spool: string;
let before: string | undefined;

beforeEach(() => {
  spool = freshFolder();
  before = process.env['MODELYARD_SPOOL'];
  process.env['MODELYARD_SPOOL'] = spool;
});

afterEach(async () => {
  await stop?.();
  removeFolder(spool);
  if (before === undefined) delete process.env['MODELYARD_SPOOL'];
  else process.env['MODELYARD_SPOOL'] = before;
});

/** A server that takes what `refuse` lets through; `taken` holds the steps that came, `ends` the states. */
function server(refuse: (batch: Batch) => Response | undefined): { url: string; taken: Set<number>; ends: string[] } {
  const taken = new Set<number>();
  const ends: string[] = [];
  const answering = Bun.serve({
    port: 0,
    async fetch(request) {
      const body = (await request.json()) as Batch & { status?: string };
      const refused = refuse(body);
      if (refused) return refused;
      for (const { step } of body.metrics ?? []) taken.add(step);
      if (body.status !== undefined) ends.push(body.status);
      return Response.json({});
    },
  });
  stop = () => answering.stop(true);
  return { url: answering.url.href, taken, ends };
}

function runAt(url: string): ActiveRun {
  const info = {
    runId: 'a'.repeat(32),
    runName: 'r',
    experimentId: '0',
    userId: 'u',
    status: 'RUNNING',
    startTime: 0,
    endTime: undefined,
    artifactUri: 'mlflow-artifacts:/0/a',
    lifecycleStage: 'active',
  } as const;
  return new ActiveRun(settingsOf({ trackingUri: url, backoff: 1, retries: 1 }), info);
}

const refusal = (code = 'INVALID_PARAMETER_VALUE'): Response =>
  Response.json({ error_code: code, message: 'no such model' }, { status: 400 });

test('a point that is refused takes none of its neighbours with it, and the run ends all the same', async () => {
  const { url, taken, ends } = server(({ metrics = [] }) =>
    metrics.some(({ step }) => step === 700) ? refusal() : undefined,
  );
  const run = runAt(url);
  for (let step = 0; step < 2500; step++) await run.logMetric('loss', step, step);
  const ending = run.end();
  expect(ending).rejects.toThrow('no such model');
  await ending.catch(() => undefined);
  expect(taken.size).toBe(2499);
  expect(ends).toEqual(['FINISHED']);
  expect(readdirSync(spool)).toEqual([]);
});

test('a run that takes nothing is not asked for every single point', async () => {
  let requests = 0;
  const { url } = server(() => (requests++, refusal()));
  const run = runAt(url);
  for (let step = 0; step < 1000; step++) await run.logMetric('loss', step, step);
  await run.end().catch(() => undefined);
  expect(requests).toBeLessThan(10);
});

const walls: [string, () => Response][] = [
  [
    'credentials that ran out',
    () => Response.json({ error_code: 'UNAUTHENTICATED', message: 'who?' }, { status: 401 }),
  ],
  ['a proxy without its server', () => new Response('<h1>502 Bad Gateway</h1>', { status: 502 })],
  ['a page in place of an answer', () => new Response('<!doctype html><h1>Log in</h1>')],
  ['a page that is not found', () => new Response('<h1>404</h1>', { status: 404 })],
];

test.each(walls)('%s lose no point: they and the end are kept for sync', async (_, wall) => {
  let walled = true;
  const { url, taken, ends } = server(() => (walled ? wall() : undefined));
  const run = runAt(url);
  for (let step = 0; step < 10; step++) await run.logMetric('loss', step, step);
  await run.end();
  expect(readdirSync(spool).length).toBe(1);
  walled = false;
  // Though this process, whose journal it is, still runs: it gave it up.
  expect(await sync({ folder: spool })).toMatchObject([{ state: 'sent', points: 10 }]);
  expect([taken.size, ends]).toEqual([10, ['FINISHED']]);
});

test('a run that logged no metric and whose server is away at its end is ended by sync', async () => {
  let away = true;
  const { url, ends } = server(() => (away ? new Response('', { status: 503 }) : undefined));
  await runAt(url).end('FAILED');
  away = false;
  await sync({ folder: spool });
  expect(ends).toEqual(['FAILED']);
});

test('a run that goes on leaves alone what was kept of it before', async () => {
  let away = true;
  const { url, taken } = server(() => (away ? new Response('', { status: 503 }) : undefined));
  const first = runAt(url);
  await first.logMetric('loss', 1, 1);
  await first.end();
  const second = runAt(url);
  await second.logMetric('loss', 1, 2);
  await second.end();
  expect(readdirSync(spool).length).toBe(2);
  away = false;
  await sync({ folder: spool });
  expect([...taken]).toEqual([1, 2]);
});

test('sync sends what follows a refused point, and keeps the file', async () => {
  const { url, taken } = server(({ metrics = [] }) => (metrics.some(({ step }) => step === 3) ? refusal() : undefined));
  const point = (step: number): object => ({ key: 'loss', value: 1, step, timestamp: 1 });
  const lines = [
    { trackingUri: url, runId: 'r', pid: 2 ** 22 - 1 },
    { points: Array.from({ length: 1500 }, (_, step) => point(step)) },
    null,
  ];
  await Bun.write(`${spool}/a.jsonl`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  expect(await sync({ folder: spool })).toMatchObject([{ state: 'refused', reason: 'no such model' }]);
  expect(taken.size).toBe(1499);
  expect(readdirSync(spool)).toEqual(['a.jsonl']);
});

test('a spool that cannot be written keeps no point from the server, and hides no error', async () => {
  await Bun.write(`${spool}/file`, '');
  process.env['MODELYARD_SPOOL'] = `${spool}/file/below`;
  const { url, taken } = server(() => undefined);
  const run = runAt(url);
  for (let step = 0; step < 3; step++) await run.logMetric('loss', step, step);
  expect(taken.size).toBe(3);
  await stop?.();
  const ending = run.end();
  expect(ending).rejects.toThrow(/cannot be reached/);
  await ending.catch(() => undefined);
});

test('steps and times that no server takes are refused at once', async () => {
  const { url } = server(() => undefined);
  const run = runAt(url);
  const wrong = [1e300, 2n ** 63n, Number.NaN, { timestamp: new Date('never') }, { timestamp: 1.5 }];
  for (const options of wrong) {
    const logged = run.logMetric('loss', 1, options);
    expect(logged).rejects.toThrow(/The (step|timestamp)/);
    await logged.catch(() => undefined);
  }
});
