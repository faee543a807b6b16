import { expect, test } from 'bun:test';
import { parseSpan, shownSpan } from './span.ts';

test.each([
  ['90', 90],
  ['90s', 90],
  ['1.5 min', 90],
  ['10m', 600],
  ['1 h 30 min', 5400],
  [' 2H ', 7200],
  ['', undefined],
  ['soon', undefined],
  ['10 m soon', undefined],
  ['-5', undefined],
])('%j is %p seconds', (typed, seconds) => {
  expect(parseSpan(typed)).toBe(seconds);
});

test.each([1, 45, 90, 600, 5400, 7261.5])('%p seconds are read as they are shown', (seconds) => {
  expect(parseSpan(shownSpan(seconds))).toBe(seconds);
});
