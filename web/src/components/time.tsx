import { useEffect, useState } from 'react';
import { exactTime, relativeTime } from './format.ts';

let minute = Math.floor(Date.now() / 60_000);
const listeners = new Set<(minute: number) => void>();
setInterval(() => {
  minute = Math.floor(Date.now() / 60_000);
  for (const listener of listeners) listener(minute);
}, 60_000);

/** How long ago; the exact time on hover. One clock turns all of them, once a minute. */
export function Time({ at }: { at: number | bigint }) {
  const [, turn] = useState(minute);
  useEffect(() => {
    listeners.add(turn);
    return () => {
      listeners.delete(turn);
    };
  }, []);
  return <time title={exactTime(at)}>{relativeTime(at)}</time>;
}
