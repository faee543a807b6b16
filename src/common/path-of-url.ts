import { fileURLToPath } from 'node:url';

/** The path that a `file:` address means; undefined for one that means none, such as with bytes that are no text. */
export function pathOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url) || undefined;
  } catch {
    return undefined;
  }
}
