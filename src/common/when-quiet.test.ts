import { expect, test } from 'bun:test';
import { whenQuiet } from './when-quiet.ts';

/** Longer than two of the looks that tell whether something new came. */
const longEnough = 700;

test('memory is given back once after a burst, and not again while the process does not grow', async () => {
  let released = 0;
  const quiet = whenQuiet(() => released++);
  for (let i = 0; i < 4; i++) {
    quiet.arrived();
    await Bun.sleep(100);
  }
  expect(released).toBe(0);
  await Bun.sleep(longEnough);
  expect(released).toBe(1);
  quiet.arrived();
  await Bun.sleep(longEnough);
  expect(released).toBe(1);
});

test('nothing is released after the end', async () => {
  let released = 0;
  const quiet = whenQuiet(() => released++);
  quiet.arrived();
  quiet.close();
  await Bun.sleep(longEnough);
  expect(released).toBe(0);
});
