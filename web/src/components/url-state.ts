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
        search: (before: UrlValues) => changed(before, change),
      } as never);
    },
    [navigate],
  );
  return [values, set];
}

function changed(before: UrlValues, change: UrlValues): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...before, ...change })) if (value) kept[key] = value;
  return kept;
}

/** The address that a change leads to, for links of this page. */
export function addressWith(values: UrlValues, change: UrlValues): string {
  return `?${new URLSearchParams(changed(values, change)).toString()}`;
}
