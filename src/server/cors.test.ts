import { describe, expect, test } from 'bun:test';
import { createCors, refusedOrigin } from './cors.ts';

interface Case {
  readonly allowed?: readonly string[];
  /** Origins that may read answers and change things. */
  readonly open: readonly string[];
  /** Origins that may change things, but not read. */
  readonly blind?: readonly string[];
  readonly closed: readonly string[];
}

const evil = [
  'https://evil.com',
  'null',
  'http://localhost.evil.com',
  'http://evil.com@localhost',
  'http://localhost@evil.com',
];

const cases: Readonly<Record<string, Case>> = {
  'pages of this machine by default': {
    open: ['http://localhost', 'http://localhost:3000', 'http://LOCALHOST:1', 'http://127.0.0.1', 'http://[::1]:3000'],
    blind: ['https://localhost:3000', 'https://127.0.0.1'],
    closed: [
      ...evil,
      'http://0.0.0.0:1',
      'http://127.0.0.2',
      'http://10.0.0.1:5000',
      'http://localhost:abc',
      'http://localhost:3000/path',
      'http://localhost?x',
      'http://localhost#x',
      'http://localhost,http://evil.com',
      'localhost:3000',
      'localhost',
      'chrome-extension://localhost',
      'file://',
      'http://',
      '://',
      'http://localhost:99999',
      `http://${'a'.repeat(400)}`,
    ],
  },
  'listed origins beside them': {
    allowed: [
      'https://ok.com',
      ' HTTPS://Upper.com/ ',
      'http://port.com:8080',
      'chrome-extension://abc',
      'http://std.com:80',
    ],
    open: [
      'https://ok.com',
      'HTTPS://OK.com',
      'https://ok.com:443',
      'https://upper.com',
      'http://port.com:8080',
      'chrome-extension://abc',
      'http://std.com',
      'http://localhost:3000',
    ],
    closed: [
      ...evil,
      'http://ok.com',
      'https://ok.com:8443',
      'https://ok.com.evil.net',
      'https://xok.com',
      'http://port.com',
    ],
  },
  'wildcards stay within their host': {
    allowed: ['https://*.wild.com', 'http://dev.com:*', 'http://10.*', 'https://many.*'],
    open: [
      'https://a.wild.com',
      'https://a.b.wild.com',
      'http://dev.com',
      'http://dev.com:9',
      'http://10.1.2.3',
      'http://10.1.2.3:80',
      'https://many.com:8443',
    ],
    closed: [
      ...evil,
      'https://wild.com',
      'https://xwild.com',
      'https://xwild.com.evil.net',
      'https://////.wild.com.evil.net',
      'https://evil.net/.wild.com',
      'https://evil.net:1.wild.com',
      'https://evil.net#.wild.com',
      'https://a.wild.com:9',
      'http://a.wild.com',
      'http://10.evil.com',
      'http://dev.com.evil.net:9',
    ],
  },
  'null and nonsense cannot be listed': {
    allowed: ['null', '', 'ok.com', 'https://', '://x', 'https://a b', '.*', '^http'],
    open: [],
    closed: [...evil, 'https://ok.com', 'http://ok.com', 'https://a', 'https://x'],
  },
};

const changes = ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'];
const paths = ['/api/2.0/mlflow/runs/create', '/ajax-api/2.0/mlflow/runs/create', '/graphql', '/v1/traces', '/'];
const host = 'server.corp:5000';

function preflight(origin: string | undefined, extra: Record<string, string> = {}): Request {
  const headers = new Headers({ 'Access-Control-Request-Method': 'POST', ...extra });
  if (origin !== undefined) headers.set('Origin', origin);
  return new Request('http://server.corp:5000/api/2.0/mlflow/runs/create', { method: 'OPTIONS', headers });
}

describe.each(Object.entries(cases))('%s', (_name, { allowed, open, blind = [], closed }) => {
  const cors = createCors(allowed);

  test.each([...open])('%s is open', async (origin) => {
    expect(cors.headers(origin)).toEqual({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': '*',
      Vary: 'Origin',
    });
    for (const method of changes) for (const path of paths) expect(cors.blocks(method, path, origin, host)).toBe(false);
    const answer = cors.preflight(preflight(origin))!;
    expect([answer.status, await answer.text()]).toEqual([200, 'OK']);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  });

  test.each([...blind, ...closed])('%s may not read', async (origin) => {
    expect(cors.headers(origin)).toBeUndefined();
    const answer = cors.preflight(preflight(origin))!;
    expect([answer.status, await answer.text()]).toEqual([400, 'Disallowed CORS origin']);
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    for (const method of changes) {
      for (const path of paths) expect(cors.blocks(method, path, origin, host)).toBe(closed.includes(origin));
    }
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(cors.blocks(method, '/', origin, host)).toBe(false);
  });
});

