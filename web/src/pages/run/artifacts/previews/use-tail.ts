import { useEffect, useRef, useState } from 'react';
import { readPiece, type ArtifactFile } from '../../../../api/artifacts.ts';

export interface Tail {
  readonly bytes: Uint8Array;
  /** Where the bytes start in the file. */
  readonly start: number;
  readonly total: number;
}

const pollMs = 2000;
/** A log is read from its end; more than this is not kept. */
const kept = 2_000_000;
/** Bytes read again each time: if they differ, the file was written anew. */
const overlap = 64;

/** The end of a file that grows, asked for every two seconds while the page is in view. */
export function useTail({ url, size }: ArtifactFile): { tail: Tail | undefined; error: unknown } {
  const [tail, setTail] = useState<Tail>();
  const [error, setError] = useState<unknown>();
  const latest = useRef<Tail>(undefined);
  // A list that was read anew knows a new size; it does not begin the reading anew.
  const firstSize = useRef(size);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    latest.current = undefined;
    const turn = async (): Promise<void> => {
      try {
        const before = latest.current;
        const next = before
          ? await grown(url, before, stop.signal)
          : await fromEnd(url, firstSize.current, stop.signal);
        if (stop.signal.aborted) return;
        setError(undefined);
        if (next !== before) setTail((latest.current = next));
      } catch (failure) {
        if (stop.signal.aborted) return;
        setError(failure);
      }
      timer = setTimeout(() => void turn(), pollMs);
    };
    const onVisible = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') void turn();
    };
    document.addEventListener('visibilitychange', onVisible);
    void turn();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [url]);
  return { tail, error };
}

async function fromEnd(url: string, size: number, signal: AbortSignal): Promise<Tail> {
  const start = Math.max(0, size - kept);
  const { bytes, total } = await readPiece(url, start, start + 2 * kept, signal);
  return { bytes, start, total: Number.isNaN(total) ? bytes.length : total };
}

async function grown(url: string, before: Tail, signal: AbortSignal): Promise<Tail> {
  const end = before.start + before.bytes.length;
  const again = Math.min(overlap, before.bytes.length);
  const { bytes, total } = await readPiece(url, end - again, end + kept, signal);
  const known = before.bytes.subarray(before.bytes.length - again);
  const same = bytes.length >= again && known.every((byte, i) => bytes[i] === byte);
  if (!same) return fromEnd(url, Number.isNaN(total) ? 0 : total, signal);
  if (bytes.length === again) return before;
  const all = new Uint8Array(before.bytes.length + bytes.length - again);
  all.set(before.bytes);
  all.set(bytes.subarray(again), before.bytes.length);
  const dropped = Math.max(0, all.length - 2 * kept);
  return { bytes: all.subarray(dropped), start: before.start + dropped, total };
}
