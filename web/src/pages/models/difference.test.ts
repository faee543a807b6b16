import { expect, test } from 'bun:test';
import { differenceOf } from './difference.ts';

test.each<[number | undefined, number | undefined, string | undefined]>([
  [0.8, 0.82, '+0.02 +2.5%'],
  [0.3, 0.1, '−0.2 −66.7%'],
  [-2, -1, '+1 +50%'],
  [-1, -2, '−1 −100%'],
  [0, 3, '+3'],
  [1e-9, 5, '+5'],
  [12345678901234, 12345678901235, '+1 +8.1e-12%'],
  [1, 1, undefined],
  [undefined, 1, undefined],
  [1, undefined, undefined],
  [Number.NaN, 1, undefined],
  [1, Number.POSITIVE_INFINITY, undefined],
  [-Number.MAX_VALUE, Number.MAX_VALUE, undefined],
])('from %p to %p: %p', (base, value, shown) => {
  expect(differenceOf(base, value)).toBe(shown);
});
