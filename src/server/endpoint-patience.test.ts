import { expect, test } from 'bun:test';
import { EndpointPatience } from './endpoint-patience.ts';

const limit = 50;

/** A body whose sender waits before each part. */
function sent(milliseconds: number): ReadableStream<Uint8Array> {
  let left = 3;
  return new ReadableStream({
    async pull(controller) {
      await Bun.sleep(milliseconds);
      if (left-- > 0) controller.enqueue(new Uint8Array(10));
      else controller.close();
    },
  });
}

test('a sender may take its time', async () => {
  const patience = new EndpointPatience(limit);
  patience.start();
  const taken = await new Response(patience.watching(sent(2 * limit))).bytes();
  patience.end();
  expect([taken.length, patience.signal.aborted]).toEqual([30, false]);
});

test('a process that takes nothing of a body has a limit, and so has its answer', async () => {
  for (const take of [(body: ReadableStream) => body, (body: ReadableStream) => new Response(body).bytes()]) {
    const patience = new EndpointPatience(limit);
    const over = new Promise((resolve) => patience.signal.addEventListener('abort', resolve));
    patience.start();
    await take(patience.watching(sent(0)));
    await over;
    patience.end();
  }
});
