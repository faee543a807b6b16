/** The arithmetic behind a line chart: marks, ranges, smoothing. */
import { describe, expect, test } from 'bun:test';
import { keyAction } from './chart-keys.ts';
import { cut, everything, factsOf, nearest, type ChartLine, type Range } from './line-data.ts';
import { emptyReason, notesOf } from './line-notes.ts';
import { scalesOf, wholeX, xRange, yRange, type YFit } from '../scales.ts';
import { xTickText, yTickText } from '../axis-text.ts';
import { reachOf, smoothed, type Smoothing } from './smoothing.ts';
import { apart, logTicks, roundTicks, spanTicks } from '../ticks.ts';

function line(y: readonly number[], x = y.map((_, i) => i)): ChartLine {
  return { id: 'a', label: 'a', colour: 0, x: Float64Array.from(x), y: Float64Array.from(y), total: y.length };
}

function fitY(lines: readonly ChartLine[], x: Range, log: boolean, fit: YFit, limits = everything): Range {
  return yRange(lines, x, { log, fit, limits });
}

test('marks are round and without the last digits of sums', () => {
  expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(roundTicks(-3e-7, 3e-7, 3)).toEqual([-2e-7, 0, 2e-7]);
  expect(roundTicks(5, 5, 4)).toEqual([5]);
  expect(logTicks(0.001, 1000)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
  expect(logTicks(3, 4).length).toBeGreaterThan(1);
  expect(spanTicks(0, 600_000, 4)).toEqual([0, 300_000, 600_000]);
});

test('the nearest point, at the ends and between', () => {
  const { x } = line([0, 0, 0], [0, 10, 20]);
  expect([-5, 4, 6, 99].map((at) => nearest(x, at))).toEqual([0, 0, 1, 2]);
  expect(nearest(new Float64Array(), 1)).toBe(-1);
});

test('the y range holds what is in view', () => {
  const lines = [line([1, 2, NaN, Infinity, 100, -1])];
  const [low, high] = fitY(lines, [0, 3], false, 'visible');
  expect([low < 1, low > 0.9, high > 2, high < 2.1]).toEqual([true, true, true, true]);
  expect(fitY(lines, [0, 3], false, 'zero')[0]).toBe(0);
  expect(fitY(lines, [0, 5], true, 'visible')[0]).toBeGreaterThan(0);
  expect(fitY([line([NaN])], [0, 1], false, 'visible')).toEqual([0, 1]);
  expect(fitY([line([3, 3])], [0, 1], false, 'visible')).toEqual([2.7, 3.3]);
  expect(xRange([line([1], [7])], undefined)).toEqual([6, 8]);
  expect(xRange([], undefined)).toEqual([0, 1]);
});

test('outliers are left out when asked for', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i === 50 ? 1e9 : i));
  expect(fitY([line(values)], [0, 99], false, 'inner')[1]).toBeLessThan(200);
});

test('a smoothed line keeps gaps, levels and its first value', () => {
  const y = [5, 5, NaN, 5, 5];
  for (const by of ['ema', 'gauss', 'mean'] as const) {
    expect([...smoothed(line(y), { by, amount: 0.9 }).y].map((value) => Number(value.toFixed(9)))).toEqual(y);
    expect([...smoothed(line(y), { by, amount: 0 }).y]).toEqual(y);
  }
  const noise = line(Array.from({ length: 1000 }, (_, i) => (i % 2) * 2));
  const noisy = smoothed(noise, { by: 'ema', amount: 0.9 }).y;
  expect(noisy[0]).toBe(0);
  expect(Math.abs((noisy[900] ?? 0) - 1)).toBeLessThan(0.2);
});

test('a level line stays exactly level, or its rounding would fill the chart', () => {
  const level = Array.from({ length: 200 }, () => 0.1);
  for (const [by, amount] of [['ema', 0.9], ['gauss', 11], ['mean', 31]] as const) {
    expect([...smoothed(line(level), { by, amount }).y]).toEqual(level);
  }
}); // prettier-ignore

test('marks close together are told apart', () => {
  const spans = spanTicks(4_800_000, 5_100_000, 6).map((tick) => xTickText('relative', tick / 1000, 60));
  expect(new Set(spans).size).toBe(spans.length);
  expect(xTickText('relative', 4830, 30)).toBe('1:20:30');
  expect(xTickText('relative', -4830, 30)).toBe('-1:20:30');
  expect(xTickText('relative', 4800, 60)).toBe('1 h 20 min');
  expect(xTickText('relative', 90_000 + 1800, 1800)).toBe('25:30:00');
  expect(xTickText('relative', 300.2, 0.2)).toBe('0:05:00.2');
  expect(xTickText('relative', 7199.9999999, 30)).toBe('2:00:00');
  expect(xTickText('relative', 172_800, 86_400)).toBe('2 d');
  const logs = logTicks(1e9, 1e9 + 0.1);
  const texts = logs.map((tick) => yTickText(tick, apart(logs, [1e9, 1e9 + 0.1], true)));
  expect(new Set(texts).size).toBe(texts.length);
  const powers = [0.001, 0.1, 10];
  expect(powers.map((tick) => yTickText(tick, apart(powers, [0.001, 10], true)))).toEqual(['0.001', '0.1', '10']);
});

