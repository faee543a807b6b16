import { expect, test } from 'bun:test';
import { parseByteRange } from './byte-range.ts';

test.each([
  [null, undefined],
  ['bytes=0-', { start: 0, end: 9 }],
  ['bytes=3-100', { start: 3, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=9-2', 'unsatisfiable'],
  ['bytes=0-1,3-4', undefined],
  ['bytes=-', undefined],
  ['items=0-1', undefined],
])('range %p', (header, range) => {
  expect(parseByteRange(header, 10)).toEqual(range as ReturnType<typeof parseByteRange>);
});
