import { describe, expect, test } from 'bun:test';
import { answerColumns } from './answer-table.ts';
import { exactJson, jsonText, Stamp } from './cells.ts';
import { kindsWith } from './column-kinds.ts';
import { cellText } from './row-text.ts';

test('numbers of JSON stay as they were written, and what JSON has no word for is told apart from text', () => {
  const cells = exactJson('[1.0, 9007199254740993, 1e-05, NaN, -Infinity, "NaN", {"a": [NaN]}]') as never[];
  expect(jsonText(cells)).toBe('[1.0,9007199254740993,1e-05,null,-1e999,"NaN",{"a":[null]}]');
  expect(cells.map(cellText)).toEqual(['1.0', '9007199254740993', '1e-05', '', '-inf', 'NaN', '{"a":[null]}']);
});

test('points in time have six digits or nine, before 1970 too', () => {
  const texts = [0n, -1n, 1_700_000_000_123_456_000n].map((nanoseconds) => new Stamp(nanoseconds).toString());
  expect(texts).toEqual(['1970-01-01T00:00:00.000000', '1969-12-31T23:59:59.999999999', '2023-11-14T22:13:20.123456']);
});

describe('the columns of an answer', () => {
  const names = (body: string, rows: number): string[] => answerColumns(body, rows).map(({ name }) => name);

  test('are those of its records, of its arrays by name, or one', () => {
    expect(names('{"predictions": [{"a": 1}, {"b": 2}]}', 2)).toEqual(['a', 'b']);
    expect(names('{"predictions": {"label": [1, 2], "odds": [[0.5], [1.0]]}}', 2)).toEqual(['label', 'odds']);
    expect(names('{"predictions": [[1, 2], null]}', 2)).toEqual(['predictions']);
  });

  test.each([
    ['{"predictions": [1]}', '1 predictions for 2 rows'],
    ['{"predictions": {"a": [1, 2], "b": 3}}', "one value as 'b' for 2 rows"],
    ['{"predictions": 1.0}', 'one value for 2 rows'],
    ['{"choices": []}', 'answers no predictions'],
  ])('are not in %s', (body, reason) => {
    expect(() => answerColumns(body, 2)).toThrow(reason);
  });

  test.each([
    ['[1, null]', 'integer'],
    ['[1, 2.0]', 'number'],
    ['[9223372036854775807]', 'integer'],
    ['[9223372036854775808]', 'number'],
    ['[NaN]', 'number'],
    ['[true, null]', 'boolean'],
    ['[true, 1]', 'mixed'],
    ['["a", null]', 'string'],
    ['[[1, 2.5], [null]]', 'numbers'],
    ['[[1], ["a"]]', 'json'],
    ['[null]', 'nothing'],
  ])('of %s are %s', (values, kind) => {
    const column = { name: 'x', values: exactJson(values) as never };
    expect(kindsWith([], [column])).toEqual([['x', kind]] as never);
  });
});
