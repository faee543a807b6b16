import { useSyncExternalStore } from 'react';
import { duration } from './format.ts';

let now = Date.now();
const listeners = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;

/** One clock turns all that are shown, once a second, and stands still when there are none. */
function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (clock === undefined) {
    now = Date.now();
    clock = setInterval(() => {
      now = Date.now();
      for (const one of listeners) one();
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}

/** How long something took, or has taken so far. Times are milliseconds since 1970. */
export function Lasted({ from, to }: { from: number; to: number | undefined }) {
  return to === undefined ? <Growing from={from} /> : duration(Math.max(0, to - from));
}

/** The time, in milliseconds since 1970, turned once a second. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

function Growing({ from }: { from: number }) {
  const at = useNow();
  const seconds = Math.max(0, Math.floor((Math.max(at, from) - from) / 1000));
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
}
