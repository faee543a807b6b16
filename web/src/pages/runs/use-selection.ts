import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { showFailure } from '../../components/toast.tsx';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (index: number) => void;
  /** Ticks the rows between two; one that is not `fresh` takes the place of the range before. */
  readonly extend: (from: number, to: number, fresh: boolean) => void;
  readonly set: (ids: Iterable<string>) => void;
}

const restMs = 120;
const none: ReadonlySet<string> = new Set();
/** The table and the charts of some experiments are two views of the same runs: what is ticked in one is in the other. */
let kept: { readonly of: string; readonly ids: ReadonlySet<string> } = { of: '', ids: none };

/**
 * Which rows are ticked. `idsBetween` reads those of rows that are not loaded.
 * @param of what the runs are of: as long as the reader goes from one view of it to another, they stay ticked
 */
export function useSelection(
  of: string,
  idAt: (index: number) => string | undefined,
  idsBetween: (first: number, last: number) => Promise<string[]>,
): Selection {
  const [ids, setIds] = useState(kept.of === of ? kept.ids : none);
  /** What was ticked before the range. */
  const before = useRef(ids);
  /** Tells an answer that something else was ticked since. */
  const changes = useRef(0);
  const read = useRef(idsBetween);
  useLayoutEffect(() => {
    read.current = idsBetween;
    kept = { of, ids };
  });

  const toggle = useCallback(
    (index: number) => {
      changes.current++;
      const id = idAt(index);
      if (id === undefined) return;
      setIds((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [idAt],
  );
  const extend = useCallback(
    (from: number, to: number, fresh: boolean) => {
      const change = ++changes.current;
      const [first, last] = [Math.min(from, to), Math.max(from, to)];
      const loaded = Array.from({ length: last - first + 1 }, (_, i) => idAt(first + i));
      setIds((now) => {
        if (fresh) before.current = now;
        return new Set([...before.current, ...loaded.filter((id) => id !== undefined)]);
      });
      if (!loaded.includes(undefined)) return;
      // A range that still grows is read once it rests.
      setTimeout(() => {
        if (changes.current !== change) return;
        read.current(first, last).then((all) => {
          if (changes.current === change) setIds(new Set([...before.current, ...all]));
        }, showFailure);
      }, restMs);
    },
    [idAt],
  );
  const set = useCallback((all: Iterable<string>) => {
    changes.current++;
    setIds(new Set(all));
  }, []);
  return { ids, toggle, extend, set };
}
