/** T1 and T5: no path, in any encoding, on any alias, leads out of the artifact root. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { forEachAtOnce, rawRequest } from '../support/raw-request.ts';
import { allDepths, ask, pathsTo, someDepths, ups } from './artifact-attacks.ts';
import {
  artifactRoutes,
  okContent,
  startWithArtifacts,
  type ArtifactRouteUnderTest,
  type ArtifactTargets,
} from './artifact-routes.ts';
import { outsideFiles, plantSecrets, secret, secretFile } from './planted-files.ts';

const running: ArtifactTargets[] = [];

beforeAll(async () => {
  running.push(...(await Promise.all([startWithArtifacts(), startWithArtifacts(['--static-prefix', '/ml/yard'])])));
  for (const targets of running) plantSecrets(targets.server.dir, targets.runFolder);
  for (const { server, runId, modelId } of running) {
    for (const folder of ['.', `0/${runId}/artifacts/folder`, `0/models/${modelId}/artifacts`]) {
      const links = join(server.dir, 'artifacts', folder);
      symlinkSync(join(server.dir, 'outside', secretFile), join(links, 'link-file'), 'file');
      symlinkSync(join(server.dir, 'outside'), join(links, 'link-folder'));
      symlinkSync('/', join(links, 'link-root'));
    }
  }
}, 60_000);

afterAll(async () => {
  for (const { server } of running) await server.stop();
});

describe.each([
  ['at the root', 0],
  ['below a static prefix', 1],
] as const)('%s', (_name, index) => {
  const routesOf = (kind: ArtifactRouteUnderTest['kind']) =>
    artifactRoutes(running[index]!).filter((route) => route.kind === kind);

  test('each route serves what it should', async () => {
    const targets = running[index]!;
    for (const route of routesOf('read')) {
      const { status, body } = await ask(targets, route, 'ok.txt');
      expect([route.name, status, body]).toEqual([route.name, 200, route.method === 'HEAD' ? '' : okContent]);
    }
    for (const route of routesOf('list')) {
      const { status, body } = await ask(targets, route, '');
      expect([route.name, status, body.includes('ok.txt')]).toEqual([route.name, 200, true]);
    }
  });

  test('no file outside is read', async () => {
    const targets = running[index]!;
    const { dir } = targets.server;
    const names = [secretFile, `outside/${secretFile}`, `artifacts-other/${secretFile}`, 'm.db'];
    const paths = [
      ...names.flatMap((name) => pathsTo(name, dir)),
      ...pathsTo('etc/passwd', '/'),
      'link-file',
      'link-nowhere',
      'link-root/etc/passwd',
      '/etc/passwd',
      '%2fetc%2fpasswd',
      '/proc/self/environ',

      '',
      '.',
      '/',
      '%2f',
      '%00',
      '%',
      '%zz',
      '%c0',
      '..',
      '../',
      '...',
      '~',
      '-',
      '*',
      'CON',
      'nul',
      'a'.repeat(5000),
      'a/'.repeat(3000),
      '%2e'.repeat(3000),
      'ok.txt/',
      'ok.txt%00',
      'ok.txt/x',
      'ok.txt%20',
      'folder',
    ];
    const work = routesOf('read').flatMap((route) => paths.map((path) => ({ route, path })));
    let answered = 0;
    await forEachAtOnce(work, async ({ route, path }) => {
      const { status, body } = await ask(targets, route, path);
      if (body.startsWith('SQLite format')) throw new Error(`${route.name} gives the database away by ${path}`);
      // What is found all the same is what the path is meant to name.
      if (status === 200 && route.method === 'GET' && body !== okContent)
        throw new Error(`${route.name} reads ${path}: ${body}`);
      answered++;
    });
    expect(answered).toBe(work.length);
  }, 60_000);

  test('no folder outside is listed', async () => {
    const targets = running[index]!;
    const paths = [
      ...pathsTo('outside', targets.server.dir),
      ...ups.flatMap((up) => allDepths.map((depth) => up.repeat(depth))),

      'link-folder',
      'link-folder/',
      'link-root',
      'link-root/etc',
      'link-up',
      `${targets.server.dir}/outside/`,
      '/',
      '/etc',
      '%2f',
    ];
    const work = routesOf('list').flatMap((route) => paths.map((path) => ({ route, path })));
    await forEachAtOnce(work, async ({ route, path }) => {
      const { body } = await ask(targets, route, path);
      if (/"(?:[^"]*\/)?(?:etc|proc|hidden\.txt|m\.db)"/.test(body))
        throw new Error(`${route.name} lists ${path}: ${body}`);
    });
    // The links themselves lead nowhere, so they are not shown either.
    for (const route of routesOf('list')) expect((await ask(targets, route, '')).body).not.toContain('link-file');
  }, 60_000);

  test.each(['write', 'delete'] as const)(
    'no file outside is touched: %s',
    async (kind) => {
      const targets = running[index]!;
      const { dir } = targets.server;
      const before = outsideFiles(dir);
      const names = [
        secretFile,
        `outside/${secretFile}`,
        'outside/new.txt',
        'new/new.txt',
        `artifacts-other/${secretFile}`,
        'm.db',
      ];
      const paths = [
        ...names.flatMap((name) => pathsTo(name, dir, someDepths)),
        'link-file',
        'link-nowhere',
        'link-folder/new.txt',
        'link-folder/new/new.txt',
        `link-root${dir}/new.txt`,

        '',
        '.',
        '/',
        './',
        '%2e',
        '%2f',
        '..',
        '../',
        '%2e%2e',
        '%00',
        '..%00',
        'a'.repeat(300),
        'a/'.repeat(3000),
        ...(kind === 'delete'
          ? ['outside', 'artifacts-other', ''].flatMap((name) => pathsTo(name, dir, someDepths))
          : []),
      ];
      const work = routesOf(kind).flatMap((route) => paths.map((path) => ({ route, path })));
      await forEachAtOnce(work, async ({ route, path }) => {
        await ask(targets, route, path);
      });
      expect(outsideFiles(dir)).toEqual(before);
      expect(readFileSync(join(targets.runFolder, 'folder/ok.txt'), 'utf8')).toBe(okContent);
      expect((await targets.api.call('GET', `runs/get?run_id=${targets.runId}`)).status).toBe(200);
    },
    60_000,
  );

  test('ids are no paths', async () => {
    const targets = running[index]!;
    const { server, prefix } = targets;
    const ids = [
      '..',
      '../..',
      '..%2f..',
      '%2e%2e',
      '.',
      '',
      '%00',
      '/etc',
      `..%2f..%2f..%2foutside`,
      "x' OR '1'='1",
      '%252e%252e',
    ];
    await forEachAtOnce(
      ids.flatMap((id) => [
        `/get-artifact?run_id=${id}&path=${secretFile}`,
        `/model-versions/get-artifact?name=${id}&version=1&path=${secretFile}`,
        `/model-versions/get-artifact?name=guarded&version=${id}&path=${secretFile}`,
        `/ajax-api/2.0/mlflow/logged-models/${id}/artifacts/files?artifact_file_path=${secretFile}`,
        `/ajax-api/2.0/mlflow/logged-models/${id}/artifacts/directories?artifact_directory_path=outside`,
        `/api/2.0/mlflow/artifacts/list?run_id=${id}`,
      ]),
      async (path) => {
        const target = `${prefix}${path.replaceAll(' ', '%20')}`;
        const { status, body } = await rawRequest({ port: server.port, target });
        if (status < 400 || (status >= 500 && status !== 501) || body.includes(secret))
          throw new Error(`${target}: ${status} ${body}`);
      },
    );
  });
});

test('below a static prefix the bare paths are no way in', async () => {
  const { server, runId } = running[1]!;
  const bare = [
    '/get-artifact?run_id=ID&path=ok.txt',
    '/api/2.0/mlflow-artifacts/artifacts/ok.txt',
    '/ml/get-artifact?run_id=ID&path=ok.txt',
  ];
  for (const target of bare) {
    const { status, body } = await rawRequest({ port: server.port, target: target.replace('ID', runId) });
    expect([target, status, body.includes(okContent)]).toEqual([target, 404, false]);
  }
});
