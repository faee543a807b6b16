/** Which line the pointer means. */
import { expect, test } from 'bun:test';
import { linesOfRun, showsRaw, type ChartLine } from './line-data.ts';
import { LineIndex } from './line-index.ts';
import { scalesOf, yRange } from '../scales.ts';
import { smoothed } from './smoothing.ts';
import { spreadOut } from '../spread-out.ts';

function line(id: string, y: readonly number[], x = y.map((_, i) => i)): ChartLine {
  return { id, label: id, colour: 0, x: Float64Array.from(x), y: Float64Array.from(y), total: y.length, run: id };
}

/** 100 by 100 pixels; y 0 is at the bottom. */
function indexOf(lines: readonly ChartLine[], x: readonly [number, number] = [0, 10]): LineIndex {
  return new LineIndex(lines, scalesOf({ left: 0, top: 0, width: 100, height: 100 }, x, [0, 100], false, false));
}

test('between points it is the straight line that counts', () => {
  const index = indexOf([line('a', [0, 100], [0, 10]), line('b', [100, 0], [0, 10])]);
  expect(index.nearest(20, 82, 16)?.line.id).toBe('a');
  expect(index.nearest(20, 18, 16)?.line.id).toBe('b');
  expect(index.nearest(20, 50, 16)).toBeUndefined();
  expect(index.at(20).map(({ place }) => place)).toEqual([0, 0]);
});

test('a peak within one column is hit at any height', () => {
  const dense = line('dense', [10, 90, 10, 50], [0, 5, 5.01, 10]);
  const index = indexOf([dense, line('flat', [0, 0], [0, 10])]);
  expect(index.nearest(50, 40, 2)?.line.id).toBe('dense');
});

test('a line that has ended is not read there, but near its last point', () => {
  const index = indexOf([line('short', [50, 50], [0, 5]), line('long', [20, 20], [0, 10])]);
  expect(index.at(90).map((one) => one.line.id)).toEqual(['long']);
  expect(index.at(56).map((one) => one.line.id)).toEqual(['short', 'long']);
  // Alone it is what there is to read.
  expect(indexOf([line('short', [50, 50], [0, 5])]).at(90).length).toBe(1);
});

test('gaps, faint lines and empty ones are in nobody’s way', () => {
  const lines = [
    line('gap', [NaN, NaN], [0, 10]),
    { ...line('thin', [50, 50], [0, 10]), faint: true },
    line('none', []),
  ];
  const index = indexOf(lines);
  expect(index.size).toBe(1);
  expect(index.nearest(50, 50, 1000)).toBeUndefined();
});

test('the lines of a run, else those of its group', () => {
  const group = { ...line('group', [1, 2]), members: new Set(['a', 'b']) };
  const own = line('a', [1, 2]);
  expect(linesOfRun([group, own], 'a')).toEqual([own]);
  expect(linesOfRun([group, own], 'b')).toEqual([group]);
  expect(linesOfRun([group, own], undefined)).toEqual([]);
});

test('raw values behind a smoothed line are in view, as long as the lines are few', () => {
  const noisy = smoothed(line('a', [0, 10, 0, 10, 0, 10]), { by: 'mean', amount: 3 });
  const many = Array.from({ length: 11 }, () => noisy);
  const top = (lines: readonly ChartLine[]): number =>
    yRange(lines, [0, 5], { log: false, fit: 'visible', limits: [-Infinity, Infinity] })[1];
  expect([showsRaw([noisy]), showsRaw(many)]).toEqual([true, false]);
  expect(top([noisy])).toBeGreaterThan(10);
  expect(top(many)).toBeLessThan(10);
});

test('names at the ends of lines stand apart, in the order of the lines, none below the axis', () => {
  expect(spreadOut([50, 52, 10], 13, 200)).toEqual([50, 63, 10]);
  expect(spreadOut([98, 99], 13, 100)).toEqual([87, 100]);
});
