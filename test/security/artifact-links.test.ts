/** T4: links that come into the artifact root after a run was created, or during a request, are not followed. */
import { expect, test } from 'bun:test';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { forEachAtOnce } from '../support/raw-request.ts';
import { ask } from './artifact-attacks.ts';
import { artifactRoutes, startWithArtifacts } from './artifact-routes.ts';
import { outsideFiles, plantSecrets, secretFile } from './planted-files.ts';

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
      const ofRun = [
        '',
        'ok.txt',
        secretFile,
        `artifacts/${secretFile}`,
        'new.txt',
        `${runId}/artifacts/${secretFile}`,
      ];
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
      ...routes.flatMap((route) =>
        [`folder/${secretFile}`, `${prefix}/${secretFile}`].map((path) => ({ route, path })),
      ),
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
