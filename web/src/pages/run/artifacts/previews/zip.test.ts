/** The lists of ZIP files, among them ones that lie. */
import { describe, expect, test } from 'bun:test';
import { dataStart, directoryOf, readEntries } from './zip.ts';
import { inflateHead } from './inflate-head.ts';

function bytesOf(length: number, fields: readonly (readonly [at: number, width: 2 | 4 | 8, value: number])[]) {
  const view = new DataView(new ArrayBuffer(length));
  for (const [at, width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
  }
  return [...new Uint8Array(view.buffer)];
}

function entry(name: string, size: number, offset = 0, extra: readonly number[] = []): number[] {
  const text = new TextEncoder().encode(name);
  const head = bytesOf(46, [
    [0, 4, 0x02014b50], [8, 2, 0x0800], [10, 2, 8], [12, 2, (13 << 11) | (5 << 5) | 3], [14, 2, (40 << 9) | (2 << 5) | 29],
    [20, 4, Math.min(size, 7)], [24, 4, size], [28, 2, text.length], [30, 2, extra.length], [42, 4, offset],
  ]); // prettier-ignore
  return [...head, ...text, ...extra];
}

function end(count: number, length: number, start: number, comment = 0): number[] {
  return bytesOf(22 + comment, [
    [0, 4, 0x06054b50],
    [10, 2, count],
    [12, 4, length],
    [16, 4, start],
    [20, 2, comment],
  ]);
}

function listed(bytes: readonly number[], tailStart = 0) {
  const all = Uint8Array.from(bytes);
  const directory = directoryOf(all.subarray(tailStart), all.length);
  return directory && { ...directory, entries: readEntries(all.subarray(directory.start, directory.end), directory) };
}

describe('the list of a ZIP file', () => {
  const list = [...entry('a/<b>.npy', 10), ...entry('../ü', 0)];

  test('names, sizes and times; a comment behind it', () => {
    const found = listed([...list, ...end(2, list.length, 0, 300)]);
    expect(found?.entries[0]).toEqual({
      name: 'a/<b>.npy', size: 10, packed: 7, modified: '2020-02-29 13:05:06', method: 8, encrypted: false, offset: 0,
    }); // prettier-ignore
    expect(found?.entries[1]?.name).toBe('../ü');
    expect(found?.count).toBe(2);
  });

  test('a program before the archive shifts its places', () => {
    const found = listed([...Array.from({ length: 50 }, () => 1), ...list, ...end(2, list.length, 0)], 20);
    expect(found).toMatchObject({ shift: 50, start: 50 });
    expect(found?.entries[1]?.offset).toBe(50);
  });

  test('ZIP64: sizes, places and counts beyond 32 bits', () => {
    const large = 2 ** 33;
    const extra = bytesOf(20, [[0, 2, 1], [2, 2, 16], [4, 8, large], [12, 8, large + 1]]); // prettier-ignore
    const one = entry('large', 0xffffffff, 0xffffffff, extra);
    const record = bytesOf(76, [
      [0, 4, 0x06064b50], [32, 8, 70_000], [40, 8, one.length], [48, 8, 0], [56, 4, 0x07064b50], [64, 8, one.length],
    ]); // prettier-ignore
    const found = listed([...one, ...record, ...end(0xffff, 0xffffffff, 0xffffffff)]);
    expect(found?.count).toBe(70_000);
    expect(found?.entries[0]).toMatchObject({ size: large, offset: large + 1 });
  });

  test.each<[string, number[]]>([
    ['nothing', []],
    ['no archive', Array.from({ length: 100_000 }, () => 0x50)],
    ['a list longer than the file', end(1, 4_000_000_000, 0)],
    ['a list that begins behind its end', end(1, 0, 4_000_000_000)],
  ])('%s has none', (_, bytes) => {
    expect(listed(bytes)).toBeUndefined();
  });

  test('what follows a damaged entry is left out', () => {
    const damaged = [...entry('one', 1), ...entry('two', 2)];
    damaged[49] = 0;
    expect(listed([...damaged, ...end(2, damaged.length, 0)])?.entries.map(({ name }) => name)).toEqual(['one']);
    const cut = entry('one', 1).slice(0, 47);
    expect(listed([...cut, ...end(2, cut.length, 0)])?.entries).toEqual([]);
  });

  test('the data of an entry stands behind its own header', () => {
    const header = bytesOf(30, [[0, 4, 0x04034b50], [26, 2, 3], [28, 2, 20]]); // prettier-ignore
    expect(dataStart(Uint8Array.from(header))).toBe(53);
    expect(dataStart(new Uint8Array(30))).toBeUndefined();
    expect(dataStart(new Uint8Array(3))).toBeUndefined();
  });
});

describe('the head of packed data', () => {
  const packed = async (length: number) =>
    new Uint8Array(
      await new Response(
        new Blob([new Uint8Array(length).fill(7)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
      ).arrayBuffer(),
    );

  test('as much as is wanted, of all that there is', async () => {
    expect(await inflateHead(await packed(50), 100)).toEqual(new Uint8Array(50).fill(7));
    expect(await inflateHead(await packed(50_000_000), 100)).toEqual(new Uint8Array(100).fill(7));
  });

  test('what is cut or damaged gives what comes before', async () => {
    const bytes = await packed(10_000_000);
    expect((await inflateHead(bytes.subarray(0, 5000), 1000)).length).toBe(1000);
    expect(await inflateHead(Uint8Array.of(255, 255, 255), 10)).toEqual(new Uint8Array());
  });
});
