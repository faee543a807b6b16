/** Artifacts over HTTP: ranges, conditions, and large files in constant memory both ways. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { rawRequest } from '../support/raw-request.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

let server: TestServer;
const prefix = '/api/2.0/mlflow-artifacts/artifacts';

beforeAll(async () => {
  server = await startServer();
}, 30_000);

afterAll(() => server.stop());

const url = (path: string): string => server.url + prefix + path;

describe('downloads', () => {
  const content = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 251));

  beforeAll(async () => {
    expect((await fetch(url('/range.bin'), { method: 'PUT', body: content })).status).toBe(200);
    expect((await fetch(url('/empty.bin'), { method: 'PUT', body: '' })).status).toBe(200);
  });

  test.each<[string, number, number, number]>([
    ['bytes=0-0', 206, 0, 0],
    ['bytes=0-99', 206, 0, 99],
    ['bytes=990-', 206, 990, 999],
    ['bytes=990-5000', 206, 990, 999],
    ['bytes=-10', 206, 990, 999],
    ['bytes=-5000', 206, 0, 999],
    ['bytes=1000-', 416, 0, 0],
    ['bytes=9-2', 416, 0, 0],
    ['bytes=-0', 416, 0, 0],
    ['bytes=0-1,5-6', 200, 0, 999],
    ['lines=0-1', 200, 0, 999],
    ['bytes=x', 200, 0, 999],
  ])('%s answers %i', async (range, status, first, last) => {
    const response = await fetch(url('/range.bin'), { headers: { Range: range } });
    const bytes = Buffer.from(await response.bytes());
    expect(response.status).toBe(status);
    if (status === 416) {
      expect([response.headers.get('content-range'), bytes.length]).toEqual(['bytes */1000', 0]);
      return;
    }
    expect(bytes.equals(content.subarray(first, last + 1))).toBe(true);
    expect(response.headers.get('content-range')).toBe(status === 206 ? `bytes ${first}-${last}/1000` : null);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
  });

  test('HEAD gives the size, an ETag saves the second download, an empty file is empty', async () => {
    const head = await rawRequest({
      port: server.port,
      method: 'HEAD',
      target: `${prefix}/range.bin`,
      headers: { 'Content-Length': null },
    });
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '1000', '']);
    const etag = head.headers['etag'] ?? '';
    expect((await fetch(url('/range.bin'), { headers: { 'If-None-Match': etag } })).status).toBe(304);
    await fetch(url('/range.bin'), { method: 'PUT', body: content });
    const after = await fetch(url('/range.bin'), { headers: { 'If-None-Match': etag } });
    expect([after.status, (await after.bytes()).length]).toEqual([200, 1000]);
    const again = after.headers.get('etag') ?? '';
    for (const tags of [`"other", ${again}`, `W/${again}`, '*', `"a,b" ,W/"c",${again},`]) {
      expect([tags, (await fetch(url('/range.bin'), { headers: { 'If-None-Match': tags } })).status]).toEqual([
        tags,
        304,
      ]);
    }
    for (const tags of ['"other"', `"x${again.slice(1)}`, again.slice(1, -1), '']) {
      expect([tags, (await fetch(url('/range.bin'), { headers: { 'If-None-Match': tags } })).status]).toEqual([
        tags,
        200,
      ]);
    }
    const empty = await fetch(url('/empty.bin'));
    expect([empty.status, (await empty.bytes()).length]).toEqual([200, 0]);
    expect((await fetch(url('/empty.bin'), { headers: { Range: 'bytes=0-' } })).status).toBe(416);
  });
});

test('the images of MLflow 2.14 to 3.8 have a key, a step and a time between percent signs', async () => {
  const names = [
    'im%step%12%timestamp%1795445429319%jdb05d71-b7c1-48ba-95e9-65d7a97ea417.png',
    'im%step%0%timestamp%1695445429319%5c0a5d71-b7c1-48ba-95e9-65d7a97ea417%compressed.webp',
  ];
  for (const name of names) {
    const file = url(`/images/${encodeURIComponent(name)}`);
    expect((await fetch(file, { method: 'PUT', body: name })).status).toBe(200);
    expect(await (await fetch(file)).text()).toBe(name);
  }
  const listed = await fetch(`${url('')}?path=images`);
  const { files } = (await listed.json()) as { files: { path: string }[] };
  expect(files.map(({ path }) => path).sort()).toEqual(names.toSorted());
  for (const name of names) {
    expect((await fetch(url(`/images/${encodeURIComponent(name)}`), { method: 'DELETE' })).status).toBe(200);
  }
});

