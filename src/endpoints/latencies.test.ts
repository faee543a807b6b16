import { expect, test } from 'bun:test';
import { addAll, addLatency, fromText, quantile, toText, type Latencies } from './latencies.ts';

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

test('texts are read back, and added to', () => {
  const some = latenciesOf([1, 1, 20]);
  const read = fromText(toText(some));
  expect(read).toEqual(some);
  addAll(read, latenciesOf([1]));
  expect([...read.values()].toSorted((a, b) => a - b)).toEqual([1, 3]);
});
