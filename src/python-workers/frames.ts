/**
 * What passes between this process and a worker: the lengths of the header and of the payload (4 bytes each,
 * little-endian), the header (JSON) and the payload.
 */
export interface Frame {
  readonly header: FrameHeader;
  readonly payload: Uint8Array<ArrayBuffer>;
}

export type FrameHeader = Readonly<Record<string, unknown>>;

const lengthsSize = 8;
/** Small payloads are sent with their header in one piece. */
const smallPayload = 64 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The pieces to be written, in their order. */
export function frameOf(header: FrameHeader, parts: readonly Uint8Array[]): Uint8Array[] {
  const text = encoder.encode(JSON.stringify(header));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const small = length <= smallPayload;
  const first = new Uint8Array(lengthsSize + text.length + (small ? length : 0));
  const lengths = new DataView(first.buffer);
  lengths.setUint32(0, text.length, true);
  lengths.setUint32(4, length, true);
  first.set(text, lengthsSize);
  if (!small) return [first, ...parts];
  let end = lengthsSize + text.length;
  for (const part of parts) {
    first.set(part, end);
    end += part.length;
  }
  return [first];
}

/** Puts frames together from the pieces in which they come. */
export class FrameReader {
  #lengths = new Uint8Array(lengthsSize);
  /** The header and the payload of the frame under way. */
  #body: Uint8Array<ArrayBuffer> | undefined;
  #headerLength = 0;
  #got = 0;

  /** The frames that end in this piece, whose memory may be used again afterwards. */
  read(piece: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < piece.length) {
      const target = this.#body ?? this.#lengths;
      const part = piece.subarray(at, at + target.length - this.#got);
      target.set(part, this.#got);
      at += part.length;
      this.#got += part.length;
      if (this.#got < target.length) break;
      this.#got = 0;
      if (this.#body) {
        frames.push(this.#frame(this.#body));
        this.#body = undefined;
      } else {
        const lengths = new DataView(this.#lengths.buffer);
        this.#headerLength = lengths.getUint32(0, true);
        this.#body = new Uint8Array(this.#headerLength + lengths.getUint32(4, true));
      }
    }
    return frames;
  }

  #frame(body: Uint8Array<ArrayBuffer>): Frame {
    const header = JSON.parse(decoder.decode(body.subarray(0, this.#headerLength))) as FrameHeader;
    return { header, payload: body.subarray(this.#headerLength) };
  }
}
