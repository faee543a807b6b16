/** T1 and T14 for the routes of the UI: an uploaded page has no origin, and neither route leads out of the root. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { forEachAtOnce, rawRequest } from '../support/raw-request.ts';
import { pathsTo } from './artifact-attacks.ts';
import { startWithArtifacts, type ArtifactTargets } from './artifact-routes.ts';
import { plantSecrets, secret, secretFile } from './planted-files.ts';

let targets: ArtifactTargets;

beforeAll(async () => {
  targets = await startWithArtifacts();
  plantSecrets(targets.server.dir, targets.runFolder);
  symlinkSync(join(targets.server.dir, 'outside'), join(targets.runFolder, 'view-folder'));
  symlinkSync(join(targets.server.dir, 'outside', secretFile), join(targets.runFolder, 'view-link.html'));
  for (const name of ['page.html', 'page.HTM', 'image.svg', 'page.xhtml', 'feed.xml', 'script.js', 'paper.pdf']) {
    const target = `/api/2.0/mlflow-artifacts/artifacts/0/${targets.runId}/artifacts/${name}`;
    await rawRequest({ port: targets.server.port, method: 'PUT', target, body: '<script>alert(1)</script>' });
  }
}, 30_000);

afterAll(() => targets.server.stop());

async function ask(route: 'view' | 'zip', path: string, owner = `run_id=${targets.runId}`) {
  const target = `/ajax-api/2.0/modelyard/artifacts/${route}?${owner}&path=${path}`;
  return rawRequest({ port: targets.server.port, target, headers: { Accept: 'text/html' } });
}

describe('a page', () => {
  test.each(['page.html', 'page.HTM'])('%s runs as nobody, without a network', async (name) => {
    const { status, headers } = await ask('view', name);
    expect(status).toBe(200);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain('sandbox allow-scripts;');
    expect(policy).toContain("default-src 'none'");
    // With its origin back, or a way out, the page could act for the one who looks at it.
    expect(policy).not.toMatch(
      /allow-same-origin|allow-top|allow-popups|allow-forms|connect-src|'self'(?!$)|https?:|\*/,
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test.each(['image.svg', 'page.xhtml', 'feed.xml', 'script.js', 'paper.pdf', 'ok.txt'])(
    '%s is a download',
    async (name) => {
      const { status, headers } = await ask('view', name);
      expect(status).toBe(200);
      expect(headers['content-disposition']).toStartWith('attachment');
      expect(headers['content-security-policy']).toMatch(/\bsandbox\b(?!.*allow-)/);
    },
  );

  test('its own requests to the API are turned away', async () => {
    const { headers } = await rawRequest({
      port: targets.server.port,
      target: '/ajax-api/2.0/mlflow/experiments/search?max_results=1',
      headers: { Origin: 'null' },
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('no way out', () => {
  test.each(['view', 'zip'] as const)('by %s', async (route) => {
    const { dir } = targets.server;
    const names = [secretFile, `outside/${secretFile}`, 'outside', `artifacts-other/${secretFile}`];
    const links = ['view-folder', `view-folder/${secretFile}`, 'view-link.html'];
    const paths = [...names.flatMap((name) => pathsTo(name, dir)), ...pathsTo('etc/passwd', '/'), ...links];
    await forEachAtOnce(paths, async (path) => {
      const { status, body } = await ask(route, path);
      expect([path, body.includes(secret), body.includes('root:')]).toEqual([path, false, false]);
      expect([400, 404]).toContain(status);
    });
  });

  test('links are not in the ZIP file', async () => {
    const { status, body } = await ask('zip', '');
    expect(status).toBe(200);
    expect(body).toContain('ok.txt');
    expect(body).not.toContain(secret);
  });
});