test('a download that goes on never joins two files', async () => {
  const put = (letter: string) => fetch(url('/resumed.bin'), { method: 'PUT', body: letter.repeat(2000) });
  const rest = async (ifRange: string, range = 'bytes=1000-'): Promise<[number, string]> => {
    const response = await fetch(url('/resumed.bin'), { headers: { Range: range, 'If-Range': ifRange } });
    return [response.status, await response.text()];
  };
  await put('a');
  const first = await fetch(url('/resumed.bin'), { headers: { Range: 'bytes=0-999' } });
  const etag = first.headers.get('etag') ?? '';
  const date = first.headers.get('last-modified') ?? '';
  expect(await rest(etag)).toEqual([206, 'a'.repeat(1000)]);
  for (const other of [date, '"other"', `W/${etag}`, 'Thu, 01 Jan 1970 00:00:00 GMT', 'nonsense']) {
    expect([other, await rest(other)]).toEqual([other, [200, 'a'.repeat(2000)]]);
  }
  await put('b');
  expect(await rest(etag)).toEqual([200, 'b'.repeat(2000)]);
  // Nor is a range that this file no longer has an error: the whole file comes.
  expect(await rest(etag, 'bytes=5000-')).toEqual([200, 'b'.repeat(2000)]);
});

/** The process's memory in bytes: what it holds now, or the most it ever held. */
function memory(which: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) * 1024;
}

const megabyte = 1024 * 1024;
const size = 200 * megabyte;

describe('200 MB', () => {
  const piece = Buffer.alloc(megabyte, 'modelyard');

  test('go up and come down in constant memory', async () => {
    await fetch(url('/warm.bin'), { method: 'PUT', body: piece });
    const before = memory('VmHWM');
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (sent < size) controller.enqueue(piece);
        else controller.close();
        sent += piece.length;
      },
    });
    expect((await fetch(url('/large.bin'), { method: 'PUT', body })).status).toBe(200);
    expect(statSync(`${server.dir}/artifacts/large.bin`).size).toBe(size);
    expect(memory('VmHWM') - before).toBeLessThan(100 * megabyte);
    let received = 0;
    const response = await fetch(url('/large.bin'));
    const stream: AsyncIterable<Uint8Array> = response.body ?? new ReadableStream<Uint8Array>();
    for await (const chunk of stream) received += chunk.length;
    expect(received).toBe(size);
    expect(memory('VmHWM') - before).toBeLessThan(100 * megabyte);
  }, 30_000);

  test('stay on disk while a client does not read on', async () => {
    const before = memory('VmHWM');
    const { promise: started, resolve: begin } = Promise.withResolvers<void>();
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    let received = 0;
    const socket = connect({ port: server.port, host: '127.0.0.1' });
    socket.on('data', (chunk: Buffer) => {
      if (received === 0) {
        socket.pause();
        begin();
      }
      received += chunk.length;
    });
    socket.on('close', finish);
    socket.write(`GET ${prefix}/large.bin HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`);
    await within(5000, started);
    // Others are served meanwhile; what the server would read ahead for the slow one shows in its memory.
    for (let i = 0; i < 50; i++) expect((await (await fetch(url('/warm.bin'))).bytes()).length).toBe(megabyte);
    expect(memory('VmHWM') - before).toBeLessThan(100 * megabyte);
    socket.resume();
    await within(15_000, done);
    expect(received).toBeGreaterThan(size);
  }, 30_000);

  test('that break off in the middle leave nothing', async () => {
    const socket = connect({ port: server.port, host: '127.0.0.1' });
    socket.on('error', () => undefined);
    const head = `PUT ${prefix}/broken.bin HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: ${size}\r\n\r\n`;
    socket.write(head);
    const { promise: written, resolve } = Promise.withResolvers<void>();
    socket.write(piece, () => resolve());
    await within(5000, written);
    socket.destroy();
    const staging = `${server.dir}/artifacts/.modelyard-staging`;
    const end = performance.now() + 5000;
    while ((await Array.fromAsync(new Bun.Glob('*').scan({ cwd: staging }))).length > 0) {
      if (performance.now() > end) throw new Error('the broken upload is still staged after 5 s');
      await Bun.sleep(10);
    }
    expect((await fetch(url('/broken.bin'))).status).toBe(404);
  }, 20_000);
});
