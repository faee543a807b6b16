/** The run that the reader points at, in a list or in any chart: drawn strongly everywhere, the others step back. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

let emphasised: string | undefined;
const listeners = new Set<() => void>();

/** @param runId undefined: the reader points at none */
export function emphasise(runId: string | undefined): void {
  if (runId === emphasised) return;
  emphasised = runId;
  for (const listener of listeners) listener();
}

export function emphasisedRun(): string | undefined {
  return emphasised;
}

/** For what paints by itself. @returns what ends it */
export function onEmphasis(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useEmphasised(): string | undefined {
  return useSyncExternalStore(onEmphasis, emphasisedRun);
}

/** A chart that goes away while a run is pointed at in it takes the emphasis along: no pointer leaves it any more. */
export function useEmphasisEnd(points: boolean): void {
  const latest = useRef(points);
  useEffect(() => {
    latest.current = points;
  });
  useEffect(
    () => () => {
      if (latest.current) emphasise(undefined);
    },
    [],
  );
}
