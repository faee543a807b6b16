/** T1, T4 and T5: no path, in any encoding, on any alias, leads out of the artifact root. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { forEachAtOnce, rawRequest, type RawAnswer } from '../support/raw-request.ts';
import { artifactRoutes, okContent, startWithArtifacts, type ArtifactRouteUnderTest, type ArtifactTargets } from './artifact-routes.ts';
import { insideOf } from './error-text.ts';
import { outsideFiles, plantSecrets, secret, secretFile } from './planted-files.ts';

/** Ways to write "one folder up", as they stand in the request. */
const ups = [
  ...['../', '..\\', './../', '.././', '..//', '....//', '.../', '....\\/', '..;/', '..;x=1/', '..%3b/', '..+/'],
  ...['%2e%2e/', '.%2e/', '%2e./', '%2E%2E%2F', '%2e%2e%2f', '..%2f', '..%5c', '%2e%2e%5c', '.%2f..%2f', '..%2f/'],
  ...['%252e%252e%252f', '..%252f', '..%255c', '%25252e%25252e%25252f', '%2525252e%2525252e%2525252f', '%%32%65%%32%65/'],
  ...['..%c0%af', '%c0%ae%c0%ae%c0%af', '%c0%ae%c0%ae/', '..%c1%9c', '..%e0%80%af', '..%f0%80%80%af', '\xc0\xae\xc0\xae/'],
  ...['..%u002f', '%u002e%u002e%u2215', '%uff0e%uff0e%u2215', '%ef%bc%8e%ef%bc%8e%ef%bc%8f', '..%e2%88%95', '..%ef%bc%8f'],
  ...['..%00/', '..%20/', '%20../', '..%09/', '..%0a/', '..%0d%0a/', '..%7f/', '..%c2%85/', '..%c2%a0/', '..%ef%bb%bf/', '..%23/'],
  ...['..?/', 'ok.txt/../../', 'ok.txt%00/../../', 'nothing/../../', 'link-folder/../', 'x%23/../../', 'x%3f/../../'],
];
const allDepths = [1, 2, 3, 4, 5, 6];
/** From the artifact root, a run's folder and a model's folder: enough where each request costs a write. */
const someDepths = [1, 4, 5];

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

/** Paths that lead to the file or folder `name` beside the artifact root, or claim to. */
function pathsTo(name: string, dir: string, depths = allDepths): string[] {
  const absolute = join(dir, name);
  const encoded = encodeURIComponent(absolute);
  const climbs = ups.flatMap((up) => depths.map((depth) => up.repeat(depth) + name));
  const spellings = [
    ...[absolute, `/${absolute}`, `//${absolute}`, `.${absolute}`, encoded, `%2f${encoded}`, encodeURIComponent(encoded)],
    ...[`file:${absolute}`, `file://${absolute}`, `FILE://${absolute}`, `file%3a%2f%2f${encoded}`, `file://localhost${absolute}`],
    ...[`%00${absolute}`, `${absolute}%00.png`, `${absolute}/.`, `${absolute}%20`, `${absolute}.`, `~/${name}`],
    ...[`/proc/self/cwd/${name}`, `link-root${absolute}`, `link-root/proc/self/cwd/${name}`, `./link-root/.${absolute}`],
    ...[`link-up/${basename(dir)}/${name}`, `folder/../../../../../${name}`, `artifacts/../../${name}`],
    ...[absolute.replaceAll('/', '%5c'), `C:${absolute}`, `%5c%5clocalhost${encoded}`, `%5c%5c%3f%5c${encoded}`],
  ];
  return [...climbs, ...spellings, ...(name.startsWith('outside') ? [name.replace('outside', 'link-folder')] : [])];
}

