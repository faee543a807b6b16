import { expect, test } from 'bun:test';
import { spanText } from './values.ts';

test('a span has two units from a minute on, and never 60 of one', () => {
  expect([999, 999.7, 59_949, 59_950, 59_999, 60_000, 69_000, 3_599_999, 86_399_999].map(spanText)).toEqual([
    '999ms',
    '1.0s',
    '59.9s',
    '1m 0s',
    '1m 0s',
    '1m 0s',
    '1m 9s',
    '1h 0m',
    '1d 0h',
  ]);
});
