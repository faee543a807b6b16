import { expect, test } from 'bun:test';
import { changeOf, isGood, percentOf, problemOf, usualSettings } from './settings.ts';

test('only what differs is sent', () => {
  expect(changeOf(usualSettings, usualSettings)).toEqual({});
  const draft = { ...usualSettings, workers: '2', capture: '12.5' };
  expect(changeOf(draft, usualSettings)).toEqual({ workers: 2, capture: { sample_rate: 0.125 } });
  expect(changeOf({ ...usualSettings, captureMegabytes: '1.5' }, usualSettings)).toEqual({
    capture: { max_bytes: 1_500_000 },
  });
});

test.each(['', ' ', '0', '65', '1.5', 'x'])('%p workers are refused', (typed) => {
  expect(problemOf('workers', typed)).toBe('A number from 1 to 64.');
  expect(isGood({ ...usualSettings, workers: typed })).toBe(false);
});

test('a rate is told in percent without the digits of a double', () => {
  expect(percentOf(0.07)).toBe(7);
  expect(percentOf(undefined)).toBe(0);
});
