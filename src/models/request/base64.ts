/** Base64 as Python reads it: what is no letter of it counts for nothing, but the padding must be right. */

/** undefined when the padding is wrong */
export function bytesOf(text: string): Uint8Array | undefined {
  const [letters = '', ...rest] = text.replace(/[^A-Za-z0-9+/=]/g, '').split('=');
  const missing = (4 - (letters.length % 4)) % 4;
  if (missing === 3 || (missing > 0 && rest.length < missing)) return undefined;
  return Uint8Array.from(Buffer.from(letters, 'base64'));
}
