import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type UrlValues = Readonly<Record<string, string | undefined>>;

/**
 * The query of the address, flat: what a page shows is all in its URL. A change makes a step in the history unless
 * `replace` is set (typing); an empty or undefined value leaves the URL.
 */
export function useUrlState(): [UrlValues, (change: UrlValues, options?: { replace?: boolean }) => void] {
  const values: UrlValues = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (change: UrlValues, { replace = false }: { replace?: boolean } = {}) => {
      void navigate({
        to: '.',
        replace,
        search: (before: UrlValues) =>
          Object.fromEntries(
            Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== ''),
          ),
      } as never);
    },
    [navigate],
  );
  return [values, set];
}
