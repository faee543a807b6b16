import { expect } from 'bun:test';
import { patience } from './browser.ts';

/** What follows a press is not there with it: asks until the answer is as expected, and fails with the last one. */
export async function eventually(what: () => Promise<unknown>, expected: unknown): Promise<void> {
  const end = Date.now() + patience;
  let last: unknown;
  do {
    last = await what();
    if (Bun.deepEquals(last, expected)) return;
    await Bun.sleep(50);
  } while (Date.now() < end);
  expect(last).toEqual(expected);
}
