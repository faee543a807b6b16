import { expect, test } from 'bun:test';
import { shownName } from './shown-name.ts';

test.each([
  ['report\u202etxt.sh', 'report<U+202E>txt.sh'],
  ['\u2066a\u2069', '<U+2066>a<U+2069>'],
  // Words of languages that are written from the right, and the marks that they need, stay.
  ['דו״ח\u200f.txt', 'דו״ח\u200f.txt'],
])('%j is shown as %j', (name, shown) => {
  expect(shownName(name)).toBe(shown);
});
