/** The centre of many lines and their band, against pandas (`mean`, `median`, `std`, `sem` along the rows) and scipy. */
import { expect, test } from 'bun:test';
import { groupLine, type GroupCentre, type GroupSpread } from './group-lines.ts';
import type { ChartLine } from './line-data.ts';

function line(y: readonly number[], x = y.map((_, i) => i), total = y.length): ChartLine {
  return { id: 'a', label: 'a', colour: 0, x: Float64Array.from(x), y: Float64Array.from(y), total };
}

function grouped(lines: readonly ChartLine[], spread: GroupSpread = 'range', centre: GroupCentre = 'mean'): ChartLine {
  return groupLine(lines, { id: 'g', label: 'g', colour: 1, centre, spread });
}

function rounded(values: Float64Array | undefined, digits = 3): number[] {
  return [...(values ?? [])].map((value) => Number(value.toFixed(digits)));
}

const three = [line([1, 2, 3, 4]), line([2, 4, 6, 8]), line([6, 3, 0, -3])];

test('mean and median of lines with the same steps', () => {
  expect([...grouped(three).y]).toEqual([3, 3, 3, 3]);
  expect([...grouped(three, 'range', 'median').y]).toEqual([2, 3, 3, 4]);
  expect([...grouped(three.slice(0, 2), 'range', 'median').y]).toEqual([1.5, 3, 4.5, 6]);
});

test('from the least to the greatest', () => {
  const { band } = grouped(three);
  expect([rounded(band?.low), rounded(band?.high)]).toEqual([
    [1, 2, 0, -3],
    [6, 4, 6, 8],
  ]);
});

test('a standard deviation of a sample, a standard error', () => {
  expect(rounded(grouped(three, 'std').band?.high, 6)).toEqual([5.645751, 4, 6, 8.567764]);
  expect(rounded(grouped(three, 'error').band?.high, 6)).toEqual([4.527525, 3.57735, 4.732051, 6.21455]);
  expect(rounded(grouped(three, 'std', 'median').band?.high, 6)).toEqual([4.645751, 4, 6, 9.567764]);
});

test('the 95 % confidence interval by Student’s t, of few members and of many', () => {
  const { band } = grouped(three, 'ci');
  expect([rounded(band?.low), rounded(band?.high)]).toEqual([
    [-3.572, 0.516, -4.452, -10.831],
    [9.572, 5.484, 10.452, 16.831],
  ]);
  // 30 members 0 to 29: deviation 8.803408, error 1.607275, t(29) 2.045230.
  const many = Array.from({ length: 30 }, (_, i) => line([i]));
  expect(rounded(grouped(many, 'ci').band?.high, 2)).toEqual([17.79]);
});

test('steps that differ are read between neighbours, and beyond its ends a line counts no more', () => {
  const { x, y } = grouped([line([0, 10, 20], [0, 2, 4]), line([10, 20, 30, 50], [1, 2, 3, 5])]);
  expect([...x]).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...y]).toEqual([0, 7.5, 15, 22.5, 30, 50]);
});

test('a value that is no number is left out, and one member has no spread', () => {
  const { y, band } = grouped([line([1, NaN, 3]), line([3, 5, Infinity])], 'std');
  expect([...y]).toEqual([2, 5, 3]);
  expect([rounded(band?.low), rounded(band?.high)]).toEqual([
    [0.586, 5, 3],
    [3.414, 5, 3],
  ]);
  expect([...grouped([line([NaN]), line([NaN])]).y]).toEqual([NaN]);
});

test('very many steps are taken at even distances, and a sampled member makes a sampled group', () => {
  const steps = (from: number): number[] => Array.from({ length: 3000 }, (_, i) => from + 2 * i);
  const { x, y } = grouped([line(steps(0), steps(0)), line(steps(1), steps(1))]);
  expect([x.length, x[0], x.at(-1)]).toEqual([2000, 0, 5999]);
  expect(rounded(y.subarray(500, 501), 6)).toEqual(rounded(x.subarray(500, 501), 6));
  expect(grouped([line([1, 2], [0, 9], 10), line([1, 2], [0, 9], 10)]).total).toBe(20);
  expect(grouped([line([1, 2]), line([1, 2])]).total).toBe(2);
  expect(grouped([]).x.length).toBe(0);
});
