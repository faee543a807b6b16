/** The address that a server prints is one that it answers. */
import { expect, test } from 'bun:test';
import { cliOf } from '../cli/support/cli.ts';
import { startServer } from '../support/start-server.ts';

const any = ['--host', '0.0.0.0'];
const own = 'http://127.0.0.1:PORT';
const mlflow = '--allowed-hosts=mlflow.example.com';

test.each<[string, string[], url: string, told: RegExp | undefined]>([
  ['this machine alone', [], own, undefined],
  ['every address', any, own, /Elsewhere .*--allowed-hosts NAME/],
  [
    'a listed name',
    [...any, mlflow],
    'http://mlflow.example.com:PORT',
    /Listens on {2}127\.0\.0\.1:PORT; .*mlflow\.ex/,
  ],
  ['a listed name and this machine', [...any, `${mlflow},127.0.0.1`], own, /Elsewhere {3}by mlflow\.example\.com\n/],
  ['a name of which a proxy knows the port', [mlflow], 'http://mlflow.example.com', /Listens on {2}127\.0\.0\.1:PORT;/],
  ['a name with a port', [...any, `${mlflow}:8080`], 'http://mlflow.example.com:8080', /Listens on/],
  ['every name', [...any, '--allowed-hosts=*'], own, /Elsewhere {3}by any name/],
  ['an address in brackets', ['--host', '[::1]'], 'http://[::1]:PORT', undefined],
])('for %s', async (_name, args, url, told) => {
  const server = await startServer(args);
  const said = server.said().replaceAll(String(server.port), 'PORT');
  try {
    expect(said).toContain(`UI          ${url}\n`);
    expect(said).toContain(`set_tracking_uri("${url}")`);
    if (told) expect(said).toMatch(told);
    else expect(said).not.toMatch(/Elsewhere|Listens/);
    const answer = await fetch(`${server.url}/`, {
      headers: { host: url.replace('http://', '').replace('PORT', String(server.port)) },
    });
    expect(answer.status).toBe(200);
  } finally {
    await server.stop();
  }
});

test('a server of artifacts alone is no tracking URI', async () => {
  const server = await startServer(['--artifacts-only']);
  try {
    expect(server.said()).toContain('none (artifacts only)');
    expect(server.said()).not.toContain('set_tracking_uri');
  } finally {
    await server.stop();
  }
});

test('a client that calls a server by another name is told what to do', async () => {
  const server = await startServer([mlflow]);
  try {
    const cli = cliOf(server.url);
    const { error } = await cli.run('experiments', 'search');
    const { out } = await cli.run('doctor');
    for (const text of [error, out]) {
      expect(text).toMatch(/Invalid Host header.*--allowed-hosts/);
      expect(text).not.toContain('credentials name');
    }
  } finally {
    await server.stop();
  }
});
