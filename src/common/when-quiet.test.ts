import { expect, test } from 'bun:test';
import { whenQuiet, type Quiet } from './when-quiet.ts';

/** Longer than two of the looks that tell whether something new came. */
const longEnough = 700;

/** As many arrivals as there are milliseconds, for so long; no single look sees only a few. */
async function busy(quiet: Quiet, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    for (let i = 0; i < 10; i++) quiet.arrived();
    await Bun.sleep(10);
  }
}

test('memory is given back once after a burst, and not again for what comes now and then', async () => {
  let released = 0;
  const quiet = whenQuiet(() => void released++);
  await busy(quiet, longEnough);
  expect(released).toBe(0);
  // A probe or an open page is no burst.
  for (let i = 0; i < 20; i++) {
    quiet.arrived();
    await Bun.sleep(100);
  }
  expect(released).toBe(1);
  quiet.close();
});

test('nothing is released after the end', async () => {
  let released = 0;
  const quiet = whenQuiet(() => void released++);
  quiet.arrived();
  quiet.close();
  quiet.arrived();
  await Bun.sleep(longEnough);
  expect(released).toBe(0);
});
