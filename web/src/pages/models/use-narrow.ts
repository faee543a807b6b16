import { useSyncExternalStore } from 'react';

const query = matchMedia('(width < 768px)');

/** On a phone nothing is pinned: a held column would leave no room for the others. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => {
        query.removeEventListener('change', listener);
      };
    },
    () => query.matches,
  );
}
