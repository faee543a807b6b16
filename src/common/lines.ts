/** What a stream says, line by line. */

interface LineOptions {
  /** Line feeds alone, unless told otherwise: JSON leaves the rarer breaks as they are. */
  readonly breaks?: string | RegExp;
  /** What is kept of a line that has not ended yet, where one may grow without end. */
  readonly cut?: (line: string) => string;
}

/** The lines, and what stands behind the last break. */
export async function* linesOf(stream: ReadableStream<Uint8Array>, options: LineOptions = {}): AsyncGenerator<string> {
  const rest = yield* endedLinesOf(stream, options);
  if (rest !== '') yield rest;
}

/** The lines that have ended. @returns what stands behind the last break */
export async function* endedLinesOf(
  stream: ReadableStream<Uint8Array>,
  { breaks = '\n', cut = (line) => line }: LineOptions = {},
): AsyncGenerator<string, string> {
  const decoder = new TextDecoder();
  let line = '';
  for await (const bytes of stream) {
    const [first = '', ...others] = decoder.decode(bytes, { stream: true }).split(breaks);
    line += first;
    for (const next of others) {
      yield line;
      line = next;
    }
    line = cut(line);
  }
  return line + decoder.decode();
}
