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

/** The path to which a link of a file in this folder leads, among the files of the same owner; undefined for what is none. */
export function relativePath(folder: string, href: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|[/#?]|$)/i.test(href)) return undefined;
  // Files of a model stand below its id.
  const [owner = ''] = /^models:\/[^/]+/.exec(folder) ?? [];
  const names = folder.slice(owner.length).split('/').filter(Boolean);
  try {
    const { pathname } = new URL(href, `file:///${names.map((name) => `${encodeURIComponent(name)}/`).join('')}`);
    const parts = decodeURIComponent(pathname).split('/').filter(Boolean);
    if (parts.includes('..') || parts[0] === 'models:') return undefined;
    return [owner, ...parts].filter(Boolean).join('/');
  } catch {
    return undefined;
  }
}

/** The same for a link of the file `own`. */
export function pathBeside(own: string, href: string): string | undefined {
  return relativePath(own.slice(0, Math.max(0, own.lastIndexOf('/'))), href);
}
