/** What a page is told over the live feed, and from which position on. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
});
afterAll(() => server.stop());

interface Change {
  readonly all?: boolean;
  readonly experiments?: readonly string[];
  readonly runs?: readonly string[];
  readonly models?: readonly string[];
}

interface FeedEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Change;
}

/** The events of a feed, one by one. */
async function* eventsOf(since?: string, own = server): AsyncGenerator<FeedEvent, undefined> {
  const query = since === undefined ? '' : `?since=${since}`;
  const response = await fetch(`${own.url}/ajax-api/2.0/modelyard/events${query}`, {
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.body) throw new Error('no body');
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, event = '', id = '', data = ''] = /^event: (.*)\nid: (.*)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      yield { event, id, data: JSON.parse(data) as Change };
    }
  }
}

async function positionOfPage(): Promise<string> {
  const html = await (await fetch(`${server.url}/`)).text();
  return /name="modelyard-position" content="([^"]+)"/.exec(html)?.[1] ?? '';
}

async function nextOf(events: ReturnType<typeof eventsOf>): Promise<FeedEvent> {
  return (await events.next()).value ?? { event: 'end', id: '', data: {} };
}

const upload = (path: string, method = 'PUT') =>
  fetch(`${server.url}/api/2.0/mlflow-artifacts/artifacts/${path}`, {
    method,
    ...(method === 'PUT' ? { body: 'x' } : {}),
    signal: AbortSignal.timeout(20_000),
  });

test('what changed between the page and its feed is told first, then what changes later', async () => {
  const position = await positionOfPage();
  const run = await api.createRun();
  const events = eventsOf(position);
  expect((await nextOf(events)).event).toBe('hello');
  const missed = await nextOf(events);
  expect(missed).toMatchObject({ event: 'change', data: { runs: [run] } });
  const later = await api.createRun();
  const told = await nextOf(events);
  expect(told.data.runs).toEqual([later]);
  // Its id is where another feed goes on.
  await events.return(undefined);
  await api.post('registered-models/create', { name: 'since then' });
  const again = eventsOf(told.id);
  await again.next();
  expect((await nextOf(again)).data).toEqual({
    experiments: [],
    activity: [],
    runs: [],
    models: ['since then'],
    endpoints: [],
    jobs: [],
  } as Change);
  await again.return(undefined);
});

test('a proxy in front is asked to hand each event on at once', async () => {
  const response = await fetch(`${server.url}/ajax-api/2.0/modelyard/events`, { signal: AbortSignal.timeout(20_000) });
  // What nginx goes by: without it an answer is kept until its buffer is full.
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  await response.body?.cancel();
});

test('a page that missed nothing is told nothing', async () => {
  const events = eventsOf(await positionOfPage());
  await events.next();
  const run = await api.createRun();
  expect((await nextOf(events)).data.runs).toEqual([run]);
  await events.return(undefined);
});

test.each(['', 'x', '1', 'other-7'])('with the position %p everything is said to be old', async (position) => {
  const events = eventsOf(position);
  await events.next();
  expect(await nextOf(events)).toMatchObject({ event: 'change', data: { all: true } });
  await events.return(undefined);
});

test('a page that missed more than is kept is told that everything is old', async () => {
  const position = await positionOfPage();
  for (let i = 0; i < 5000; i += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, j) => api.post('registered-models/create', { name: `m${i + j}` })),
    );
  const events = eventsOf(position);
  await events.next();
  expect((await nextOf(events)).data).toEqual({ all: true });
  await events.return(undefined);
}, 60_000);

test('an upload, and a deletion, of a file tell that the run has changed', async () => {
  const run = await api.createRun();
  const of = (path: string): string => `0/${run}/artifacts/${path}`;
  const told = async (change: () => Promise<Response>): Promise<void> => {
    const events = eventsOf();
    await events.next();
    expect((await change()).status).toBe(200);
    expect((await nextOf(events)).data.runs).toEqual([run]);
    await events.return(undefined);
  };
  await told(() => upload(of('a/b.txt')));
  await told(() => upload(of('a'), 'DELETE'));
  await told(() =>
    fetch(`${server.url}/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${run}&path=c.txt`, {
      method: 'POST',
      body: 'x',
      signal: AbortSignal.timeout(20_000),
    }),
  );
});

test('a file that was refused, or is no run’s, and a write that was rolled back tell nothing', async () => {
  const [run, other] = [await api.createRun(), await api.createRun()];
  await api.post('runs/log-parameter', { run_id: run, key: 'p', value: '1' });
  const events = eventsOf();
  await events.next();
  expect((await upload(`0/${run}/artifacts/a%00b`)).status).toBe(400);
  expect((await upload('some/file.txt')).status).toBe(200);
  const refused = [{ key: 'p', value: 'other' }];
  expect((await api.refused('POST', 'runs/log-batch', { run_id: run, params: refused })).status).toBe(400);
  await api.post('runs/set-tag', { run_id: other, key: 'a', value: 'b' });
  expect((await nextOf(events)).data.runs).toEqual([other]);
  await events.return(undefined);
});

test('of two servers on one database, each tells that the other has written', async () => {
  const second = await startServer([], { dir: server.dir });
  try {
    const events = eventsOf(undefined, second);
    await events.next();
    await api.createRun();
    expect((await nextOf(events)).data).toEqual({ all: true });
    // Its own writes it tells by name.
    const run = await new Api(second).createRun();
    expect((await nextOf(events)).data.runs).toEqual([run]);
    await events.return(undefined);
  } finally {
    await second.stop();
  }
});
