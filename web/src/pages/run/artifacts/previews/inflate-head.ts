/** Fed by little, so that a small piece that unpacks to a large one is found out early: a byte gives a thousand. */
const pieceSize = 1024;

/** Of DEFLATE data (RFC 1951), the first bytes; of what is damaged or cut, those that come before. */
export async function inflateHead(packed: Uint8Array<ArrayBuffer>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  let at = 0;
  const source = new ReadableStream<BufferSource>({
    pull: (controller) => {
      if (at >= packed.length) controller.close();
      else controller.enqueue(packed.subarray(at, (at += pieceSize)));
    },
  });
  const reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const output = new Uint8Array(most);
  let length = 0;
  try {
    while (length < most) {
      const { done, value } = await reader.read();
      if (done) break;
      output.set(value.subarray(0, most - length), length);
      length += Math.min(value.length, most - length);
    }
    await reader.cancel();
  } catch {
    // What was read before the fault stays.
  }
  return output.subarray(0, length);
}
