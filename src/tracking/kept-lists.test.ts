import { expect, test } from 'bun:test';
import { KeptLists } from './kept-lists.ts';

test('those asked for least lately are forgotten first', () => {
  const lists = new KeptLists<{ size: number }>(3, 100);
  const [a, b, c] = [1, 2, 3].map((size) => lists.keep({ size }));
  expect(lists.get(a ?? '')).toEqual({ size: 1 });
  const d = lists.keep({ size: 4 });
  expect([a, b, c, d].map((token) => lists.get(token ?? '')?.size)).toEqual([1, undefined, 3, 4]);
});

test('great lists push more of the others out, and the newest stays whatever its size', () => {
  const lists = new KeptLists<{ size: number }>(10, 100);
  const small = [10, 10, 10].map((size) => lists.keep({ size }));
  const great = lists.keep({ size: 85 });
  expect(small.map((token) => lists.get(token)?.size)).toEqual([undefined, undefined, 10]);
  const greater = lists.keep({ size: 1000 });
  expect([lists.get(great), lists.get(greater)?.size]).toEqual([undefined, 1000]);
  lists.keep({ size: 1 });
  expect(lists.get(greater)).toBeUndefined();
});
