/** The same requests to MLflow's scoring server and to ours, for models of every kind of signature. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { Random } from '../../support/random.ts';
import corpus from './corpus.json' with { type: 'json' };
import { makeModels, startOracle, startServing, type Serving } from './support/processes.ts';
import { randomlyAsked, randomRequest } from './support/random-requests.ts';
import { normalized } from './support/same-json.ts';

interface Case {
  readonly name: string;
  /** Of Parquet in base64. */
  readonly body: string;
  readonly type?: string;
  /** Where ours is to do better: why, and with which status. */
  readonly better?: string;
  readonly status?: number;
}

const folder = freshFolder();
let oracle: Serving | undefined;

beforeAll(async () => {
  await makeModels(join(folder, 'models'));
  oracle = await startOracle(join(folder, 'models'), folder);
}, 180_000);

afterAll(async () => {
  await oracle?.stop();
  for (const left of await Promise.allSettled(starting.values()))
    if (left.status === 'fulfilled') await left.value.stop();
  removeFolder(folder);
});

/** While one is asked, the next one starts. */
const names = Object.keys(corpus);
const starting = new Map<string, Promise<Serving>>();

function serving(model: string): Promise<Serving> {
  const next = names[names.indexOf(model) + 1] ?? model;
  for (const name of [model, next]) {
    const promise = starting.get(name) ?? startServing(join(folder, 'models', name));
    promise.catch(() => undefined);
    starting.set(name, promise);
  }
  return starting.get(model) as Promise<Serving>;
}

for (const [model, cases] of Object.entries(corpus as Readonly<Record<string, readonly Case[]>>)) {
  describe(model, () => {
    let ours: Serving | undefined;
    beforeAll(async () => {
      ours = await serving(model);
    }, 120_000);
    afterAll(async () => {
      await ours?.stop();
    });

    for (const one of cases) {
      test(one.name, async () => {
        const [answer, expected] = await Promise.all([ask(ours?.url ?? '', one), ask(`${oracle?.url}/${model}`, one)]);
        if (one.better === undefined) expect(answer).toEqual(expected);
        else expect(answer.status).toBe(one.status as number);
      });
    }

    const columns = randomlyAsked[model];
    if (!columns) return;
    test('requests that nobody would write', async () => {
      const random = new Random(1);
      for (let count = 0; count < 100; count++) {
        const one = { name: '', body: randomRequest(columns, random) };
        const [answer, expected] = await Promise.all([ask(ours?.url ?? '', one), ask(`${oracle?.url}/${model}`, one)]);
        expect({ request: one.body, ...answer }).toEqual({ request: one.body, ...expected });
      }
    });
  });
}

const parquet = 'application/vnd.apache.parquet';

async function ask(url: string, { body, type = 'application/json' }: Case): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: type === parquet ? Buffer.from(body, 'base64') : body,
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (response.ok) return { status: response.status, body: normalized(text) };
  // The words of an error are each one's own.
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const { message, stack_trace, ...codes } = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  const told = isJson ? typeof message === 'string' && message !== '' : text !== '';
  return { status: response.status, body: { ...codes, told, ofTheModel: stack_trace !== undefined } };
}
