/** Where the focus goes when what has it leaves the page: nobody shall begin at the top again. */
import { useLayoutEffect, type RefObject } from 'react';

/** To the table of the page, else to its heading. */
export function focusContent(): void {
  document
    .querySelector<HTMLElement>('main [role=grid], main:not(:has([role=grid])) h1')
    ?.focus({ preventScroll: true });
}

/** A box that leaves with the focus in it gives it to the table, and a table to the heading. */
export function useKeptFocus(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (!element?.contains(document.activeElement)) return;
      if (element.role === 'grid') document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
      else focusContent();
    };
  }, [box]);
}