test('a step has one smoothed value, whatever stretch is in view', () => {
  const whole = line(Array.from({ length: 200 }, (_, i) => Math.sin(i) + ((i * 7) % 5)));
  const smoothings: Smoothing[] = [{ by: 'ema', amount: 0.5 }, { by: 'ema', amount: 0.9 }, { by: 'gauss', amount: 3 }, { by: 'mean', amount: 7 }]; // prettier-ignore
  for (const smoothing of smoothings) {
    const { share, points } = reachOf(smoothing);
    const more = Math.ceil(share * 199 + points);
    const [from, to] = [Math.max(0, 100 - more), Math.min(200, 131 + more)];
    const part = {
      ...whole,
      x: whole.x.subarray(from, to),
      y: whole.y.subarray(from, to),
      total: 31,
      whole: { first: 0, last: 199, points: 200 },
      stretch: [100, 130] as const,
    };
    const near = cut(smoothed(part, smoothing));
    expect([near.x[0], near.x.at(-1)]).toEqual([100, 130]);
    const far = smoothed(whole, smoothing).y;
    for (const [i, at] of near.x.entries()) expect(near.y[i]).toBeCloseTo(far[at] ?? NaN, 3);
  }
});

test('keys zoom no farther than the data goes', () => {
  const one = line(Array.from({ length: 300 }, (_, i) => i));
  const scales = scalesOf({ left: 0, top: 0, width: 300, height: 100 }, [0, 299], [0, 1], false, false);
  const zoomOf = (key: string, at: number, x: Range = [0, 299]): unknown =>
    keyAction(key, one, at, { ...scales, ...scalesOf(scales.box, x, [0, 1], false, false) }, wholeX([one], false));
  expect(zoomOf('+', 1)).toEqual({ zoom: [0, 149.5] });
  expect(zoomOf('+', 298)).toEqual({ zoom: [149.5, 299] });
  expect(zoomOf('-', 5)).toEqual({ zoom: undefined });
  expect(zoomOf('-', 20, [0, 40])).toEqual({ zoom: [0, 80] });
  const stretch = { ...one, x: one.x.subarray(0, 40), whole: { first: 0, last: 299, points: 300 } };
  expect(wholeX([stretch], false)).toEqual([0, 299]);
});

test('a stretch beyond the last point has none, although a little more than it was read', () => {
  const one = line([1, 2, 3], [27, 28, 29]);
  const logs = { logX: false, logY: false };
  expect(emptyReason([one], logs, [29.2, 128])).toBe('No points in this range.');
  expect(emptyReason([one], logs, [28.2, 28.7])).toBeUndefined();
  expect(emptyReason([one], logs, [29, 128])).toBeUndefined();
});

test('of a sample it is said that there are at least so many without a place', () => {
  const sample = { ...line([1, -1, 0]), total: 5000 };
  expect(notesOf([sample], { logX: false, logY: true })[1]).toBe('2+ not above 0, left out');
  const linear = { logX: false, logY: false };
  expect(notesOf([sample], linear)[0]).toMatch(/^Sampled 3 of 5,000 points$/);
  expect(notesOf([{ ...sample, whole: { first: 0, last: 1e6, points: 1e6 } }], linear)[0]).toMatch(
    /points in view and a little beside it$/,
  );
  expect(notesOf([line([1, -1, 0])], { logX: false, logY: true })[0]).toBe('2 not above 0, left out');
});

describe('smoothing gives what pandas and numpy give', () => {
  const known = line([0, 0, 0, 10, 0, 0, 0, 5, 5, 5]);
  /** Whose thousandths are its points. */
  const part = { ...known, whole: { first: 0, last: 1000, points: 1001 } };
  const values = (by: 'ema' | 'gauss' | 'mean', amount: number): number[] =>
    [...smoothed(by === 'ema' ? part : known, { by, amount }).y].map((value) => Math.round(value * 1e4) / 1e4);

  test('exponential: ewm(alpha = 1 - sqrt(0.5))', () => {
    expect(values('ema', 0.5)).toEqual([0, 0, 0, 3.9052, 2.5158, 1.6737, 1.1359, 2.3431, 3.1573, 3.7144]);
  });

  test('Gaussian of sigma 1, its weights cut at the ends', () => {
    const expected = [0.0634, 0.5735, 2.4308, 3.9906, 2.4425, 0.8327, 1.5465, 3.4918, 4.689, 4.9674];
    for (const [i, value] of values('gauss', 1).entries()) expect(value).toBeCloseTo(expected[i] ?? NaN, 2);
  });

  test('running mean: rolling(3, center=True, min_periods=1)', () => {
    expect(values('mean', 3)).toEqual([0, 0, 3.3333, 3.3333, 3.3333, 0, 1.6667, 3.3333, 5, 5]);
  });

  test('a width is of points of the whole line, whatever x is', () => {
    const thinned = { ...line([0, 1, 0, 1], [0, 10, 20, 30]), total: 31 };
    expect([...smoothed(thinned, { by: 'mean', amount: 3 }).y]).toEqual([0, 1, 0, 1]);
    expect([...smoothed(thinned, { by: 'mean', amount: 21 }).y].map((y) => y.toFixed(2))).toEqual([
      '0.50',
      '0.33',
      '0.67',
      '0.50',
    ]);
  });

  test('one point, and points that have the same x', () => {
    for (const by of ['ema', 'gauss', 'mean'] as const) {
      expect([...smoothed(line([3], [7]), { by, amount: 0.5 }).y]).toEqual([3]);
      expect([...smoothed(line([1, 3], [7, 7]), { by, amount: 0.5 }).y].every(Number.isFinite)).toBe(true);
    }
  });
});

