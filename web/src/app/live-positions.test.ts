import { expect, test } from 'bun:test';
import { openAgainFrom } from './live-positions.ts';

test.each(['a-7', 'a-8', 'a-10'])('a stream at a-7 still tells all that a tab at %p has not heard', (since) => {
  expect(openAgainFrom('a-7', since)).toBeUndefined();
});

test.each([
  ['a-10', 'a-9'],
  ['a-10', 'a-0'],
])('a stream at %p is opened again where a tab at %p stands', (position, since) => {
  expect(openAgainFrom(position, since)).toBe(since);
});

test.each([
  ['a-7', 'b-9'],
  ['a-7', 'b-1'],
  ['a-7', ''],
  ['', 'b-1'],
])('a stream at %p tells a tab at %p that everything is old', (position, since) => {
  expect(openAgainFrom(position, since)).toBe('');
});

test('a stream that says that everything is old says it to a tab without a position, too', () => {
  expect(openAgainFrom('', '')).toBeUndefined();
});
