/** Bytes of bodies and answers that are large: megabytes of them would lie about until the next collection. */
const large = 64 * 1024;

/** Large, and alone in its memory, which can be moved to another thread or freed. */
export function isLarge({ buffer, byteLength }: Uint8Array): boolean {
  return byteLength > large && byteLength === buffer.byteLength;
}

/** Frees the memory of large bytes that nobody reads again at once; they are empty afterwards. */
export function freeLarge(bytes: Uint8Array): void {
  if (isLarge(bytes)) (bytes.buffer as ArrayBuffer).transfer(0);
}

/** A large text as bytes, which can be moved and freed; any other as it is. */
export function inBytes(text: string | Uint8Array): string | Uint8Array {
  return typeof text === 'string' && text.length > large ? new TextEncoder().encode(text) : text;
}

/** What postMessage moves, not copies. */
export function movable(bytes: string | Uint8Array): ArrayBuffer[] {
  return typeof bytes !== 'string' && isLarge(bytes) ? [bytes.buffer as ArrayBuffer] : [];
}
