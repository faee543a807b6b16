import { expect, test } from 'bun:test';
import { looksNumeric, numberOfText } from './number-text.ts';

test.each([
  ['10', 10],
  [' -1.5e-3 ', -0.0015],
  ['+.5', 0.5],
  ['1.', 1],
  ['NaN', NaN],
  ['inf', Infinity],
  ['-Infinity', -Infinity],
  ['', undefined],
  [' ', undefined],
  ['0x10', undefined],
  ['0b1', undefined],
  ['1_000', undefined],
  ['1,000', undefined],
  ['1e', undefined],
])('%j is the number %p', (text, number) => {
  expect(numberOfText(text)).toBe(number as number);
  expect(looksNumeric(text)).toBe(number !== undefined);
});
