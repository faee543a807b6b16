/** What pages of Parquet files are compressed by, among it data that would hold up a careless reader. */
import { describe, expect, test } from 'bun:test';
import { gunzip } from './inflate.ts';
import { unpackLz4 } from './lz4.ts';

/** The same for each run: bytes of few kinds, so that there is something to repeat. */
function noise(length: number, kinds: number): Uint8Array<ArrayBuffer> {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % kinds;
  });
}

async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

const encoder = new TextEncoder();

describe('GZIP', () => {
  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ['nothing', new Uint8Array()],
    ['one byte', Uint8Array.of(7)],
    ['a short word, by the fixed codes', encoder.encode('abcabcabc')],
    ['one byte often', new Uint8Array(300_000)],
    ['what repeats', noise(200_000, 3)],
    ['what does not, stored as it is', noise(200_000, 256)],
    ['words', encoder.encode('the same words, again and again; '.repeat(5000))],
  ])('%s', async (_, bytes) => {
    expect(gunzip(await gzipped(bytes), bytes.length)).toEqual(bytes);
  });

  test('several members are one text; names and comments in the header are passed over', async () => {
    const packed = await gzipped(encoder.encode('ab'));
    const named = Uint8Array.from([
      ...packed.subarray(0, 10),
      ...encoder.encode('name\0why\0'),
      ...packed.subarray(10),
    ]);
    named[3] = 8 | 16;
    expect(new TextDecoder().decode(gunzip(Uint8Array.from([...packed, ...named]), 4))).toBe('abab');
  });

  test('what is damaged, cut, or says a wrong length is refused', async () => {
    const bytes = noise(5000, 40);
    const packed = await gzipped(bytes);
    expect(() => gunzip(packed.subarray(0, 2000), 5000)).toThrow('too early');
    expect(() => gunzip(packed, 4999)).toThrow('longer');
    expect(() => gunzip(packed, 5001)).toThrow('no GZIP data');
    expect(() => gunzip(packed, 2 ** 31)).toThrow('shorter');
    expect(() => gunzip(bytes, 10)).toThrow('no GZIP data');
    for (let at = 10; at < packed.length - 8; at += 7) {
      const damaged = Uint8Array.from(packed);
      damaged[at] = 255 - (damaged[at] ?? 0);
      try {
        expect(gunzip(damaged, 5000)).toHaveLength(5000);
      } catch (error) {
        expect(String(error)).toContain('GZIP data');
      }
    }
  });
});

describe('LZ4', () => {
  const text = (bytes: readonly number[], size: number) =>
    new TextDecoder().decode(unpackLz4(Uint8Array.from(bytes), size));

  test('literals, and copies that reach into themselves', () => {
    expect(text([0x30, 97, 98, 99], 3)).toBe('abc');
    expect(text([0x22, 97, 98, 2, 0, 0x10, 33], 9)).toBe('abababab!');
    expect(text([0x1f, 97, 1, 0, 255, 1, 0x10, 98], 277)).toBe(`${'a'.repeat(276)}b`);
  });

  test.each<[string, number[], number]>([
    ['a copy from before the start', [0x12, 97, 9, 0, 0], 7],
    ['a copy of nothing', [0x12, 97, 0, 0, 0], 7],
    ['more than it says', [0x30, 97, 98, 99], 2],
    ['less than it says', [0x30, 97, 98, 99], 4],
    ['literals that are not there', [0x50, 97], 5],
    ['a length without end', [0x1f, 97, 1, 0, 255, 255], 900],
    ['a size that is not true', [0x10, 97], 2 ** 31],
  ])('%s is refused', (_, bytes, size) => {
    expect(() => unpackLz4(Uint8Array.from(bytes), size)).toThrow('LZ4 data');
  });
});
