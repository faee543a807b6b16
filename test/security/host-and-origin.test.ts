/** T13 and the cross-origin half of T12, asked of the real server over a bare socket. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { rawRequest } from '../support/raw-request.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let local: TestServer;
let named: TestServer;
let open: TestServer;

beforeAll(async () => {
  [local, named, open] = await Promise.all([
    startServer(),
    startServer([
      '--static-prefix',
      '/ml',
      '--allowed-hosts',
      'mlflow.example.com,*.wild.com',
      '--cors-allowed-origins',
      'https://ok.com',
    ]),
    startServer(['--allowed-hosts', '*', '--cors-allowed-origins', '*']),
  ]);
}, 60_000);

afterAll(() => Promise.all([local.stop(), named.stop(), open.stop()]));

const search = '/api/2.0/mlflow/experiments/search?max_results=1';
const create = '/ajax-api/2.0/mlflow/experiments/create';
const refusedHost = 'Invalid Host header - possible DNS rebinding attack detected';
const jsonType = { 'Content-Type': 'application/json' };

describe('hosts', () => {
  test.each([
    'localhost',
    'localhost:5000',
    'LOCALHOST:1',
    '127.0.0.1',
    '[::1]:5000',
    '10.1.2.3:5000',
    '192.168.1.5',
    '0.0.0.0:80',
  ])('%s is accepted by default', async (host) => {
    const answer = await rawRequest({ port: local.port, target: search, headers: { Host: host } });
    expect(answer.status).toBe(200);
  });

  test.each([
    'evil.com',
    'evil.com:5000',
    '10.evil.com',
    '192.168.evil.com',
    'localhost.evil.com',
    '127.0.0.1.evil.com',
    '172.32.0.1',
    'localhost.',
    'x@localhost',
    'localhost@evil.com',
    'localhost,evil.com',
    'localhost:x',
    '[::2]',
    'mlflow.example.com',
    '',
  ])('%p is refused by default, on every path', async (host) => {
    for (const target of [
      search,
      '/ajax-api/2.0/mlflow/runs/search',
      '/',
      '/get-artifact',
      '/nowhere',
      '/api/2.0/mlflow-artifacts/artifacts/x',
    ]) {
      const { status, body } = await rawRequest({ port: local.port, target, headers: { Host: host } });
      if (status !== 400) expect([target, status, body]).toEqual([target, 403, refusedHost]);
    }
  });

  test('other headers do not stand in for Host', async () => {
    const forwarded = { 'X-Forwarded-Host': 'localhost', 'X-Host': 'localhost', Forwarded: 'host=localhost' };
    const refused = await rawRequest({ port: local.port, target: search, headers: { ...forwarded, Host: 'evil.com' } });
    expect(refused.status).toBe(403);
    const accepted = await rawRequest({
      port: local.port,
      target: search,
      headers: { 'X-Forwarded-Host': 'evil.com', Host: 'localhost' },
    });
    expect(accepted.status).toBe(200);
  });

  test('no Host, two Hosts, a Host in the request target', async () => {
    const none = await rawRequest({ port: local.port, target: search, headers: { Host: null } });
    expect([400, 403]).toContain(none.status);
    for (const [first, second] of [
      ['localhost', 'evil.com'],
      ['evil.com', 'localhost'],
    ]) {
      const two = await rawRequest({ port: local.port, target: search, headers: { Host: first!, host: second! } });
      expect([400, 403]).toContain(two.status);
    }
    // A name in the request target is no way around the header.
    for (const target of [`http://localhost${search}`, `//localhost${search}`, `http://evil.com@localhost${search}`]) {
      const absolute = await rawRequest({ port: local.port, target, headers: { Host: 'evil.com' } });
      expect(absolute.body).not.toContain('"experiments"');
    }
    const smuggled = await rawRequest({ port: local.port, target: search, headers: { Host: `localhost/health?` } });
    expect(smuggled.body).not.toContain('"experiments"');
  });

  test('load balancers may ask for health and version under any name', async () => {
    for (const path of ['/health', '/version']) {
      expect((await rawRequest({ port: local.port, target: path, headers: { Host: 'evil.com' } })).status).toBe(200);
      expect((await rawRequest({ port: named.port, target: `/ml${path}`, headers: { Host: 'evil.com' } })).status).toBe(
        200,
      );
      const old = await rawRequest({ port: local.port, target: path, version: '1.0', headers: { Host: null } });
      expect(old.status).toBe(200);
    }
    const near = [
      '/health/',
      '/healthx',
      '//health',
      '/health/../api/2.0/mlflow/experiments/search?max_results=1',
      '/version/x',
      '/%68ealth',
    ];
    for (const target of near) {
      const { body } = await rawRequest({ port: local.port, target, headers: { Host: 'evil.com' } });
      expect(body).not.toContain('"experiments"');
    }
  });

  test('a listed host passes with and without a port; the defaults are gone', async () => {
    const status = async (host: string): Promise<number> =>
      (await rawRequest({ port: named.port, target: `/ml${search}`, headers: { Host: host } })).status;
    for (const host of ['mlflow.example.com', 'mlflow.example.com:5000', 'MLflow.example.com:443', 'a.wild.com:5000']) {
      expect([host, await status(host)]).toEqual([host, 200]);
    }
    for (const host of ['localhost', '127.0.0.1', 'example.com', 'mlflow.example.com.evil.net', 'wild.com']) {
      expect([host, await status(host)]).toEqual([host, 403]);
    }
  });

  test('a star accepts every host', async () => {
    expect((await rawRequest({ port: open.port, target: search, headers: { Host: 'evil.com' } })).status).toBe(200);
    const without = await rawRequest({ port: open.port, target: search, version: '1.0', headers: { Host: null } });
    expect(without.body).toContain('"experiments"');
  });
});

describe('origins', () => {
  const change = (
    server: TestServer,
    prefix: string,
    origin: string,
    host = 'localhost',
    method = 'POST',
    path = create,
  ) =>
    rawRequest({
      port: server.port,
      method,
      target: prefix + path,
      headers: { Host: host, Origin: origin, ...jsonType },
      body: JSON.stringify({ name: `made by ${origin} ${crypto.randomUUID()}` }),
    });

  test.each(['https://evil.com', 'null', 'http://localhost.evil.com', 'http://x@localhost', 'file://'])(
    '%s may change nothing and read nothing',
    async (origin) => {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        for (const path of [
          create,
          '/api/2.0/mlflow-artifacts/artifacts/x',
          '/graphql',
          '/',
          '/ajax-api/2.0/mlflow/upload-artifact',
        ]) {
          const { status, body } = await change(local, '', origin, 'localhost', method, path);
          expect([method, path, status, body]).toEqual([method, path, 403, 'Cross-origin request blocked']);
        }
      }
      const read = await rawRequest({ port: local.port, target: search, headers: { Origin: origin } });
      expect(read.status).toBe(200);
      expect(read.headers).not.toHaveProperty('access-control-allow-origin');
      expect(read.headers['vary']).toContain('Origin');
      const headers = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
      const preflight = await rawRequest({ port: local.port, method: 'OPTIONS', target: create, headers });
      expect([preflight.status, preflight.body]).toEqual([400, 'Disallowed CORS origin']);
      expect(preflight.headers).not.toHaveProperty('access-control-allow-origin');
    },
  );

  test('pages of this machine may', async () => {
    const origin = 'http://localhost:3000';
    const answer = await change(local, '', origin);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
  });

  test('a page that may call sees errors too', async () => {
    const origin = 'http://localhost:3000';
    const target = '/api/2.0/mlflow/experiments/get?experiment_id=99';
    const answer = await rawRequest({ port: local.port, target, headers: { Origin: origin } });
    expect(answer.status).toBe(404);
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
  });

  test('pages of the server itself may, under whatever accepted name', async () => {
    expect((await change(local, '', 'http://192.168.1.5:5000', '192.168.1.5:5000')).status).toBe(200);
    expect((await change(named, '/ml', 'https://mlflow.example.com', 'mlflow.example.com')).status).toBe(200);
    expect((await change(named, '/ml', 'https://ok.com', 'mlflow.example.com')).status).toBe(200);
    expect((await change(named, '/ml', 'https://mlflow.example.com', 'a.wild.com')).status).toBe(403);
    expect((await change(named, '/ml', 'https://evil.com', 'evil.com')).body).toBe(refusedHost);
  });

  test('a star opens to all, without credentials', async () => {
    const answer = await change(open, '', 'https://evil.com');
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, '*']);
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });
});

test('forms of other pages are not JSON', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    'application/jsonx',
  ]) {
    const headers = { 'Content-Type': type };
    const body = JSON.stringify({ name: `form ${type}` });
    const { status } = await rawRequest({ port: local.port, method: 'POST', target: create, headers, body });
    expect([type, status]).toEqual([type, 400]);
  }
});

test('a GET that does more than read is not for other pages, nor for the images in them', async () => {
  const target = '/ajax-api/2.0/modelyard/projects/describe?uri=/nothing/here';
  const asked = async (headers: Readonly<Record<string, string>>): Promise<number> =>
    (await rawRequest({ port: local.port, target, headers: { Host: 'localhost', ...headers } })).status;
  expect(await asked({ Origin: 'https://evil.com' })).toBe(403);
  expect(await asked({ Origin: 'null' })).toBe(403);
  expect(await asked({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
  expect(await asked({ 'Sec-Fetch-Site': 'same-site' })).toBe(403);
  // Read as far as to see that nothing is there.
  expect(await asked({ 'Sec-Fetch-Site': 'same-origin' })).toBe(400);
  expect(await asked({ Origin: 'http://localhost:5000' })).toBe(400);
  expect(await asked({})).toBe(400);
});

test('answers may not be framed or sniffed', async () => {
  for (const target of [
    search,
    '/',
    '/health',
    '/nowhere',
    '/get-artifact',
    '/api/2.0/mlflow/experiments/get?experiment_id=99',
  ]) {
    const { headers } = await rawRequest({ port: local.port, target });
    expect([target, headers['x-content-type-options'], headers['x-frame-options']]).toEqual([
      target,
      'nosniff',
      'SAMEORIGIN',
    ]);
  }
});
