import { expect, test } from 'bun:test';
import { distinctNumbers, duration, roundDuration, shortNumber } from './format.ts';

test('an exponent is written as on axes', () => {
  expect([1e300, -1.5e-9, 1234567].map((value) => shortNumber(value))).toEqual(['1e300', '-1.5e-9', '1.235e6']);
});

test('numbers that are not equal are not written the same, all others as short as ever', () => {
  expect(distinctNumbers([12345678901234, 12345678901235, 0.30000000000000004])).toEqual([
    '1.234567890123e13',
    '1.234567890124e13',
    '0.3',
  ]);
  expect(distinctNumbers([0.95, 0.9500001, 0.95, undefined, 0.91234])).toEqual([
    '0.95',
    '0.9500001',
    '0.95',
    undefined,
    '0.9123',
  ]);
  expect(distinctNumbers([NaN, NaN, Infinity, 0, -0])).toEqual(['NaN', 'NaN', 'Infinity', '0', '0']);
});

test('a duration has two units from a minute on, and never 60 of one', () => {
  const spans = [
    999, 1000, 59_949, 59_950, 59_999, 60_000, 69_000, 120_000, 3_599_999, 3_600_000, 86_399_999, 86_400_000,
  ];
  expect(spans.map(duration)).toEqual([
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 min 0 s',
    '1 min 0 s',
    '1 min 0 s',
    '1 min 9 s',
    '2 min 0 s',
    '1 h 0 min',
    '1 h 0 min',
    '1 d 0 h',
    '1 d 0 h',
  ]);
  expect(duration(999.7)).toBe('1.0 s');
});

test('a duration that was chosen has no zeros behind it', () => {
  expect([45_000, 900_000, 905_000, 3_600_000, 5_400_000].map(roundDuration)).toEqual([
    '45.0 s',
    '15 min',
    '15 min 5 s',
    '1 h',
    '1 h 30 min',
  ]);
});

test('a duration below 0 has the units of one above', () => {
  expect([1500, -1500, -90_061_000].map(duration)).toEqual(['1.5 s', '-1.5 s', '-1 d 1 h']);
});
