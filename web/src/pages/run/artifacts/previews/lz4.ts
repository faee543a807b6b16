/** A block of LZ4 without a frame: literals, then a copy of what came before, in turn. @param size of what comes out */
export function unpackLz4(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  // No byte of it gives more than 255.
  if (size > bytes.length * 255) throw new Error('LZ4 data is shorter than it says');
  const output = new Uint8Array(size);
  let [at, to] = [0, 0];
  /** Fifteen goes on in the bytes that follow, up to the first below 255. */
  const lengthFrom = (short: number): number => {
    let length = short;
    for (let more = short === 15; more; at++) {
      length += bytes[at] ?? 0;
      more = bytes[at] === 255;
    }
    return length;
  };
  while (at < bytes.length) {
    const token = bytes[at++] ?? 0;
    const literals = lengthFrom(token >> 4);
    if (at + literals > bytes.length || to + literals > size) throw new Error('LZ4 data is damaged');
    output.set(bytes.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    // The last ones have no copy behind them.
    if (at >= bytes.length) break;
    const from = to - (bytes[at] ?? 0) - 256 * (bytes[at + 1] ?? 0);
    at += 2;
    const length = lengthFrom(token & 15) + 4;
    if (from < 0 || from === to || to + length > size) throw new Error('LZ4 data is damaged');
    // What is copied may reach into what is written.
    for (let i = 0; i < length; i++) output[to + i] = output[from + i] ?? 0;
    to += length;
  }
  if (to < size) throw new Error('LZ4 data is shorter than it says');
  return output;
}
