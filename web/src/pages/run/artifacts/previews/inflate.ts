/**
 * GZIP (RFC 1952) and the DEFLATE in it (RFC 1951), at once: the browser's own decompressor answers later only, and the
 * reader of Parquet files cannot wait.
 */

/** No byte of DEFLATE gives more. */
const mostPerByte = 1032;

/** @param size of what comes out, which is known before; members that follow one another are one text */
export function gunzip(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  if (size > bytes.length * mostPerByte) throw new Error('GZIP data is shorter than it says');
  const output = new Uint8Array(size);
  let [from, to] = [0, 0];
  while (to < size) {
    const bits = new Bits(bytes, endOfHeader(bytes, from));
    to = inflate(bits, output, to);
    // Behind it stand a checksum and a length.
    from = bits.end() + 8;
  }
  return output;
}

function endOfHeader(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8) throw new Error('no GZIP data');
  const flags = bytes[start + 3] ?? 0;
  let at = start + 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  // A name and a comment end with a zero each.
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

/** Bits from the lowest of each byte on. */
class Bits {
  private held = 0;
  private count = 0;
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next bits, up to 15, without passing them; zeros behind the end. */
  peek(width: number): number {
    while (this.count < width && this.at < this.bytes.length) {
      this.held |= (this.bytes[this.at++] ?? 0) << this.count;
      this.count += 8;
    }
    return this.held & ((1 << width) - 1);
  }

  pass(width: number): void {
    if (width > this.count) throw new Error('GZIP data ends too early');
    this.held >>>= width;
    this.count -= width;
  }

  take(width: number): number {
    const value = this.peek(width);
    this.pass(width);
    return value;
  }

  /** The place of the first byte of which no bit is taken; reading goes on there. */
  end(): number {
    this.at -= this.count >> 3;
    this.held = this.count = 0;
    return this.at;
  }

  takeBytes(length: number): Uint8Array {
    const start = this.end();
    if (start + length > this.bytes.length) throw new Error('GZIP data ends too early');
    this.at += length;
    return this.bytes.subarray(start, this.at);
  }
}

/** Returns where the output ends. */
function inflate(bits: Bits, output: Uint8Array, start: number): number {
  let to = start;
  for (let last = 0; last === 0;) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 3) throw new Error('GZIP data is damaged');
    if (kind === 0) {
      bits.end();
      const length = bits.take(8) + 256 * bits.take(8);
      bits.take(15);
      bits.take(1);
      if (to + length > output.length) throw new Error('GZIP data is longer than it says');
      output.set(bits.takeBytes(length), to);
      to += length;
    } else {
      const [literals, distances] = kind === 1 ? fixedCodes() : dynamicCodes(bits);
      to = inflateBlock(bits, output, to, literals, distances);
    }
  }
  return to;
}

/** Symbol and length of the code that begins with given bits; 0 where there is none. */
interface Codes {
  readonly table: Uint16Array;
  readonly width: number;
}

const lengthBits = 4;

/** Of the canonical Huffman code whose lengths are given by symbol. */
function codesOf(lengths: Uint8Array): Codes {
  const width = Math.max(1, ...lengths);
  const table = new Uint16Array(1 << width);
  let code = 0;
  for (let length = 1; length <= width; length++, code <<= 1) {
    for (const [symbol, own] of lengths.entries()) {
      if (own !== length) continue;
      if (code >> length > 0) throw new Error('GZIP data is damaged');
      for (let i = reversed(code, length); i < table.length; i += 1 << length)
        table[i] = (symbol << lengthBits) | length;
      code++;
    }
  }
  return { table, width };
}

function reversed(code: number, length: number): number {
  let bits = 0;
  for (let i = 0; i < length; i++) bits |= ((code >> i) & 1) << (length - 1 - i);
  return bits;
}

function symbolOf(bits: Bits, { table, width }: Codes): number {
  const entry = table[bits.peek(width)] ?? 0;
  if (entry === 0) throw new Error('GZIP data is damaged');
  bits.pass(entry & 15);
  return entry >> lengthBits;
}

let fixed: readonly [Codes, Codes] | undefined;

function fixedCodes(): readonly [Codes, Codes] {
  fixed ??= [
    codesOf(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    codesOf(new Uint8Array(30).fill(5)),
  ];
  return fixed;
}

/** The order in which the lengths of the code of lengths stand. */
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function dynamicCodes(bits: Bits): readonly [Codes, Codes] {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const count = bits.take(4) + 4;
  const own = new Uint8Array(19);
  for (const symbol of orderOfLengths.slice(0, count)) own[symbol] = bits.take(3);
  const codes = codesOf(own);
  const lengths = new Uint8Array(literals + distances);
  for (let i = 0; i < lengths.length;) {
    const symbol = symbolOf(bits, codes);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    const repeated = symbol === 16 ? (lengths[i - 1] ?? 0) : 0;
    const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    lengths.fill(repeated, i, i + times);
    i += times;
  }
  return [codesOf(lengths.subarray(0, literals)), codesOf(lengths.subarray(literals))];
}

const endOfBlock = 256;
// prettier-ignore
const lengthStarts = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
// prettier-ignore
const distanceStarts = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
// prettier-ignore
const distanceExtra = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

function inflateBlock(bits: Bits, output: Uint8Array, start: number, literals: Codes, distances: Codes): number {
  let to = start;
  for (;;) {
    const symbol = symbolOf(bits, literals);
    if (symbol === endOfBlock) return to;
    if (symbol < endOfBlock) {
      if (to >= output.length) throw new Error('GZIP data is longer than it says');
      output[to++] = symbol;
      continue;
    }
    const length = (lengthStarts[symbol - 257] ?? 0) + bits.take(lengthExtra[symbol - 257] ?? 0);
    const far = symbolOf(bits, distances);
    const from = to - (distanceStarts[far] ?? 0) - bits.take(distanceExtra[far] ?? 0);
    if (from < 0) throw new Error('GZIP data is damaged');
    if (to + length > output.length) throw new Error('GZIP data is longer than it says');
    // What is copied may reach into what is written.
    for (let i = 0; i < length; i++) output[to + i] = output[from + i] ?? 0;
    to += length;
  }
}
