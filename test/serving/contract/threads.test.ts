/** An ONNX model that takes its time: the server stays answerable, and nobody waits longer than is allowed. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { makeModels, startServing, type Serving } from './support/processes.ts';

const folder = freshFolder();
const model = join(folder, 'models/onnx-loop');
const forever = 2 ** 40;

beforeAll(() => makeModels(join(folder, 'models'), 'onnx-loop'), 120_000);
afterAll(() => removeFolder(folder));

/** @param padding bytes by which the body is longer than it need be */
function turns({ url }: Serving, count: number, padding = 0): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ inputs: [count] }) + ' '.repeat(padding);
  return fetch(`${url}/invocations`, { method: 'POST', body, headers, signal: AbortSignal.timeout(40_000) });
}

async function metric({ url }: Serving, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

async function running(serving: Serving, count: number): Promise<void> {
  while ((await metric(serving, 'modelyard_scoring_running')) < count);
}

test('a run that takes too long is given up, those behind it are answered, and the model goes on', async () => {
  await using serving = await startServing(model, ['-t', '2']);
  const endless = turns(serving, forever);
  await running(serving, 1);
  const behind = turns(serving, 3);
  expect((await fetch(`${serving.url}/ping`)).status).toBe(200);
  const late = await endless;
  expect([late.status, await late.text()]).toEqual([504, 'Request processing time exceeded limit']);
  // It waited for the other, and may be late itself.
  expect([200, 504]).toContain((await behind).status);
  expect(await (await turns(serving, 3)).json()).toEqual({ predictions: { sum: 200 } });
  expect(await metric(serving, 'modelyard_scoring_worker_restarts_total')).toBe(1);
});

test('large requests behind one that takes too long are not lost with its thread', async () => {
  await using serving = await startServing(model, ['-t', '2']);
  const endless = turns(serving, forever, 300_000);
  await running(serving, 1);
  const behind = Array.from({ length: 6 }, (_, at) => turns(serving, 3, (at % 2) * 300_000));
  expect((await endless).status).toBe(504);
  for (const answer of behind) expect([200, 504]).toContain((await answer).status);
  expect(await (await turns(serving, 3, 300_000)).json()).toEqual({ predictions: { sum: 200 } });
});

test('while one thread is busy the other answers', async () => {
  await using serving = await startServing(model, ['-t', '5', '-w', '2']);
  const endless = turns(serving, forever);
  await running(serving, 1);
  expect((await turns(serving, 3)).status).toBe(200);
  await serving.stop();
  expect((await endless).status).toBe(504);
});

test('more than may wait are sent away for a moment', async () => {
  await using serving = await startServing(model, ['-t', '2', '--queue', '1']);
  const answers = Array.from({ length: 12 }, () => turns(serving, forever));
  const refusals = answers.map(async (answer) =>
    (await answer).status === 503 ? answer : Promise.reject(new Error()),
  );
  const refused = await Promise.any(refusals);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([503, 504]));
});
