import { expect, test } from 'bun:test';
import { delayUntil, longestDelay } from './timer.ts';

test('a deadline is so far away as a timer can wait', () => {
  const hour = 3_600_000;
  expect(delayUntil(Date.now() + hour)).toBeWithin(hour - 1000, hour + 1);
  expect(delayUntil(Date.now() - hour)).toBe(0);
  expect(delayUntil(Date.now() + 1000 * hour)).toBe(longestDelay);
  expect(delayUntil(Infinity)).toBe(longestDelay);
});
