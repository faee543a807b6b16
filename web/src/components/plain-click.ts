import type { MouseEvent } from 'react';

/** Any other asks the browser for a new tab, a window or a download of the link. */
export function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
