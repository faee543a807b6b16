/** Nothing is forgotten: every method of the contract is answered once, by leave of a permission, and is mounted. */
import { afterAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contracts, families } from '../../scripts/reference/mounted-routes.ts';
import type { Permission } from '../../src/protocol/route.ts';
import { ArtifactRepository } from '../../src/artifacts/artifact-repository.ts';
import { SqliteDatabase } from '../../src/database/sqlite/sqlite-database.ts';
import { LiveFeed } from '../../src/server/live-feed.ts';
import { WebPages } from '../../src/server/web-pages.ts';
import { createApp } from '../../src/server/app.ts';
import { Router } from '../../src/server/router.ts';
import { artifactRoutes } from '../../src/server/routes/artifacts.ts';
import { jsonRoutes } from '../../src/server/routes/json-routes.ts';
import { createServices } from '../../src/server/services.ts';

const declared = contracts().map(({ contract }) => contract);
const documented = families().flatMap(({ routes }) => routes);

function repeated(names: readonly string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}

describe('contracts', () => {
  test('names are given once', () => {
    expect(declared.length).toBeGreaterThan(50);
    expect(repeated(documented.map(({ name }) => name))).toEqual([]);
  });

  test.each(declared.map((contract) => [contract.name, contract] as const))('%s has one handler', (_, contract) => {
    const ofJson = jsonRoutes.filter((handler) => handler.contract === contract);
    const ofArtifacts = artifactRoutes.filter(({ name }) => name === contract.name);
    expect(ofJson.length + ofArtifacts.length).toBe(1);
    for (const { method, path, permission } of ofArtifacts) {
      expect({ methods: [method], path, permission }).toEqual({
        methods: [...contract.methods],
        path: contract.path,
        permission: contract.permission,
      });
    }
  });

  test('no handler answers what is not declared', () => {
    expect(jsonRoutes.filter(({ contract }) => !declared.includes(contract)).map((h) => h.contract.name)).toEqual([]);
  });

  test('parameters in the path are required fields', () => {
    for (const { name, path, request } of declared) {
      for (const [, parameter = ''] of path.matchAll(/\{(\w+)\}/g)) {
        expect([name, parameter, request[parameter]?.required]).toEqual([name, parameter, true]);
      }
    }
  });
});

describe('permissions', () => {
  test.each(documented.map((route) => [route.name, route] as const))('%s', (name, { permission, mounts }) => {
    const reads = /^(get|search|list|download|view|zip|compare|live|ping)/.test(name);
    const open = ['health', 'version', 'server-info', 'web page', 'web asset'].includes(name);
    const wanted = open
      ? /^public$/
      : reads
        ? /^(experiment|model|artifact|endpoint|job):read$/
        : /:(create|edit|write|delete|query)$/;
    expect(permission).toMatch(wanted);
    expect(mounts.length).toBeGreaterThan(0);
  });

  test('a mount that names none is refused', () => {
    const mount = { method: 'GET', path: '/x', permission: '' as Permission, target: 'x' } as const;
    expect(() => new Router([mount])).toThrow('GET /x names no permission');
  });
});

describe('mounts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-test-'));
  const database = SqliteDatabase.open(join(folder, 'm.db'));
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const app = createApp({
    services: createServices(database, { artifactRoot: 'mlflow-artifacts:', allowedArtifactSchemes: [] }),
    repository: new ArtifactRepository({ destination: join(folder, 'artifacts'), allowedLocalRoots: [] }),
    askReader: () => Promise.reject(new Error('no reader')),
    feed: new LiveFeed(database),
    webPages: new WebPages('', ''),
    serveArtifacts: true,
    staticPrefix: '',
    allowedHosts: ['*'],
    corsAllowedOrigins: undefined,
    ownTokens: new Set(['of this test']),
    refusesWrites: () => undefined,
  });

  const mounted = documented.flatMap(({ mounts }) => mounts);
  // `/logged-models/search` is also a `/logged-models/{model_id}`, so a path takes what every pattern that fits it takes.
  const fits = (pattern: string, path: string): boolean =>
    new RegExp(`^${pattern.replace(/\{\*\w+\}/, '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);

  test.each([...new Set(mounted.map(({ path }) => path))])('%s takes the documented methods', async (pattern) => {
    const path = pattern.replace(/\{\*\w+\}/, 'a/b').replaceAll(/\{\w+\}/g, 'x');
    const request = new Request(`http://localhost${path}`, { method: 'OPTIONS', headers: { host: 'localhost' } });
    const allowed = (await app(request)).headers.get('allow')?.split(', ') ?? [];
    const wanted = mounted.filter((mount) => fits(mount.path, path)).flatMap(({ methods }) => methods);
    expect(allowed.toSorted()).toEqual([...new Set([...wanted, 'OPTIONS'])].toSorted());
  });
});