async function ask(targets: ArtifactTargets, route: ArtifactRouteUnderTest, path: string): Promise<RawAnswer> {
  const target = route.target(path);
  const body = route.kind === 'write' ? 'written by the test' : '';
  const { server } = targets;
  const answer = await rawRequest({ port: server.port, method: route.method, target, body });
  const sent = `${route.method} ${target}`;
  if (answer.body.includes(secret) || /root:[^:]*:0:0:/.test(answer.body)) throw new Error(`${sent} leaks: ${answer.body}`);
  if (answer.status >= 500 && answer.status !== 501) throw new Error(`${sent}: ${answer.status} ${answer.body}\n${server.log()}`);
  const told = answer.status < 400 ? [] : insideOf(answer.body, server.dir, `${sent} ${decodeURIComponentSafely(sent)}`);
  if (told.length > 0) throw new Error(`${sent} tells ${told.join(', ')}: ${answer.body}`);
  return answer;
}

function decodeURIComponentSafely(text: string): string {
  return text.replace(/(?:%[0-7][0-9a-f])+/gi, decodeURIComponent);
}

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
      ...['link-file', 'link-nowhere', 'link-root/etc/passwd', '/etc/passwd', '%2fetc%2fpasswd', '/proc/self/environ'],
      ...['', '.', '/', '%2f', '%00', '%', '%zz', '%c0', '..', '../', '...', '~', '-', '*', 'CON', 'nul', 'a'.repeat(5000)],
      ...['a/'.repeat(3000), '%2e'.repeat(3000), 'ok.txt/', 'ok.txt%00', 'ok.txt/x', 'ok.txt%20', 'folder'],
    ];
    const work = routesOf('read').flatMap((route) => paths.map((path) => ({ route, path })));
    let answered = 0;
    await forEachAtOnce(work, async ({ route, path }) => {
      const { status, body } = await ask(targets, route, path);
      if (body.startsWith('SQLite format')) throw new Error(`${route.name} gives the database away by ${path}`);
      // What is found all the same is what the path is meant to name.
      if (status === 200 && route.method === 'GET' && body !== okContent) throw new Error(`${route.name} reads ${path}: ${body}`);
      answered++;
    });
    expect(answered).toBe(work.length);
  }, 60_000);

  test('no folder outside is listed', async () => {
    const targets = running[index]!;
    const paths = [
      ...pathsTo('outside', targets.server.dir),
      ...ups.flatMap((up) => allDepths.map((depth) => up.repeat(depth))),
      ...['link-folder', 'link-folder/', 'link-root', 'link-root/etc', 'link-up', `${targets.server.dir}/outside/`, '/', '/etc', '%2f'],
    ];
    const work = routesOf('list').flatMap((route) => paths.map((path) => ({ route, path })));
    await forEachAtOnce(work, async ({ route, path }) => {
      const { body } = await ask(targets, route, path);
      if (/"(?:[^"]*\/)?(?:etc|proc|hidden\.txt|m\.db)"/.test(body)) throw new Error(`${route.name} lists ${path}: ${body}`);
    });
    // The links themselves lead nowhere, so they are not shown either.
    for (const route of routesOf('list')) expect((await ask(targets, route, '')).body).not.toContain('link-file');
  }, 60_000);

  test.each(['write', 'delete'] as const)('no file outside is touched: %s', async (kind) => {
    const targets = running[index]!;
    const { dir } = targets.server;
    const before = outsideFiles(dir);
    const names = [secretFile, `outside/${secretFile}`, 'outside/new.txt', 'new/new.txt', `artifacts-other/${secretFile}`, 'm.db'];
    const paths = [
      ...names.flatMap((name) => pathsTo(name, dir, someDepths)),
      ...['link-file', 'link-nowhere', 'link-folder/new.txt', 'link-folder/new/new.txt', `link-root${dir}/new.txt`],
      ...['', '.', '/', './', '%2e', '%2f', '..', '../', '%2e%2e', '%00', '..%00', 'a'.repeat(300), 'a/'.repeat(3000)],
      ...(kind === 'delete' ? ['outside', 'artifacts-other', ''].flatMap((name) => pathsTo(name, dir, someDepths)) : []),
    ];
    const work = routesOf(kind).flatMap((route) => paths.map((path) => ({ route, path })));
    await forEachAtOnce(work, async ({ route, path }) => {
      await ask(targets, route, path);
    });
    expect(outsideFiles(dir)).toEqual(before);
    expect(readFileSync(join(targets.runFolder, 'folder/ok.txt'), 'utf8')).toBe(okContent);
    expect((await targets.api.call('GET', `runs/get?run_id=${targets.runId}`)).status).toBe(200);
  }, 60_000);

  test('ids are no paths', async () => {
    const targets = running[index]!;
    const { server, prefix } = targets;
    const ids = ['..', '../..', '..%2f..', '%2e%2e', '.', '', '%00', '/etc', `..%2f..%2f..%2foutside`, "x' OR '1'='1", '%252e%252e'];
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
        if (status < 400 || (status >= 500 && status !== 501) || body.includes(secret)) throw new Error(`${target}: ${status} ${body}`);
      },
    );
  });
});

