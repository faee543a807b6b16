/** The web UI as it is served: the page with its policy, files that browsers may keep, prefixes, the live feed. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { buildWhenOld } from '../web/support/build.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  await buildWhenOld();
  server = await startServer();
  api = new Api(server);
}, 60_000);

afterAll(() => server.stop());

/** Reads a stream piece by piece, as text; undefined at its end. */
function textOf({ body }: Response): { next: () => Promise<string | undefined>; cancel: () => Promise<void> } {
  if (!body) throw new Error('no body');
  const reader = body.getReader();
  const decoder = new TextDecoder();
  return {
    next: async () => {
      const { value } = (await reader.read()) as { value?: Uint8Array };
      return value && decoder.decode(value, { stream: true });
    },
    cancel: () => reader.cancel(),
  };
}

async function scriptOf(url: string): Promise<string> {
  const html = await (await fetch(url)).text();
  return /<script type="module" src="([^"]+)"/.exec(html)?.[1] ?? '';
}

test.each(['/', '/experiments', '/experiments/1/runs/abc/artifacts', '/runs', '/models/a%2Fb/versions/1'])(
  '%s is the page, under a strict policy',
  async (path) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+'(;|$)/);
    expect(policy).not.toContain('unsafe');
    // Nothing is loaded from elsewhere.
    expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  },
);

test('files are compressed as the browser takes them and kept for ever', async () => {
  const url = server.url + (await scriptOf(`${server.url}/`));
  const sizes: number[] = [];
  for (const encoding of ['br', 'gzip', 'identity']) {
    const response = await fetch(url, { headers: { 'Accept-Encoding': encoding }, decompress: false });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-encoding')).toBe(encoding === 'identity' ? null : encoding);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('vary')).toBe('Origin, Accept-Encoding');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    sizes.push((await response.arrayBuffer()).byteLength);
  }
  const [brotli = 0, gzip = 0, plain = 0] = sizes;
  expect(brotli).toBeLessThan(gzip);
  expect(gzip).toBeLessThan(plain);
});

test('a coding that the browser refuses is not sent', async () => {
  const url = server.url + (await scriptOf(`${server.url}/`));
  for (const [accepts, coding] of [
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip;q=0.0, identity', null],
    ['brotli, x-gzip', null],
    ['BR', 'br'],
  ] as const) {
    const headers = { 'Accept-Encoding': accepts, Origin: 'http://localhost:3000' };
    const response = await fetch(url, { headers, decompress: false });
    expect([accepts, response.headers.get('content-encoding')]).toEqual([accepts, coding]);
    expect(response.headers.get('vary')).toBe('Origin, Accept-Encoding');
  }
});

test.each(['/assets/none.js', '/assets/..%2findex.html', '/nothing', '/models2'])('%s is not there', async (path) => {
  const response = await fetch(server.url + path);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/json');
});

const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

const mistyped = ['/foo/bar', '/nothing', '/models2', '/apiary', '/prompts/x?y=z'];

test.each(mistyped)('%s is a page that says so', async (path) => {
  const response = await fetch(server.url + path, { headers: browser });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('vary')).toBe('Origin, Accept');
  expect(await response.text()).toContain('<script type="module"');
  // Programs get what they always got.
  for (const Accept of ['*/*', 'application/json']) {
    const other = await fetch(server.url + path, { headers: { Accept } });
    expect([other.status, other.headers.get('content-type')]).toEqual([404, 'application/json']);
  }
});

test.each([
  ['GET', '/api/2.0/mlflow/nothing', 404],
  ['GET', '/ajax-api/2.0/mlflow/nothing', 404],
  ['GET', '/api/3.0/mlflow/traces/x', 404],
  ['GET', '/api', 404],
  ['GET', '/get-artifact', 400],
  ['GET', '/assets/none.js', 404],
  ['GET', '/graphql', 404],
  ['POST', '/foo/bar', 404],
  ['POST', '/experiments', 405],
])('%s %s answers JSON to a browser too', async (method, path, status) => {
  const response = await fetch(server.url + path, { method, headers: browser });
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json']);
});

