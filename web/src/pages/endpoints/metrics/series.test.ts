import { expect, test } from 'bun:test';
import { lineOf, stepsOf } from './series.ts';

const minute = 60_000;
const at = (minutes: number): number => 1_000 * minute + minutes * minute;

test('steps without a request are there, before, between and after those with some', () => {
  const points = [
    { time: at(2), requests: 3, errors: 1, p50_ms: 5 },
    { time: at(4), requests: 1, errors: 0, p50_ms: 7 },
  ];
  const metrics = { from: at(0) + 30_000, to: at(5) + 30_000, step_minutes: 1, points };
  const steps = stepsOf({ ...metrics, total: { requests: 4, errors: 1 }, by_status: [], by_model: [] });
  const requests = lineOf(steps, { id: 'r', label: 'r', colour: 0, empty: 0 }, (point) => point.requests);
  expect([...requests.x]).toEqual([at(1), at(2), at(3), at(4), at(5)]);
  expect([...requests.y]).toEqual([0, 3, 0, 1, 0]);
  const latency = lineOf(steps, { id: 'l', label: 'l', colour: 0, empty: NaN }, (point) => point.p50_ms);
  expect([...latency.y]).toEqual([NaN, 5, NaN, 7, NaN]);
  expect(latency.quiet).toBe(true);
});