test('below a static prefix the bare paths are no way in', async () => {
  const { server, runId } = running[1]!;
  const bare = ['/get-artifact?run_id=ID&path=ok.txt', '/api/2.0/mlflow-artifacts/artifacts/ok.txt', '/ml/get-artifact?run_id=ID&path=ok.txt'];
  for (const target of bare) {
    const { status, body } = await rawRequest({ port: server.port, target: target.replace('ID', runId) });
    expect([target, status, body.includes(okContent)]).toEqual([target, 404, false]);
  }
});

describe('folders swapped after creation', () => {
  test('a run whose folder became a link is not followed', async () => {
    const targets = await startWithArtifacts();
    const { server, runFolder, runId } = targets;
    try {
      plantSecrets(server.dir, runFolder);
      const before = outsideFiles(server.dir);
      const experiment = join(server.dir, 'artifacts/0');
      for (const swapped of [runFolder, join(experiment, runId), experiment]) {
        renameSync(swapped, `${swapped}.aside`);
        symlinkSync(join(server.dir, 'outside'), swapped);
        const ofRun = ['', 'ok.txt', secretFile, `artifacts/${secretFile}`, 'new.txt', `${runId}/artifacts/${secretFile}`];
        const proxied = ['/new.txt', `/${secretFile}`, '/'].map((path) => relative(experiment, swapped) + path);
        const paths = [...ofRun, ...proxied.flatMap((path) => [`0/${path}`, `0//${path}`])];
        const work = artifactRoutes(targets).flatMap((route) => paths.map((path) => ({ route, path })));
        await forEachAtOnce(work, async ({ route, path }) => {
          await ask(targets, route, path);
        });
        expect(outsideFiles(server.dir)).toEqual(before);
        rmSync(swapped, { recursive: true, force: true });
        renameSync(`${swapped}.aside`, swapped);
      }
    } finally {
      await server.stop();
    }
  }, 30_000);

  test('a folder that changes to a link and back during requests is not followed', async () => {
    const targets = await startWithArtifacts();
    const { server, runFolder } = targets;
    try {
      plantSecrets(server.dir, runFolder);
      const before = outsideFiles(server.dir);
      const folder = join(runFolder, 'folder');
      let swaps = 0;
      const swap = (): void => {
        try {
          rmSync(folder, { recursive: true, force: true });
          if (swaps++ % 2 === 0) symlinkSync(join(server.dir, 'outside'), folder);
          else mkdirSync(folder);
        } catch {
          // The server's own writes came in between; the next round goes on.
        }
      };
      const routes = artifactRoutes(targets).filter(({ kind, method }) => kind !== 'list' && method !== 'HEAD');
      const lists = artifactRoutes(targets).filter(({ kind }) => kind === 'list');
      const prefix = relative(join(server.dir, 'artifacts'), folder);
      const round = [
        ...routes.flatMap((route) => [`folder/${secretFile}`, `${prefix}/${secretFile}`].map((path) => ({ route, path }))),
        ...lists.flatMap((route) => ['folder', prefix].map((path) => ({ route, path }))),
      ];
      const work = Array.from({ length: 60 }, () => round).flat();
      await forEachAtOnce(work, async ({ route, path }) => {
        swap();
        await ask(targets, route, path);
      });
      expect(swaps).toBeGreaterThan(work.length / 2);
      expect(outsideFiles(server.dir)).toEqual(before);
    } finally {
      await server.stop();
    }
  }, 30_000);
});
