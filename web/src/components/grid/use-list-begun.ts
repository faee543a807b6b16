import { useRouter } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { UrlValues } from '../url-state.ts';

/**
 * Tells when another list that the user asked for takes the place of one: another order or filter. What Back and Forward
 * return to is none, as it is shown where it was left.
 *
 * @param list tells the list that is shown from others; undefined while it is on its way
 */
export function useListBegun(list: string | undefined, begin: () => void): void {
  const { history } = useRouter();
  const returned = useRef(false);
  const shown = useRef<string>(undefined);
  useEffect(
    () =>
      history.subscribe(({ action }) => {
        returned.current = action.type !== 'PUSH' && action.type !== 'REPLACE';
      }),
    [history],
  );
  useLayoutEffect(() => {
    if (list === undefined || list === shown.current) return;
    const isAnother = shown.current !== undefined;
    shown.current = list;
    if (isAnother && !returned.current) begin();
    // Only another list counts, whatever begins it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [list]);
}

/** Tells the lists of one page from each other by their addresses: words, order, and what else a page has. */
export function listOfUrl(url: UrlValues, ...more: readonly string[]): string {
  return JSON.stringify(['q', 'sort', ...more].map((name) => url[name]));
}
