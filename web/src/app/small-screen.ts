import { useSyncExternalStore } from 'react';

/** Below this the sidebar is a drawer; the style sheet says the same. */
const query = matchMedia('(width < 768px)');

export function useSmallScreen(): boolean {
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
