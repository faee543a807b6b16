import { expect, test } from 'bun:test';
import { markAfter, markAt, type Mark } from './mark-plot.ts';

function mark(left: number, top: number, width: number, height: number): Mark {
  return { key: `${left} ${top}`, runIds: [], name: '', colour: '', facts: [], box: { left, top, width, height } };
}

test('a point in a row is meant before its row, and a row just beside it by its nearness', () => {
  const marks = [mark(0, 0, 200, 20), mark(0, 20, 200, 20), mark(50, 26, 8, 8)];
  expect(markAt(marks, 54, 30)).toBe(2);
  expect(markAt(marks, 120, 30)).toBe(1);
  expect(markAt(marks, 120, 18)).toBe(0);
  expect(markAt(marks, 120, 21)).toBe(1);
  expect(markAt(marks, 120, 60)).toBe(-1);
});

test('a bar of no height can be pointed at', () => {
  expect(markAt([mark(10, 50, 20, 0)], 15, 52)).toBe(0);
});

test('keys walk from mark to mark and stay inside', () => {
  expect(markAfter('ArrowRight', -1, 3)).toBe(0);
  expect(markAfter('ArrowLeft', -1, 3)).toBe(2);
  expect(markAfter('ArrowDown', 2, 3)).toBe(2);
  expect(markAfter('End', 0, 3)).toBe(2);
  expect(markAfter('x', 0, 3)).toBeUndefined();
});