describe('a page of the server itself', () => {
  test.each([
    ['http://server.corp:5000', 'server.corp:5000', false],
    ['http://SERVER.corp:5000', 'Server.Corp:5000', false],
    ['http://server.corp', 'server.corp', false],
    ['http://server.corp', 'server.corp:80', false],
    // Behind a proxy that ends TLS.
    ['https://server.corp', 'server.corp', false],
    ['https://server.corp', 'server.corp:443', false],
    ['http://192.168.1.5:5000', '192.168.1.5:5000', false],
    ['http://[fd00::1]:5000', '[fd00::1]:5000', false],
    ['http://server.corp:5001', 'server.corp:5000', true],
    ['http://server.corp:5000', 'server.corp', true],
    ['http://evil.com:5000', 'server.corp:5000', true],
    ['http://server.corp', null, true],
    ['null', 'null', true],
    ['http://a@b', 'a@b', true],
  ] as const)('origin %s, host %s', (origin, header, blocked) => {
    const cors = createCors(undefined);
    expect(cors.blocks('POST', '/api/2.0/mlflow/runs/create', origin, header)).toBe(blocked);
    // With every Host accepted an attacker's name is at home too.
    const unchecked = createCors(undefined, { hostIsChecked: false });
    expect(unchecked.blocks('POST', '/api/2.0/mlflow/runs/create', origin, header)).toBe(true);
  });
});

test('programs send no origin', () => {
  for (const origin of [null, '']) {
    expect(createCors(undefined).blocks('POST', '/', origin, host)).toBe(false);
    expect(createCors(undefined).headers(origin)).toBeUndefined();
  }
});

test('a star opens to every page, never with credentials', async () => {
  const cors = createCors(['https://ok.com', '*']);
  for (const origin of [...evil, 'https://ok.com', 'http://localhost', null]) {
    expect(cors.headers(origin)).toEqual({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*' });
    expect(cors.blocks('POST', '/', origin, host)).toBe(false);
  }
  const answer = cors.preflight(preflight('https://evil.com'))!;
  expect([answer.status, await answer.text()]).toEqual([200, 'OK']);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
});

test('a preflight is answered in full', async () => {
  const cors = createCors(undefined);
  const answer = cors.preflight(
    preflight('http://localhost:3000', { 'Access-Control-Request-Headers': 'content-type,x-foo' }),
  )!;
  expect(Object.fromEntries(answer.headers)).toEqual({
    'access-control-allow-origin': 'http://localhost:3000',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS, PATCH',
    'access-control-allow-headers': 'content-type,x-foo',
    'access-control-max-age': '600',
    'content-type': 'text/plain; charset=utf-8',
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
  });
});

test.each([
  ['http://localhost:3000', { 'Access-Control-Request-Method': 'PROPFIND' }, 'method'],
  ['http://localhost:3000', { 'Access-Control-Request-Method': 'post' }, 'method'],
  ['http://localhost:3000', { 'Access-Control-Request-Private-Network': 'true' }, 'private-network'],
  ['https://evil.com', { 'Access-Control-Request-Method': 'PROPFIND' }, 'origin, method'],
] as [string, Record<string, string>, string][])(
  'a preflight of %s with %p is refused',
  async (origin, extra, what) => {
    const answer = createCors(undefined).preflight(preflight(origin, extra))!;
    expect([answer.status, await answer.text()]).toEqual([400, `Disallowed CORS ${what}`]);
  },
);

test('other requests are no preflights', () => {
  const cors = createCors(undefined);
  expect(cors.preflight(preflight(undefined))).toBeUndefined();
  const url = 'http://server.corp:5000/';
  expect(
    cors.preflight(new Request(url, { method: 'OPTIONS', headers: { Origin: 'http://localhost' } })),
  ).toBeUndefined();
  const post = { method: 'POST', headers: { Origin: 'http://localhost', 'Access-Control-Request-Method': 'POST' } };
  expect(cors.preflight(new Request(url, post))).toBeUndefined();
});

test('the refusal is MLflow’s', () => {
  expect(refusedOrigin).toEqual({ status: 403, text: 'Cross-origin request blocked' });
});
