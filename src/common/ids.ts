/** 32 hexadecimal digits, random. */
export function hexId(): string {
  // The global one: loading node:crypto costs 5 ms and 4 MiB.
  return crypto.getRandomValues(new Uint8Array(16)).toHex();
}
