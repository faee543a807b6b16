import { useMedia } from './use-media.ts';

/** Below this the sidebar is a drawer and no column of a table is pinned; the style sheet says the same. */
export function useSmallScreen(): boolean {
  return useMedia('(width < 768px)');
}
