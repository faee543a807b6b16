/** Files and ranges of them, sent over HTTP. */
import { expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseByteRange } from '../byte-range.ts';
import { body, testStore } from './test-store.ts';

const place = testStore();

const content = Buffer.from(Array.from({ length: 2_000_003 }, (_, n) => (n * 31) & 0xff));

async function serve(work: (url: string) => Promise<void>): Promise<void> {
  await place.store.write('big', new Blob([content]).stream());
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const file = await place.store.open('big');
      const range = parseByteRange(request.headers.get('range'), file.size);
      if (range === 'unsatisfiable' || request.method === 'HEAD') {
        await file.close();
        return new Response(null, { status: range === 'unsatisfiable' ? 416 : 200 });
      }
      const length = range === undefined ? file.size : range.end - range.start + 1;
      return new Response(await file.body(range), {
        status: range === undefined ? 200 : 206,
        headers: { 'content-length': `${length}` },
      });
    },
  });
  try {
    await work(`http://127.0.0.1:${server.port}/`);
  } finally {
    await server.stop(true);
  }
}

test('whole, in ranges, HEAD', () =>
  serve(async (url) => {
    const whole = await fetch(url);
    expect(content.equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
    for (const [range, start, end] of [
      ['bytes=1-2', 1, 3],
      ['bytes=524287-1048577', 524287, 1048578],
      ['bytes=-5', content.length - 5, content.length],
      ['bytes=2000000-', 2_000_000, content.length],
    ] as const) {
      const part = await fetch(url, { headers: { range } });
      expect(part.status).toBe(206);
      // Bun drops the header of streams.
      if (end - start < 500_000) expect(part.headers.get('content-length')).toBe(`${end - start}`);
      expect(content.subarray(start, end).equals(Buffer.from(await part.arrayBuffer()))).toBe(true);
    }
    expect((await fetch(url, { headers: { range: 'bytes=9-2' } })).status).toBe(416);
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  }));

test('a reader that leaves early closes the file', () =>
  serve(async (url) => {
    const abort = new AbortController();
    const response = await fetch(url, { signal: abort.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    abort.abort();
    await reader?.closed.catch(() => undefined);
  }));

test('cancelled, closed and never read', async () => {
  await place.store.write('a', body('x'.repeat(100)));
  const file = await place.store.open('a');
  const reader = file.stream().getReader();
  await reader.cancel();
  await file.close();
  const unread = await place.store.open('a');
  expect(unread.size).toBe(100);
  expect(unread.etag).toMatch(/^"[0-9a-z-]+"$/);
  expect(Math.abs(unread.modifiedAt - Date.now())).toBeLessThan(60_000);
  await unread.close();
  await unread.close();
});

test('a file cut short while it is sent ends in an error, not in silence', async () => {
  await place.store.write('a', new Blob([new Uint8Array(2_000_000)]).stream());
  const reader = (await place.store.open('a')).stream().getReader();
  await reader.read();
  writeFileSync(join(place.root, 'a'), '');
  const failure = await reader.read().catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: 'the file became shorter while it was sent' });
});
