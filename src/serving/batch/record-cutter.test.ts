import { describe, expect, test } from 'bun:test';
import { cutRecords } from './record-cutter.ts';

async function cut(
  text: string,
  most: number | undefined,
  quoted = true,
  from = 0,
): Promise<[text: string, records: number, end: number][]> {
  const pieces: [string, number, number][] = [];
  for await (const { bytes, records, end } of cutRecords(new Blob([text]), from, most, quoted)) {
    pieces.push([new TextDecoder().decode(bytes), records, end]);
  }
  return pieces;
}

describe('records', () => {
  test('are cut at the ends of lines, the last one with or without', async () => {
    expect(await cut('a\nb\nc', 2)).toEqual([['a\nb\n', 2, 4], ['c', 1, 5]]); // prettier-ignore
    expect(await cut('a\r\nb\r\n', 1)).toEqual([['a\r\n', 1, 3], ['b\r\n', 1, 6]]); // prettier-ignore
    expect(await cut('a\nb\nc\n', 9, true, 2)).toEqual([['b\nc\n', 2, 6]]);
    expect(await cut('', 1)).toEqual([]);
  });

  test('do not end between quotes', async () => {
    expect(await cut('"a\n""\n",1\nb\n', 1)).toEqual([['"a\n""\n",1\n', 1, 10], ['b\n', 1, 12]]); // prettier-ignore
    expect(await cut('"a\nb\n', 1, false)).toEqual([['"a\n', 1, 3], ['b\n', 1, 5]]); // prettier-ignore
  });

  test('are no empty lines', async () => {
    expect(await cut('a\n\n\r\nb\n\nc\n\n', 2)).toEqual([['a\n\n\r\nb\n', 2, 7], ['\nc\n\n', 1, 11]]); // prettier-ignore
  });

  test('may lie across what is read at a time', async () => {
    const line = `${'x'.repeat(999_999)}\n`;
    const pieces = await cut(line.repeat(7), 3);
    expect(pieces.map(([text, records, end]) => [text.length, records, end])).toEqual([
      [3_000_000, 3, 3_000_000],
      [3_000_000, 3, 6_000_000],
      [1_000_000, 1, 7_000_000],
    ]);
  });

  test('that are wide are cut before they are many', async () => {
    const line = `${'x'.repeat(999_999)}\n`;
    const pieces = await cut(line.repeat(7), undefined);
    expect(pieces.map(([, records, end]) => [records, end])).toEqual([
      [5, 5_000_000],
      [2, 7_000_000],
    ]);
    expect(await cut(line.repeat(7), 100)).toHaveLength(1);
  });

  test('that never end are told', async () => {
    expect(cut(`a\n"${'x\n'.repeat(40_000_000)}`, 1)).rejects.toThrow(
      'begins at byte 2 does not end within 64 MB. A quote',
    );
  });
});
