/** Rows of texts, JSON and tables: what is drawn of them, and that hostile ones cost no more than honest ones. */
import { describe, expect, test } from 'bun:test';
import { colour } from './code-view-colours.ts';
import { cutRows, findAll, mostMatches, rowAt, rowText } from './code-view-rows.ts';
import { childrenOf, findRows, openRows, pathOf, rootRow, unfoldedIds, type Json } from './json-tree-rows.ts';
import { jsonText } from './json-text.ts';
import { Numeral } from './numeral.ts';
import { arrange, shown, typeOf } from './table-view-rows.ts';

describe('rows of a text', () => {
  test('a long line goes on below itself', () => {
    const rows = cutRows('abcdef\r\n\nxy', 4);
    expect([...rows.numbers]).toEqual([1, 0, 2, 3]);
    expect([0, 1, 2, 3].map((row) => rowText(rows, row))).toEqual(['abcd', 'ef', '', 'xy']);
    expect([0, 3, 4, 8, 9].map((place) => rowAt(rows, place))).toEqual([0, 0, 1, 2, 3]);
  });

  test('no character is cut in two', () => {
    const rows = cutRows('a😀b', 2);
    expect([0, 1].map((row) => rowText(rows, row))).toEqual(['a😀', 'b']);
  });

  test('ten million characters in one line', () => {
    const rows = cutRows('x'.repeat(10_000_000), 2000);
    expect([rows.lines, rows.numbers.length, rows.cut]).toEqual([1, 5000, false]);
  });

  test('a text of too many lines is cut', () => {
    const rows = cutRows('\n'.repeat(1_000_000), 80);
    expect([rows.numbers.length, rows.cut]).toEqual([800_000, true]);
  });

  test('search takes the words as they are', () => {
    expect(findAll('a.b A.B axb', 'a.b')).toEqual([0, 4]);
    expect(findAll('x'.repeat(50_000), 'x')).toHaveLength(mostMatches);
  });

  test('colours add up to the row', () => {
    const row = `def f(x): return "a # b" + 1.5  # why`;
    const tokens = colour(row, 'python');
    expect(tokens.map(({ text }) => text).join('')).toBe(row);
    expect(tokens.filter(({ kind }) => kind).map(({ kind }) => kind)).toEqual([
      'word',
      'word',
      'string',
      'number',
      'comment',
    ]);
  });
});

describe('rows of JSON', () => {
  test('large lists come in parts', () => {
    const root = rootRow(Array.from({ length: 2500 }, (_, i) => i));
    expect(childrenOf(root).map(({ range }) => range)).toEqual([[0, 1000], [1000, 2000], [2000, 2500]]); // prettier-ignore
  });

  test('paths', () => {
    const root = rootRow({ a: [{ 'b c': null }], '1x': true });
    const rows = openRows(root, unfoldedIds(root, 100));
    expect(rows.map(pathOf)).toEqual(['$', '$.a', '$.a[0]', '$.a[0]["b c"]', '$["1x"]']);
    expect(findRows(root, 'B C', 10).map(pathOf)).toEqual(['$.a[0]["b c"]']);
  });

  test('a number of more digits than a double holds is found and copied as it is written', () => {
    const root = rootRow({ id: new Numeral('12345678901234567890'), list: [] });
    expect(childrenOf(root).map(({ expanded }) => expanded)).toEqual([undefined, undefined]);
    expect(findRows(root, '567890', 10).map(pathOf)).toEqual(['$.id']);
    expect(jsonText(root.value, '')).toBe('{\n  "id": 12345678901234567890,\n  "list": []\n}');
  });

  test('what is nested without end is unfolded to some depth, in time', () => {
    let value: Json = 1;
    for (let i = 0; i < 50_000; i++) value = [value];
    const before = performance.now();
    const root = rootRow(value);
    expect(openRows(root, unfoldedIds(root, 20_000))).toHaveLength(1000);
    expect(findRows(root, 'nothing', 10)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('rows of a table', () => {
  const names = ['n', 'word', 'on'];
  const rows = [
    ['10', 'b', 'true'],
    ['9', 'a', 'false'],
    ['', 'c', 'true'],
    ['-inf', 'B', 'true'],
    ['1e3', 'ab', ''],
  ];

  test('types', () => {
    expect([0, 1, 2].map((column) => typeOf(rows, column))).toEqual(['number', 'text', 'boolean']);
    expect(typeOf([['2024-01-02'], ['2024-01-02T03:04:05Z']], 0)).toBe('date');
    expect(shown({ a: 1n, b: ['1', 2n, null, true] })).toBe('{"a":1,"b":["1",2,null,true]}');
    expect(typeOf([[new Numeral('12345678901234567890')]], 0)).toBe('number');
    expect(shown(new Numeral('12345678901234567890'))).toBe('12345678901234567890');
  });

  test('order: numbers by size, nothing last', () => {
    expect([...arrange(rows, names, '', { column: 0, descending: false })]).toEqual([3, 1, 0, 4, 2]);
    expect([...arrange(rows, names, '', { column: 0, descending: true })]).toEqual([4, 0, 1, 3, 2]);
  });

  test.each([
    ['a', [1, 4]],
    ['n>9', [0, 4]],
    ['n<=9', [1, 3]],
    ['word=b', [0, 3]],
    ['word!=b', [1, 2, 4]],
    ['word:b on=true', [0, 3]],
    ['"n">=1000', [4]],
  ])('filter %s', (filter, places) => {
    expect([...arrange(rows, names, filter, undefined)]).toEqual(places);
  });
});