test('a reader’s limits hold, and an open end is fitted', () => {
  const lines = [line([1, 2, 3])];
  expect(fitY(lines, [0, 2], false, 'visible', [0, 10])).toEqual([0, 10]);
  expect(fitY(lines, [0, 2], false, 'visible', [-5, Infinity])).toEqual([-5, 3.1]);
  expect(fitY(lines, [0, 2], false, 'visible', [100, Infinity])).toEqual([100, 200]);
  expect(fitY(lines, [0, 2], true, 'visible', [-1, 10])[0]).toBeGreaterThan(0);
  expect(xRange(lines, [1, Infinity])).toEqual([1, 2]);
  expect(xRange(lines, [50, Infinity])).toEqual([49, 51]);
});

test('a logarithmic x axis begins at the first x above 0', () => {
  expect(xRange([line([1, 2, 3], [-1, 0, 10])], undefined, true)).toEqual([5, 20]);
  expect(xRange([line([1, 2, 3], [0, 10, 1000])], undefined, true)).toEqual([10, 1000]);
  expect(xRange([line([1], [0])], undefined, true)).toEqual([1, 10]);
  const { px, xAt } = scalesOf({ left: 0, top: 0, width: 300, height: 100 }, [1, 1000], [0, 1], true, false);
  expect([px(1), px(10), px(1000)].map(Math.round)).toEqual([0, 100, 300]);
  expect(Math.round(xAt(200))).toBe(100);
});

test('the greatest and the smallest numbers have axes with marks', () => {
  const spans: [number, number][] = [[-1e308, 1e308], [1e300, 1.1e300], [1e-300, 2e-300], [5e-324, 1e-323], [2 ** 60, 2 ** 60 + 512]]; // prettier-ignore
  for (const values of spans) {
    const [low, high] = fitY([line(values)], [0, 1], false, 'visible');
    expect([low < high, Number.isFinite(low), Number.isFinite(high)]).toEqual([true, true, true]);
    const { py } = scalesOf({ left: 0, top: 0, width: 100, height: 100 }, [0, 1], [low, high], false, false);
    expect(py(values[0])).toBeGreaterThan(py(values[1]));
    expect(roundTicks(low, high, 5).length).toBeGreaterThan(0);
    const [from, to] = xRange([line([1], [values[0]])], undefined);
    expect(from < to).toBe(true);
    expect(spanTicks(from, to, 5).length).toBeLessThan(100);
  }
  const [low, high] = fitY([line([1e-300, 1e300])], [0, 1], true, 'visible');
  expect([low > 0, low < 1e-300, high > 1e300, high < Infinity]).toEqual([true, true, true, true]);
  for (const value of [Number.MAX_VALUE, 1.7e308, 5e-324]) {
    const range = fitY([line([value, value])], [0, 1], true, 'visible');
    expect(range[0] > 0 && range[1] < Infinity && range[0] < range[1]).toBe(true);
    expect(logTicks(...range).length).toBeLessThan(20);
  }
});

test('marks tell neighbours apart', () => {
  const near = roundTicks(1000.001, 1000.004, 3);
  expect(new Set(near.map((tick) => yTickText(tick, 0.001))).size).toBe(near.length);
  const far = roundTicks(2 ** 53, 2 ** 53 + 4000, 4);
  expect(new Set(far.map((tick) => xTickText('step', tick, 1000))).size).toBe(far.length);
  expect(xTickText('step', 20_000, 5000)).toBe('20K');
  const noon = new Date(2026, 10, 21, 12).getTime();
  expect(xTickText('time', noon, 43_200_000)).not.toBe(xTickText('time', noon + 43_200_000, 43_200_000));
});

test('facts of a line count what cannot be drawn', () => {
  expect(factsOf(line([NaN, -1, 0, 2, -Infinity]))).toEqual({
    points: 5,
    total: 5,
    finite: 3,
    notFinite: 2,
    notPositive: 2,
    xNotPositive: 1,
    min: -1,
    max: 2,
    first: -1,
    last: 2,
  });
});
