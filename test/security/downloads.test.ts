/** T14: what was uploaded is never a page of this origin. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { rawRequest } from '../support/raw-request.ts';
import { artifactRoutes, startWithArtifacts, type ArtifactTargets } from './artifact-routes.ts';

let targets: ArtifactTargets;

beforeAll(async () => {
  targets = await startWithArtifacts();
}, 30_000);

afterAll(() => targets.server.stop());

const page = '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(document.domain)</script></html>';

/** Uploads by the proxy with a type of the uploader's own, to where all read routes find it. */
async function upload(name: string, type: string): Promise<void> {
  const { server, runId, modelId } = targets;
  for (const folder of [
    '',
    `0/${runId}/artifacts/`,
    `0/${runId}/artifacts/folder/`,
    `0/models/${modelId}/artifacts/`,
  ]) {
    const target = `/api/2.0/mlflow-artifacts/artifacts/${folder}${name}`;
    const { status } = await rawRequest({
      port: server.port,
      method: 'PUT',
      target,
      headers: { 'Content-Type': type },
      body: page,
    });
    expect([target, status]).toEqual([target, 200]);
  }
}

describe.each([
  'page.html',
  'page.HTM',
  'page.xhtml',
  'image.svg',
  'image.svgz',
  'feed.xml',
  'paper.pdf',
  'script.js',
  'script.mjs',
  'notes.md',
  'table.csv',
  'notebook.ipynb',
  'MLmodel',
  'page.html.',
  'page.html%20',
  'html',
  '.html',
  'no-extension',
  'x.swf',
  'x.hta',
  'x.mhtml',
  'x.shtml',
  'x.xsl',
  'x.html.gz',
])('%s', (name) => {
  test('is a download', async () => {
    await upload(name, 'text/html; charset=utf-7');
    for (const route of artifactRoutes(targets).filter(({ kind }) => kind === 'read')) {
      for (const range of [null, 'bytes=0-9']) {
        const headers = { Range: range, Accept: 'text/html' };
        const answer = await rawRequest({
          port: targets.server.port,
          method: route.method,
          target: route.target(name),
          headers,
        });
        const about = `${route.name} ${answer.status}`;
        expect([200, 206]).toContain(answer.status);
        expect(about + (answer.headers['content-disposition'] ?? '')).toStartWith(`${about}attachment`);
        expect(about + (answer.headers['x-content-type-options'] ?? '')).toBe(`${about}nosniff`);
        expect(about + (answer.headers['content-security-policy'] ?? '')).toMatch(/\bsandbox\b(?!.*allow-)/);
        expect(answer.headers['content-type']).not.toContain('utf-7');
      }
    }
  });
});

test('a type is never taken from the uploader', async () => {
  await upload('weights.bin', 'text/html');
  const answer = await rawRequest({
    port: targets.server.port,
    target: `/get-artifact?run_id=${targets.runId}&path=weights.bin`,
  });
  expect(answer.headers['content-type']).toBe('application/octet-stream');
});

/** As they stand in the request. */
const names = [
  'a%22b.html',
  "a'b.html",
  'a%3Bb.html',
  'a%2Cb.html',
  'a%2520b.html',
  'a%5Cb.html',
  'a%0d%0aX-Evil:1.html',
];
const rareNames = [
  'a%0aSet-Cookie:x=1.txt',
  '%ff%fe.html',
  '%C3%BC.html',
  '%F0%9F%98%80.html',
  '%E2%80%AEtxt.html',
  'a%00.html',
  '%C2%85',
];

test.each([...names, ...rareNames])('the name %s makes no header of its own', async (name) => {
  const { port } = targets.server;
  const target = `/api/2.0/mlflow-artifacts/artifacts/${name}`;
  const put = await rawRequest({ port, method: 'PUT', target, body: page });
  expect([200, 400]).toContain(put.status);
  const got = await rawRequest({ port, target });
  expect(got.status).toBe(put.status);
  expect(Object.keys(got.headers)).not.toContain('x-evil');
  expect(Object.keys(got.headers)).not.toContain('set-cookie');
  if (got.status !== 200) return;
  const disposition = /^attachment; filename=(?:"(?:[^"\\]|\\.)*"|[^\s;"]+)(?:; filename\*=UTF-8''[\w!#$&+.^`|~%-]+)?$/;
  expect(got.headers['content-disposition']).toMatch(disposition);
});
