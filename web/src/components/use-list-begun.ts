import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { UrlValues } from './url-state.ts';

/**
 * Counts the lists that the user asked for while a table stands open: another order or filter. What Back and Forward
 * return to is none of them, as it is shown where it was left.
 *
 * @param list tells the list that is shown from others; undefined while it is on its way
 */
export function useListBegun(list: string | undefined): number {
  const { history } = useRouter();
  const returned = useRef(false);
  const shown = useRef<string>(undefined);
  const begun = useRef(0);
  useEffect(
    () =>
      history.subscribe(({ action }) => {
        returned.current = action.type !== 'PUSH' && action.type !== 'REPLACE';
      }),
    [history],
  );
  if (list !== undefined && list !== shown.current) {
    if (shown.current !== undefined && !returned.current) begun.current++;
    shown.current = list;
  }
  return begun.current;
}

/** Tells the lists of one page from each other by their addresses: words, order, and what else a page has. */
export function listOfUrl(url: UrlValues, ...more: readonly string[]): string {
  return JSON.stringify(['q', 'sort', ...more].map((name) => url[name]));
}
