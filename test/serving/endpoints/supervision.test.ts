/** Processes of endpoints: started again after a crash, with the server, and gone with it however it ends. */
import { afterAll, afterEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { answers, registerModel, setAlias } from './support/models.ts';
import { EndpointApi, startServing } from './support/serving.ts';

const dir = freshFolder();
const running = new Set<TestServer>();

/** Another server of the same data each time. */
async function serve(...[args, options]: [(readonly string[])?, Parameters<typeof startServing>[2]?]) {
  const server = await startServing(dir, args, options);
  running.add(server);
  return { server, endpoints: new EndpointApi(server.url) };
}

afterEach(async () => {
  await Promise.all([...running].map((server) => server.kill()));
  running.clear();
});
afterAll(() => removeFolder(dir));

/** The processes that serve, by the names of their models. */
function serving(server: TestServer): Map<number, string> {
  const found = new Map<number, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const uri = words[words.indexOf('--model-uri') + 1];
      if (words.includes('serve') && words.some((word) => word.includes(`modelyard-endpoints-${server.pid}-`)) && uri)
        found.set(Number(pid), uri);
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Resolves when so many requests are being answered. */
async function inHand(endpoints: EndpointApi, name: string, count: number): Promise<void> {
  await endpoints.until(name, ({ serving }) => serving.reduce((sum, one) => sum + (one.in_hand ?? 0), 0) === count);
}

async function untilGone(pids: Iterable<number>): Promise<void> {
  const left = [...pids];
  await within(
    20_000,
    (async () => {
      while (left.some((pid) => existsSync(`/proc/${pid}`) && !isZombie(pid))) await Bun.sleep(20);
    })(),
  );
}

function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

test('a crash is answered, told of and mended', async () => {
  const { server, endpoints } = await serve();
  await registerModel(server.url, 'tiny', 'Identity');
  await registerModel(server.url, 'tiny', 'Neg');
  await setAlias(server.url, 'tiny', 'champion', '2');
  await endpoints.create('steady', 'models:/tiny@champion');
  await endpoints.ready('steady');
  for (let crash = 1; crash <= 3; crash++) {
    const [pid = 0] = serving(server).keys();
    process.kill(pid, 'SIGKILL');
    const told = await endpoints.until('steady', ({ served_models: [one] }) => one?.restarts === crash);
    if (told.state !== 'ready') {
      expect(told.state).toBe('pending');
      expect(told.message).toContain('ended by SIGKILL and is being started again');
      expect((await endpoints.predict('steady')).status).toBeOneOf([200, 503]);
    }
    await endpoints.ready('steady');
    expect((await endpoints.predict('steady')).predictions).toEqual(answers.Neg);
  }
  expect((await endpoints.log('steady')).filter((line) => line.endsWith('ended by SIGKILL'))).toHaveLength(3);
});

test('of two versions one answers for both while the other is started again', async () => {
  const { server, endpoints } = await serve();
  await endpoints.create('pair', [
    ['models:/tiny/1', 50],
    ['models:/tiny/2', 50],
  ]);
  await endpoints.ready('pair');
  await endpoints.until('steady', 'ready');
  const second = [...serving(server)].filter(([, uri]) => uri === 'models:/tiny/2').map(([pid]) => pid);
  for (const pid of second) process.kill(pid, 'SIGKILL');
  await endpoints.until('pair', ({ served_models: [, two] }) => two?.restarts === 1);
  for (let at = 0; at < 20; at++) expect((await endpoints.predict('pair')).status).toBe(200);
  await endpoints.ready('pair');
  await endpoints.stop('pair');
});

test('what was in hand when its process died is answered', async () => {
  const { server, endpoints } = await serve();
  await endpoints.ready('steady');
  const [pid = 0] = serving(server).keys();
  // It takes requests and answers none.
  process.kill(pid, 'SIGSTOP');
  const asked = Array.from({ length: 8 }, () => endpoints.predict('steady'));
  await inHand(endpoints, 'steady', 8);
  process.kill(pid, 'SIGKILL');
  for (const heard of await Promise.all(asked)) {
    expect(heard).toMatchObject({ status: 503, retryAfter: '1', model: 'models:/tiny/2' });
    expect(heard.text).toContain('models:/tiny/2 ended before it had answered; it is being started again.');
  }
  await endpoints.ready('steady');
});

test('who goes away before the answer is neither waited for nor an error of the server', async () => {
  const { server, endpoints } = await serve();
  await endpoints.ready('steady');
  const [pid = 0] = serving(server).keys();
  process.kill(pid, 'SIGSTOP');
  const leaving = new AbortController();
  const headers = { 'content-type': 'application/json' };
  const bodies = ['{"inputs": [[1, 2]]}', `{"inputs": [[${'1, '.repeat(2_000_000)}1]]}`];
  const asked = bodies.map((body) =>
    fetch(`${server.url}/endpoints/steady/invocations`, { method: 'POST', body, headers, signal: leaving.signal }),
  );
  const ends = Promise.allSettled(asked);
  await inHand(endpoints, 'steady', 2);
  leaving.abort();
  expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await inHand(endpoints, 'steady', 0);
  process.kill(pid, 'SIGCONT');
  expect((await endpoints.predict('steady')).status).toBe(200);
  expect(server.log()).toBe('');
});

test('a process that hangs is answered for', async () => {
  const { server, endpoints } = await serve();
  await endpoints.create('hanging', 'models:/tiny/1', { timeout_seconds: 1 });
  await endpoints.ready('hanging');
  const hanging = [...serving(server)].filter(([, uri]) => uri === 'models:/tiny/1').map(([pid]) => pid);
  for (const pid of hanging) process.kill(pid, 'SIGSTOP');
  // Also where it does not take the body to its end.
  const bodies = ['{"inputs": [[1, 2]]}', `{"inputs": [[${'1, '.repeat(2_000_000)}1]]}`];
  for (const heard of await Promise.all(bodies.map((body) => endpoints.predict('hanging', body)))) {
    expect(heard).toMatchObject({ status: 503, model: 'models:/tiny/1' });
    expect(heard.text).toContain('models:/tiny/1 did not answer in time');
  }
  // One that is stopped would outlive the server.
  for (const pid of hanging) process.kill(pid, 'SIGCONT');
  await endpoints.ask('DELETE', '/modelyard/endpoints/hanging');
});

test('after SIGTERM no process is left, and the next server starts what was running', async () => {
  const { server, endpoints } = await serve();
  await endpoints.ready('steady');
  const pids = [...serving(server).keys()];
  expect(pids.length).toBeGreaterThan(0);
  running.delete(server);
  expect(await server.stop()).toBe(0);
  await untilGone(pids);

  const { endpoints: next } = await serve();
  await next.ready('steady');
  expect((await next.predict('steady')).predictions).toEqual(answers.Neg);
  expect((await next.get('pair')).state).toBe('stopped');
  // The log goes on where it was.
  expect((await next.log('steady')).filter((line) => line === 'models:/tiny/2 is ready').length).toBeGreaterThan(1);
});

test('SIGTERM under load: every request that was sent is answered', async () => {
  const { server, endpoints } = await serve();
  await endpoints.ready('steady');
  const heard: number[] = [];
  let refused = 0;
  const clients = Array.from({ length: 16 }, async () => {
    for (;;) {
      const answer = await endpoints.predict('steady').catch(() => undefined);
      // Nobody listens any more.
      if (!answer) return refused++;
      heard.push(answer.status);
    }
  });
  while (heard.length < 100) await Bun.sleep(5);
  running.delete(server);
  expect(await server.stop()).toBe(0);
  await within(20_000, Promise.all(clients));
  expect(new Set(heard)).toEqual(new Set([200]));
  expect(refused).toBe(16);
});

test('after kill -9 of the server its processes end too, and the next server starts them anew', async () => {
  const { server, endpoints } = await serve();
  await endpoints.ready('steady');
  const pids = [...serving(server).keys()];
  running.delete(server);
  await server.kill();
  await untilGone(pids);
  const { endpoints: next } = await serve();
  await next.ready('steady');
  expect((await next.predict('steady')).status).toBe(200);
});

test('where the system does not tell a process of the end of its parent, it notices itself', async () => {
  // No setpriv is found, for neither the server nor the test.
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  for (const program of ['sh', 'cksum', 'readlink', 'env']) symlinkSync(Bun.which(program) ?? '', join(bin, program));
  const { server, endpoints } = await serve([], { through: [], env: { PATH: bin } });
  await endpoints.ready('steady');
  const pids = [...serving(server).keys()];
  expect(pids.length).toBeGreaterThan(0);
  running.delete(server);
  await server.kill();
  await untilGone(pids);
});

test('its own processes reach a server that only answers to a name', async () => {
  const { server } = await serve(['--allowed-hosts', 'models.example.com']);
  const from = (path: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers });
  expect((await from('/endpoints/steady/ping', {})).status).toBe(403);
  expect((await from('/endpoints/steady/ping', { authorization: 'Bearer guessed' })).status).toBe(403);
  const named = { host: 'models.example.com' };
  await within(
    40_000,
    (async () => {
      while (!(await from('/endpoints/steady/ping', named)).ok) await Bun.sleep(20);
    })(),
  );
});

test('on a server with a prefix the addresses have it', async () => {
  const { server, endpoints } = await serve(['--static-prefix', '/ml']);
  const ready = await endpoints.ready('steady');
  expect(ready.invocations_path).toBe('/ml/endpoints/steady/invocations');
  expect((await endpoints.predict('steady')).status).toBe(200);
  expect(server.url).toEndWith('/ml');
});

test('a log of a killed server may end in half a line', async () => {
  const file = join(dir, 'm.db-endpoints', '1', 'log');
  writeFileSync(file, `${readFileSync(file, 'utf8')}99999\t17`);
  const { endpoints } = await serve();
  await endpoints.ready('steady');
  const { lines } = await endpoints.ask('GET', '/modelyard/endpoints/steady/logs?max_lines=3');
  const [first, ...others] = lines as { id: number; source: string; text: string }[];
  expect(first).toMatchObject({ source: 'endpoint', text: expect.stringContaining('started process') as string });
  expect(others).toMatchObject([
    { id: (first?.id ?? 0) + 1, source: 'models:/tiny/2' },
    { id: (first?.id ?? 0) + 2, source: 'endpoint', text: 'models:/tiny/2 is ready' },
  ]);
});
