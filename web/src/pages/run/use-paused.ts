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

/** Reads anew what the run has got meanwhile when the reader goes on. */
export function useCatchUp(runId: string): void {
  const [paused] = usePaused();
  const before = useRef(paused);
  useEffect(() => {
    if (before.current && !paused) void queryClient.invalidateQueries({ queryKey: ['run', runId] });
    before.current = paused;
  }, [paused, runId]);
}
