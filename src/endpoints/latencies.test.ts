import { expect, test } from 'bun:test';
import { addAll, addLatency, fromText, quantile, rounded, toText, type Latencies } from './latencies.ts';

function latenciesOf(values: readonly number[]): Latencies {
  const latencies: Latencies = new Map();
  for (const value of values) addLatency(latencies, value);
  return latencies;
}

test('quantiles are true to ten percent, from a tenth of a millisecond to minutes', () => {
  for (const scale of [0.1, 1, 30, 1000]) {
    const latencies = latenciesOf(Array.from({ length: 100 }, (_, at) => (at + 1) * scale));
    for (const share of [0.05, 0.5, 0.95, 0.99]) {
      const value = quantile(latencies, share) ?? 0;
      expect(Math.abs(value / (share * 100 * scale) - 1)).toBeLessThan(0.1);
    }
  }
});

test('what is quicker or slower than can be told counts at the ends', () => {
  expect(quantile(latenciesOf([0, 0.001]), 0.5)).toBe(0.05);
  expect(quantile(latenciesOf([1e9]), 0.5)).toBe(210_000);
  expect(quantile(new Map(), 0.5)).toBeUndefined();
});

test('no quantile contradicts the mean', () => {
  for (const values of [[26.6], [26.6, 27], [24, 26.6, 28.1], [1, 26.6], [3, 3, 3, 900]]) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [quickest, slowest] = [0, 1].map((share) => quantile(latenciesOf(values), share, mean) ?? NaN);
    expect(quickest).toBeLessThanOrEqual(rounded(mean));
    expect(slowest).toBeGreaterThanOrEqual(rounded(mean));
  }
  expect([0.5, 0.95, 0.99].map((share) => quantile(latenciesOf([26.6]), share, 26.6))).toEqual([26.6, 26.6, 26.6]);
});

test('texts are read back, and added to', () => {
  const some = latenciesOf([1, 1, 20]);
  const read = fromText(toText(some));
  expect(read).toEqual(some);
  addAll(read, latenciesOf([1]));
  expect([...read.values()].toSorted((a, b) => a - b)).toEqual([1, 3]);
});
