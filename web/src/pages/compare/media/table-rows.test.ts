import { expect, test } from 'bun:test';
import { columnsOf, joined, usualKeys } from './table-rows.ts';

const one = {
  names: ['question', 'answer'],
  rows: [
    ['a?', 'yes'],
    ['b?', 'no'],
    ['b?', 'maybe'],
  ],
};
const two = {
  names: ['question', 'answer', 'score'],
  rows: [
    ['b?', 'no', 1],
    ['c?', 'yes', 0.5],
  ],
};

test('rows with the same key stand beside each other, the second of a key beside the second', () => {
  expect(joined([one, two], ['question'], 'answer')).toEqual([
    { keys: ['a?'], values: ['yes', undefined], differs: true },
    { keys: ['b?'], values: ['no', 'no'], differs: false },
    { keys: ['b?'], values: ['maybe', undefined], differs: true },
    { keys: ['c?'], values: [undefined, 'yes'], differs: true },
  ]);
});

test('a run without the table or the column has no value', () => {
  expect(joined([undefined, one, two], ['question'], 'score').map(({ values }) => values)).toEqual([
    [undefined, undefined, undefined],
    [undefined, undefined, '1'],
    [undefined, undefined, undefined],
    [undefined, undefined, '0.5'],
  ]);
});

test('columns come in the order of the tables, keys are the first that tell rows apart', () => {
  expect(columnsOf([one, undefined, two])).toEqual(['question', 'answer', 'score']);
  expect(usualKeys([undefined, two])).toEqual(['question']);
  const pairs = {
    names: ['a', 'b', 'c'],
    rows: [
      [1, 1, 0],
      [1, 2, 0],
    ],
  };
  expect(usualKeys([pairs])).toEqual(['a']);
  expect(usualKeys([{ ...pairs, names: ['a', 'b', 'c', 'd'] }])).toEqual(['a', 'b']);
});