test('under a static prefix every address carries it', async () => {
  const prefixed = await startServer(['--static-prefix', '/ml']);
  const origin = new URL(prefixed.url).origin;
  try {
    const script = await scriptOf(`${origin}/ml/experiments`);
    expect(script).toStartWith('/ml/assets/');
    expect((await fetch(origin + script)).status).toBe(200);
    expect((await fetch(`${origin}/experiments`)).status).toBe(404);
    const unknown = await fetch(`${origin}/ml/foo/bar`, { headers: browser });
    expect([unknown.status, await scriptOf(`${origin}/ml/experiments`)]).toEqual([404, script]);
    expect(await unknown.text()).toContain(script);
    for (const path of ['/ml/api/2.0/x', '/foo/bar', '/mlx/foo']) {
      const other = await fetch(origin + path, { headers: browser });
      expect([path, other.status, other.headers.get('content-type')]).toEqual([path, 404, 'application/json']);
    }
  } finally {
    await prefixed.stop();
  }
});

test('the live feed tells what changed once it is on disk, and does not hold up a stop', async () => {
  const own = await startServer();
  const events = await fetch(`${own.url}/ajax-api/2.0/modelyard/events`, { signal: AbortSignal.timeout(20_000) });
  expect(events.headers.get('content-type')).toBe('text/event-stream');
  const stream = textOf(events);
  expect(await stream.next()).toMatch(/^event: hello\nid: \S+\ndata: \{\}\n\n$/);
  const other = new Api(own);
  const experiment = await other.createExperiment('watched');
  const run = await other.createRun({ experiment_id: experiment });
  await other.post('runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp: 1 });
  await other.post('registered-models/create', { name: 'a model' });
  const seen = { experiments: [], activity: [], runs: [], models: [] } as Record<string, string[]>;
  while (seen['models']?.length === 0) {
    const value = (await stream.next()) ?? '';
    const data = /^data: (.*)$/m.exec(value)?.[1] ?? '{}';
    for (const [topic, ids] of Object.entries(JSON.parse(data) as Record<string, string[]>)) seen[topic]?.push(...ids);
  }
  expect(seen).toEqual({ experiments: [experiment], activity: [experiment], runs: [run], models: ['a model'] });
  const start = performance.now();
  await own.stop();
  expect(performance.now() - start).toBeLessThan(5000);
  expect(await stream.next()).toBeUndefined();
});

test('a deleted experiment takes its runs along, a logged model its run and its experiment', async () => {
  const own = await startServer();
  const other = new Api(own);
  const experiment = await other.createExperiment('watched');
  const run = await other.createRun({ experiment_id: experiment });
  const { model } = await other.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: experiment,
    name: 'net',
    source_run_id: run,
  });
  const events = await fetch(`${own.url}/ajax-api/2.0/modelyard/events`, { signal: AbortSignal.timeout(20_000) });
  const stream = textOf(events);
  await stream.next();
  await other.patch(`logged-models/${model.info.model_id}/tags`, { tags: [{ key: 'a', value: 'b' }] });
  expect(await stream.next()).toContain(`"activity":["${experiment}"],"runs":["${run}"]`);
  await other.post('experiments/delete', { experiment_id: experiment });
  expect(await stream.next()).toContain(`{"experiments":["${experiment}"],"activity":["${experiment}"]`);
  await stream.cancel();
  await own.stop();
});

test('a run that is only read changes nothing for the feed', async () => {
  const run = await api.createRun();
  const events = await fetch(`${server.url}/ajax-api/2.0/modelyard/events`, { signal: AbortSignal.timeout(20_000) });
  const stream = textOf(events);
  await stream.next();
  await api.run(run);
  await api.post('runs/set-tag', { run_id: run, key: 'a', value: 'b' });
  const value = (await stream.next()) ?? '';
  expect(value.match(/event: change/g)).toHaveLength(1);
  await stream.cancel();
});
