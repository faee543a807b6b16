/** Where relative links and images of a text lead: beside the file that it is. */
import { createContext } from 'react';

export interface MarkdownTarget {
  /** Its address for a reader, and what a plain click does instead of a new page. */
  readonly page: string;
  readonly open: () => void;
  /** The address of its bytes. */
  readonly bytes: string;
}

/** Undefined for what leads elsewhere. */
export const MarkdownLinks = createContext<(href: string) => MarkdownTarget | undefined>(() => undefined);

/** The path to which a link of a file in this folder leads; undefined for an address of its own. */
export function relativePath(folder: string, href: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|[/#?]|$)/i.test(href)) return undefined;
  const root = 'file:///';
  const base = root + folder.split('/').map(encodeURIComponent).join('/') + (folder === '' ? '' : '/');
  try {
    return decodeURIComponent(new URL(href, base).pathname.slice(1));
  } catch {
    return undefined;
  }
}
