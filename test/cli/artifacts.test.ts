import { beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { kinds, serverOf } from '../sdk/support/servers.ts';
import { fragileServer, sendFile, type Fragile } from './support/fragile-server.ts';
import { cliOf, onTerminal, type Cli } from './support/cli.ts';

interface File {
  readonly path: string;
  readonly isDir: boolean;
  readonly fileSize?: number;
}

async function newRun(cli: Cli): Promise<string> {
  const { info } = await cli.json<{ info: { runId: string } }>('runs', 'create', '-x', '0');
  return info.runId;
}

const random = (size: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(size).map((_, i) => Math.imul(i, 2_654_435_761) >>> 24);

describe.each(kinds)('artifacts against %s', (kind) => {
  beforeAll(() => serverOf(kind), 250_000);

  test('are uploaded, listed and downloaded', async () => {
    const cli = cliOf(await serverOf(kind));
    const run = ['--run-id', await newRun(cli)];
    const content = random(300_000);
    mkdirSync(join(cli.dir, 'plots/more'), { recursive: true });
    writeFileSync(join(cli.dir, 'plots/a b.bin'), content);
    writeFileSync(join(cli.dir, 'plots/more/ü b.txt'), 'deep');
    writeFileSync(join(cli.dir, 'empty'), '');

    expect(await cli.out('artifacts', 'log-artifact', '--local-file', 'empty', ...run)).toContain('(1 file, 0 B)');
    expect(await cli.json('artifacts', 'log-artifact', '-l', 'plots/a b.bin', ...run, '-a', 'one/two')).toEqual({
      runId: run[1],
      artifactPath: 'one/two',
      files: 1,
      bytes: content.length,
    });
    await cli.out('artifacts', 'log-artifacts', '--local-dir', 'plots', ...run, '--artifact-path', 'all');
    // The same again changes nothing.
    await cli.out('artifacts', 'log-artifacts', '--local-dir', 'plots', ...run, '--artifact-path', 'all');

    expect(await cli.out('artifacts', 'list', ...run)).toBe('PATH\tSIZE\nall/\t\nempty\t0\none/\t\n');
    expect(await cli.json<File[]>('artifacts', 'list', ...run, '-a', 'all')).toEqual([
      { path: 'all/a b.bin', isDir: false, fileSize: content.length },
      { path: 'all/more', isDir: true },
    ]);

    expect(await cli.out('artifacts', 'download', ...run, '-d', 'back')).toBe('back\n');
    expect(readFileSync(join(cli.dir, 'back/one/two/a b.bin')).equals(content)).toBe(true);
    expect(readFileSync(join(cli.dir, 'back/all/more/ü b.txt'), 'utf8')).toBe('deep');
    expect(readFileSync(join(cli.dir, 'back/empty'), 'utf8')).toBe('');
    const one = ['artifacts', 'download', '-u', `runs:/${run[1]}/all/a b.bin`, '-d', 'back'];
    expect(await cli.json(...one)).toEqual({ path: 'back/a b.bin', bytes: content.length });
    const place = (await cli.out('artifacts', 'download', ...run, '-a', 'all')).trim();
    expect(readdirSync(place).toSorted()).toEqual(['a b.bin', 'more']);
  });

  test('that are missing fail with advice', async () => {
    const cli = cliOf(await serverOf(kind));
    const run = ['--run-id', await newRun(cli)];
    const missing = await cli.run('artifacts', 'download', ...run, '-a', 'none.txt', '-d', 'x');
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.error).toContain('What there is: modelyard artifacts list --run-id ID');
    const local = await cli.run('artifacts', 'log-artifact', '-l', 'nothing', ...run);
    expect(local).toMatchObject({ code: 1, error: "modelyard: there is no file 'nothing'\n" });
    const noRun = await cli.run('artifacts', 'list', '-r', '0123456789abcdef0123456789abcdef');
    expect(noRun.code).toBe(1);
    expect(noRun.error).toContain('modelyard runs list --view all -x ID');
    const api = new Api({ url: await serverOf(kind) });
    const name = `without files ${kind}`;
    const { run: made } = await api.get<{ run: { info: { artifact_uri: string } } }>(`runs/get?run_id=${run[1]}`);
    await api.post('registered-models/create', { name });
    await api.post('model-versions/create', { name, source: `${made.info.artifact_uri}/model`, run_id: run[1] });
    await api.post('registered-models/alias', { name, alias: 'champion', version: '1' });
    for (const uri of [`models:/${name}@champion`, `models:/${name}/1`]) {
      const { code, out, error } = await cli.run('artifacts', 'download', '-u', uri, '-d', 'model');
      expect([code, out, existsSync(join(cli.dir, 'model'))]).toEqual([1, '', false]);
      expect(error).toContain(`modelyard: ${uri} has no files.`);
    }
    expect(await cli.run('artifacts', 'download', ...run, '-d', 'of-run')).toMatchObject({ code: 0, out: 'of-run\n' });
    expect(await cli.run('artifacts', 'list')).toMatchObject({ code: 2 });
    expect(await cli.run('artifacts', 'list', ...run, '-u', 'runs:/a')).toMatchObject({ code: 2 });
  });
});

describe('downloads that break', () => {
  const content = random(1_000_000);
  const download = (folder = '.'): string[] => [
    'artifacts',
    'download',
    '-u',
    'mlflow-artifacts:/1/big.bin',
    '-d',
    folder,
  ];
  const parts = (cli: Cli): string[] => readdirSync(cli.dir).filter((name) => name.endsWith('.part'));

  /** A server with that one file. */
  const serverWith = (file: (request: IncomingMessage, answer: ServerResponse) => void): Promise<Fragile> =>
    fragileServer('', (request, answer) => {
      if (request.url?.endsWith('/1/big.bin') === true) file(request, answer);
      else answer.end(JSON.stringify({ files: [] }));
      return true;
    });

  test('go on where they broke, in the same call and in the next', async () => {
    let asked = 0;
    const server = await serverWith((request, answer) => {
      void sendFile(request, answer, content, { etag: '"1"', ...(++asked <= 2 ? { breakAfter: 300_000 } : {}) });
    });
    const cli = cliOf(server.url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' });
    const first = await cli.run(...download());
    expect(first.code).toBe(1);
    expect(first.error).toMatch(/Give the same command again to go on\.\n$/);
    expect(parts(cli)).toHaveLength(1);

    const patient = cliOf(server.url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1' });
    const { code, error } = await patient.run(...download(cli.dir));
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(readFileSync(join(cli.dir, 'big.bin')).equals(content)).toBe(true);
    expect(parts(cli)).toEqual([]);
    const ranges = server.asked
      .filter((line) => line.includes('bytes='))
      .map((line) => Number(/=(\d+)-/.exec(line)?.[1]));
    expect(ranges).toHaveLength(2);
    expect(ranges[0]).toBeGreaterThan(0);
    expect(ranges[1]).toBeGreaterThan(ranges[0] ?? 0);
    server.stop();
  });

  test.each([
    ['a file that is another one meanwhile', '"2"', true],
    ['a server that knows no ranges', '"1"', false],
  ])('begin anew with %s', async (_what, etag, ranges) => {
    let asked = 0;
    const server = await serverWith((request, answer) => {
      void (++asked === 1
        ? sendFile(request, answer, random(1_000_000).reverse(), { etag: '"1"', breakAfter: 500_000 })
        : sendFile(request, answer, content, { etag, ranges }));
    });
    const cli = cliOf(server.url, { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0' });
    expect((await cli.run(...download())).code).toBe(1);
    expect(parts(cli)).toHaveLength(1);
    expect(await cli.out(...download())).toBe('big.bin\n');
    expect(readFileSync(join(cli.dir, 'big.bin')).equals(content)).toBe(true);
    expect(parts(cli)).toEqual([]);
    server.stop();
  });

  test('a server cannot place a file outside of the folder', async () => {
    const server = await fragileServer('', (request, answer) => {
      const listing = { files: [{ path: '../../escaped', is_dir: false, file_size: 1 }] };
      answer.end(request.url?.includes('?path=') === true ? JSON.stringify(listing) : 'x');
      return true;
    });
    const cli = cliOf(server.url);
    const { code, error } = await cli.run('artifacts', 'download', '-u', 'mlflow-artifacts:/1/folder', '-d', 'in/here');
    expect(code).toBe(1);
    expect(error).toContain('is not a path below');
    expect(readdirSync(cli.dir, { recursive: true })).not.toContain('escaped');
    server.stop();
  });

  test('a download that takes long shows how far it is, on a terminal alone', async () => {
    const server = await serverWith((request, answer) => {
      void sendFile(request, answer, content, { etag: '"1"', pace: 350 });
    });
    const { dir } = cliOf(server.url);
    const text = await onTerminal([...download(), '--tracking-uri', server.url], { dir, columns: 100 });
    const bar = /Downloading █+░+ \d+ % \d+ kB of 1\.0 MB, \d+ kB\/s, [\d.]+m?s left\u001b\[2m {2}big\.bin/;
    expect(text).toMatch(bar);
    // Nothing of it stays.
    expect(text).toEndWith('\r\u001b[2Kbig.bin\n');
    const { error } = await cliOf(server.url).run(...download());
    expect(error).toBe('');
    server.stop();
  });
});

test('a file that is there already is not fetched again, one that was changed is', async () => {
  const cli = cliOf(await serverOf('modelyard'));
  const runId = await newRun(cli);
  writeFileSync(join(cli.dir, 'file'), random(1000));
  await cli.out('artifacts', 'log-artifact', '-l', 'file', '-r', runId);
  const download = ['artifacts', 'download', '-r', runId, '-d', 'out'];
  const place = join(cli.dir, 'out/file');
  await cli.out(...download);
  const first = statSync(place).ino;
  await cli.out(...download);
  expect(statSync(place).ino).toBe(first);
  writeFileSync(place, 'changed here');
  await cli.out(...download);
  expect(readFileSync(place).equals(random(1000))).toBe(true);
});

test.each([
  ['breaks', (): void => undefined],
  ['brings that the server is busy', (answer: ServerResponse): void => void answer.writeHead(503).end('busy')],
])('an upload whose connection %s is sent again', async (_what, first) => {
  let put = 0;
  const server = await fragileServer(await serverOf('modelyard'), (request, answer) => {
    if (request.method !== 'PUT' || ++put > 1) return false;
    first(answer);
    request.once('data', () => {
      if (!answer.writableEnded) request.socket.destroy();
    });
    return true;
  });
  const cli = cliOf(server.url);
  const runId = await newRun(cli);
  writeFileSync(join(cli.dir, 'file'), random(5_000_000));
  await cli.out('artifacts', 'log-artifact', '-l', 'file', '-r', runId);
  expect(put).toBe(2);
  await cli.out('artifacts', 'download', '-r', runId, '-d', 'out');
  expect(readFileSync(join(cli.dir, 'out/file')).equals(random(5_000_000))).toBe(true);
  server.stop();
});
