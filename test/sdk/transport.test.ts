/** Retries, time limits, abort and credentials, against a server that misbehaves as told. */
import { afterEach, describe, expect, test } from 'bun:test';
import {
  Client,
  ConnectionError,
  MlflowError,
  TemporarilyUnavailableError,
  TimeoutError,
  UnauthenticatedError,
} from '../../src/sdk/index.ts';

type Answer = () => Response | Promise<Response>;
type Seen = Pick<Request, 'url' | 'headers'>;
let stop: (() => Promise<void>) | undefined;

/** Gives the answers in turn, the last one for ever; `seen` holds the requests. */
function misbehaving(...answers: [Answer, ...Answer[]]): { url: string; seen: Seen[] } {
  const seen: Seen[] = [];
  const server = Bun.serve({
    port: 0,
    fetch: (request) => {
      // A copy, since the request itself is empty once it is answered.
      seen.push({ url: request.url, headers: new Headers([...request.headers]) });
      return (answers[seen.length - 1] ?? answers.at(-1))?.() ?? new Response();
    },
  });
  stop = () => server.stop(true);
  return { url: server.url.href, seen };
}

afterEach(async () => {
  await stop?.();
  stop = undefined;
});

const ok: Answer = () => Response.json({ runs: [], experiments: [] });
const status =
  (code: number, headers?: Record<string, string>): Answer =>
  () =>
    Response.json(
      { error_code: 'TEMPORARILY_UNAVAILABLE', message: 'later' },
      { status: code, ...(headers ? { headers } : {}) },
    );
const backoff = 1;

describe('what may be sent again', () => {
  test.each([429, 500, 502, 503, 504])('a search is, after %d', async (code) => {
    const { url, seen } = misbehaving(status(code), status(code), ok);
    expect((await new Client({ trackingUri: url, backoff }).searchRuns({ experiment_ids: ['0'] })).runs).toEqual([]);
    expect(seen.length).toBe(3);
  });

  test('the creation of a run is not, since it could be made twice', async () => {
    const { url, seen } = misbehaving(status(503), ok);
    const made = new Client({ trackingUri: url, backoff }).createRun({});
    expect(made).rejects.toBeInstanceOf(TemporarilyUnavailableError);
    await made.catch(() => undefined);
    expect(seen.length).toBe(1);
  });

  test('a refusal is not', async () => {
    const { url, seen } = misbehaving(status(400), ok);
    const found = new Client({ trackingUri: url, backoff }).searchRuns({});
    expect(found).rejects.toBeInstanceOf(MlflowError);
    await found.catch(() => undefined);
    expect(seen.length).toBe(1);
  });

  test('only as often as asked', async () => {
    const { url, seen } = misbehaving(status(503));
    const found = new Client({ trackingUri: url, backoff, retries: 2 }).searchRuns({});
    expect(found).rejects.toMatchObject({ errorCode: 'TEMPORARILY_UNAVAILABLE', status: 503, message: 'later' });
    await found.catch(() => undefined);
    expect(seen.length).toBe(3);
  });

  test('a lost connection is an error that says where it went', async () => {
    const { url } = misbehaving(ok);
    await stop?.();
    const found = new Client({ trackingUri: url, backoff, retries: 1 }).searchRuns({});
    expect(found).rejects.toBeInstanceOf(ConnectionError);
    expect(found).rejects.toThrow(/cannot be reached. Is the server running/);
    await found.catch(() => undefined);
  });
});

test('a server that does not answer is given up after the time limit', async () => {
  const { url } = misbehaving(() => new Promise<Response>(() => undefined));
  const found = new Client({ trackingUri: url, timeout: 50 }).createRun({});
  expect(found).rejects.toBeInstanceOf(TimeoutError);
  await found.catch(() => undefined);
});

test('an abort ends the request and the wait for a retry', async () => {
  const { url } = misbehaving(() => new Promise<Response>(() => undefined));
  const asked = new Client({ trackingUri: url }).searchRuns({}, { signal: AbortSignal.timeout(20) });
  expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
  await asked.catch(() => undefined);
  await stop?.();
  const late = misbehaving(status(503));
  const control = new AbortController();
  const waiting = new Client({ trackingUri: late.url, backoff: 60_000 }).searchRuns({}, { signal: control.signal });
  while (late.seen.length === 0) await Bun.sleep(1);
  control.abort(new Error('enough'));
  expect(waiting).rejects.toThrow('enough');
  await waiting.catch(() => undefined);
});

describe('credentials', () => {
  const basic = `Basic ${btoa('ann:secret')}`;
  const forms: [string, (url: string) => ConstructorParameters<typeof Client>[0], string][] = [
    ['name and password', (trackingUri) => ({ trackingUri, username: 'ann', password: 'secret' }), basic],
    ['those of the address', (url) => ({ trackingUri: url.replace('//', '//ann:secret@') }), basic],
    ['a token', (trackingUri) => ({ trackingUri, token: 't0k' }), 'Bearer t0k'],
    ['letters beyond ASCII', (trackingUri) => ({ trackingUri, username: 'jö', password: '€' }), 'Basic asO2OuKCrA=='],
  ];
  test.each(forms)('%s', async (_, options, wanted) => {
    const { url, seen } = misbehaving(ok);
    await new Client(options(url)).searchExperiments({});
    expect(seen[0]?.headers.get('authorization')).toBe(wanted);
    expect(new URL(seen[0]?.url ?? '').username).toBe('');
  });

  test('an answer that is not the API’s is an error with its words', async () => {
    const { url } = misbehaving(() => new Response('<h1>Login first</h1>', { status: 401 }));
    const found = new Client({ trackingUri: url }).searchExperiments({});
    expect(found).rejects.toBeInstanceOf(UnauthenticatedError);
    expect(found).rejects.toThrow(/Login first/);
    await found.catch(() => undefined);
  });
});

test('a prefix of the address stays', async () => {
  const { url, seen } = misbehaving(ok);
  await new Client({ trackingUri: `${url}ml/` }).searchExperiments({});
  expect(new URL(seen[0]?.url ?? '').pathname).toBe('/ml/api/2.0/mlflow/experiments/search');
});
