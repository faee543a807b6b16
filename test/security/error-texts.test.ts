/** T25: errors name an error_code and what to do, and tell nothing of the machine, the code or the database. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forEachAtOnce, rawRequest } from '../support/raw-request.ts';
import { artifactRoutes, startWithArtifacts, type ArtifactTargets } from './artifact-routes.ts';
import { insideOf } from './error-text.ts';

let targets: ArtifactTargets;
let routes: { method: string; path: string; fields: string[] }[];

beforeAll(async () => {
  targets = await startWithArtifacts();
  const families = Object.values(await import('../../src/protocol/api.ts')) as Record<string, unknown>[];
  const contracts = families.flatMap((family) => Object.values(family).filter(isContract));
  routes = contracts.flatMap(({ methods, path, request }) =>
    methods.map((method) => ({ method, path, fields: Object.keys(request) })),
  );
}, 30_000);

afterAll(() => targets.server.stop());

function isContract(value: unknown): value is { methods: string[]; path: string; request: object } {
  return typeof value === 'object' && value !== null && 'methods' in value && 'path' in value && 'request' in value;
}

/** Sends it and says what is wrong with the answer; undefined when nothing is. */
async function fault(
  method: string,
  target: string,
  body = '',
  type = 'application/json',
): Promise<string | undefined> {
  const { port, dir } = targets.server;
  const headers = body === '' ? {} : { 'Content-Type': type };
  const answer = await rawRequest({ port, method, target, headers, body });
  if (answer.status < 400) return undefined;
  const sent = `${method} ${target.slice(0, 300)} ${body.slice(0, 300)}: ${answer.status} ${answer.body}`;
  const told = insideOf(answer.body, dir, `${target} ${body}`);
  if (told.length > 0) return `${sent} tells ${told.join(', ')}`;
  if (answer.status >= 500 && answer.status !== 501) return sent;
  // Answers to HEAD, and to what is no HTTP to begin with, have no body.
  if (answer.body === '') return method === 'HEAD' || answer.status === 400 ? undefined : `${sent} is empty`;
  const error = JSON.parse(answer.body) as { error_code?: unknown; message?: unknown };
  const named = typeof error.error_code === 'string' && /^[A-Z_]+$/.test(error.error_code);
  return named && typeof error.message === 'string' && error.message !== ''
    ? undefined
    : `${sent} is no error of the API`;
}

async function mustBeFaultless(requests: readonly (readonly [string, string, string?, string?])[]): Promise<void> {
  const faults: string[] = [];
  await forEachAtOnce(requests, async (request) => {
    const found = await fault(...request);
    if (found !== undefined) faults.push(found);
  });
  expect(faults.slice(0, 20)).toEqual([]);
}

const wrong: unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  'x',
  '\0',
  'ü😀',
  '\ud800',
  [],
  [null],
  [[]],
  {},
  { key: null },
  'x'.repeat(10_000),
  '9'.repeat(30),
];
test('every method with nothing, nonsense and each field wrong', async () => {
  const { prefix, runId } = targets;
  const ok = {
    run_id: runId,
    run_uuid: runId,
    experiment_id: '0',
    experiment_ids: ['0'],
    name: 'guarded',
    version: '1',
    key: 'k',
    value: 'v',
    metric_key: 'k',
    source: 's3://bucket/x',
    max_results: 5,
  };
  const rest = new URLSearchParams({ ...ok, experiment_ids: '0', max_results: '5' }).toString();
  const nonsense = ['', '{', '[]', 'null', '"x"', '{"a":', '\0', '{}'];
  const texts = ['', 'x', '-1', '%00', '%ff', '9'.repeat(30), '[]'];
  expect(routes.length).toBeGreaterThan(30);
  await mustBeFaultless(
    routes.flatMap(({ method, path, fields }): [string, string, string?][] => {
      const target = `${prefix}/api/2.0${path.replaceAll(/\{\w+\}/g, 'x')}`;
      const wrongFields = fields.flatMap((field) => wrong.map((value) => JSON.stringify({ ...ok, [field]: value })));
      if (method !== 'GET') return [...nonsense, ...wrongFields].map((body) => [method, target, body]);
      const queries = fields.flatMap((field) =>
        texts.flatMap((text) => [`${field}=${text}&${rest}`, `${rest}&${field}=${text}`]),
      );
      return ['', '?', '?%', '?=&=', ...queries.map((query) => `?${query}`)].map((query) => [method, target + query]);
    }),
  );
}, 30_000);

test('unknown paths and methods', async () => {
  const unknown = [
    '/nowhere',
    '/api/2.0/mlflow/nowhere',
    '/api/3.0/mlflow/runs/get',
    '/api/2.0/preview/mlflow/runs/get',
    '//',
  ];
  const odd = ['/../../etc/passwd', '/%', '/%00', '/%ff', `/${'x'.repeat(5000)}`, '/api/2.0/mlflow/logged-models/%ff'];
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE', 'OPTIONS'];
  await mustBeFaultless([
    ...[...unknown, ...odd].flatMap((path) => methods.map((method) => [method, path] as const)),
    ['POST', '/api/2.0/mlflow/runs/create', '<x/>', 'application/xml'],
    ['POST', '/api/2.0/mlflow/runs/create', '{}', 'application/json; charset=utf-16'],
  ]);
});

test('files that are in the way', async () => {
  const { runFolder, runId, server } = targets;
  mkdirSync(join(runFolder, 'closed'));
  writeFileSync(join(runFolder, 'closed', 'x.txt'), 'x');
  writeFileSync(join(runFolder, 'a-file'), 'x');
  chmodSync(join(runFolder, 'closed'), 0o000);
  const below = `0/${runId}/artifacts/`;
  const paths = [
    'a-file/x',
    'a-file/x/y',
    'closed',
    'folder',
    'n'.repeat(300),
    `${'d/'.repeat(200)}x`,
    '',
    'nothing',
  ].flatMap((path) => [path, below + path]);
  const work = artifactRoutes(targets).flatMap((route) => paths.map((path) => ({ route, path })));
  try {
    await forEachAtOnce(work, async ({ route, path }) => {
      const target = route.target(path);
      const { body } = await rawRequest({
        port: server.port,
        method: route.method,
        target,
        body: route.kind === 'write' ? 'x' : '',
      });
      const told = insideOf(body, server.dir, target);
      if (told.length > 0 && body.startsWith('{"error_code"'))
        throw new Error(`${route.name} ${path} tells ${told.join(', ')}: ${body}`);
    });
  } finally {
    rmSync(runFolder, { recursive: true, force: true });
  }
});
