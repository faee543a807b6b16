import { expect, test } from 'bun:test';
import { shownValue } from './shown-value.ts';

test.each([
  ['7', '7'],
  [' 7', '" 7"'],
  ['7 ', '"7 "'],
  ['', '""'],
  ['a b', 'a b'],
  ['a  b', '"a  b"'],
  ['a\nb', String.raw`"a\nb"`],
  ['" 7"', String.raw`"\" 7\""`],
  ['say "a"', 'say "a"'],
  ['none', 'none'],
  ['no value', '"no value"'],
  [null, 'no value'],
  [undefined, 'no value'],
])('%p is shown as %s', (value, shown) => {
  expect(shownValue(value)).toBe(shown);
});
