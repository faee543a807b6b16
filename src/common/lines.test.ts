import { expect, test } from 'bun:test';
import { endedLinesOf, linesOf } from './lines.ts';

function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? Buffer.from(piece) : piece);
      controller.close();
    },
  });
}

test('lines are put together from pieces, the last one without its end too', async () => {
  const lines = await Array.fromAsync(linesOf(streamOf('a\nb', 'c', '', 'd\n\n', 'e\u2028f\rg')));
  expect(lines).toEqual(['a', 'bcd', '', 'e\u2028f\rg']);
  expect(await Array.fromAsync(linesOf(streamOf('a\n')))).toEqual(['a']);
  expect(await Array.fromAsync(linesOf(streamOf()))).toEqual([]);
});

test('a character may lie in two pieces, and one that never ends is told of', async () => {
  const bytes = Buffer.from('größe\n');
  expect(await Array.fromAsync(linesOf(streamOf(bytes.subarray(0, 3), bytes.subarray(3))))).toEqual(['größe']);
  expect(await Array.fromAsync(linesOf(streamOf(bytes.subarray(0, 3))))).toEqual(['gr\uFFFD']);
});

test('other breaks, and lines without end', async () => {
  const options = { breaks: /\r\n|[\r\n]/, cut: (line: string) => line.slice(-3) };
  const lines = await Array.fromAsync(linesOf(streamOf('1 %\r2 %\r\ndone\n1234', '5', '6\n'), options));
  expect(lines).toEqual(['1 %', '2 %', 'done', '3456']);
});

test('a line that was not ended is left out where only whole ones count', async () => {
  expect(await Array.fromAsync(endedLinesOf(streamOf('{}\n{"half')))).toEqual(['{}']);
});
