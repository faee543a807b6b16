import { useEffect, useRef } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { useUrlState } from '../../components/url-state.ts';

/** Whether what a running run adds waits until the reader goes on. Stands in the address as `live=0`. */
export function usePaused(): [paused: boolean, pause: (paused: boolean) => void] {
  const [{ live }, setUrl] = useUrlState();
  return [
    live === '0',
    (paused) => {
      setUrl({ live: paused ? '0' : undefined }, { replace: true });
    },
  ];
}

/** For queries: what they have stays as it is while the reader pauses. */
export function useFrozen(): { staleTime?: 'static' } {
  const [paused] = usePaused();
  return paused ? { staleTime: 'static' } : {};
}

/** Reads anew what came meanwhile when the reader goes on. Both parts of the key are texts: `['run', id]`. */
export function useCatchUp(kind: string, id: string): void {
  const [paused] = usePaused();
  const before = useRef(paused);
  useEffect(() => {
    if (before.current && !paused) void queryClient.invalidateQueries({ queryKey: [kind, id] });
    before.current = paused;
  }, [paused, kind, id]);
}
