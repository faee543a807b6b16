import { expect, test } from 'bun:test';
import type { CompareRow } from './compare-rows.ts';
import { isOrdered, orderBy } from './run-order.ts';

const row = (values: readonly (string | undefined)[], figures?: CompareRow['figures']): CompareRow => ({
  id: 'params.x',
  section: 'params',
  key: 'x',
  cells: values.map((value) => ({ text: value, whole: value, mark: 'same' })),
  differs: true,
  figures,
});

test('numbers stand by their size, words as people sort them, runs without a value last either way', () => {
  const numbers = row(['10', undefined, '9', '1e-3']);
  expect(orderBy(numbers, 'least')).toEqual([3, 2, 0, 1]);
  expect(orderBy(numbers, 'greatest')).toEqual([0, 2, 3, 1]);
  expect(orderBy(row(['layer10', 'layer9', 'adam']), 'least')).toEqual([2, 1, 0]);
});

test('figures count, not how they are written; NaN is none, infinities are, equal ones stay', () => {
  const times = row(['2 min', '59 s', '1 h'], [120, 59, 3600]);
  expect(orderBy(times, 'least')).toEqual([1, 0, 2]);
  const odd = row(['NaN', 'Infinity', '1', '1', '-Infinity'], [NaN, Infinity, 1, 1, -Infinity]);
  expect(orderBy(odd, 'least')).toEqual([4, 2, 3, 1, 0]);
  expect(orderBy(odd, 'greatest')).toEqual([1, 2, 3, 4, 0]);
});

test('an order is told where it stands; equal values are in no order', () => {
  expect(isOrdered(row(['1', '2', undefined]), 'least')).toBe(true);
  expect(isOrdered(row(['1', '2', undefined]), 'greatest')).toBe(false);
  expect(isOrdered(row(['1', '1']), 'least')).toBe(false);
});
