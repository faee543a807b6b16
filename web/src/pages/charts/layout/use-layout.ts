import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useUrlState } from '../../../components/url-state.ts';
import { noChanges, type Layout } from './card-layout.ts';
import { readLayout, writeLayout } from './layout-text.ts';

export interface LayoutState {
  readonly layout: Layout;
  readonly change: (next: Layout) => void;
  /** Undefined when there is nothing to go back to. */
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
  /** Undefined when nothing was changed. */
  readonly reset: (() => void) | undefined;
}

interface Steps {
  /** What the address says now. */
  readonly now: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
}

const most = 100;

/** The layout of the address (`cards`), and the way back through those before it, however they came. */
export function useLayout(): LayoutState {
  const [{ cards: now = '' }, setUrl] = useUrlState();
  const [steps, setSteps] = useState<Steps>({ now, past: [], future: [] });
  // A step of undo or redo that is on its way to the address.
  const stepping = useRef(false);
  const layout = useMemo(() => readLayout(now), [now]);
  useEffect(() => {
    setSteps((before) => {
      if (before.now === now) return before;
      return { now, past: [...before.past, before.now].slice(-most), future: [] };
    });
    stepping.current = false;
  }, [now]);

  const change = useCallback(
    (next: Layout) => {
      setUrl({ cards: writeLayout(next) });
    },
    [setUrl],
  );
  const { past, future } = steps;
  const step = (to: Steps): void => {
    if (stepping.current) return;
    stepping.current = true;
    setSteps(to);
    setUrl({ cards: to.now }, { replace: true });
  };
  const undo = (): void => {
    const last = past.at(-1);
    if (last !== undefined) step({ now: last, past: past.slice(0, -1), future: [steps.now, ...future] });
  };
  const redo = (): void => {
    const [next, ...rest] = future;
    if (next !== undefined) step({ now: next, past: [...past, steps.now], future: rest });
  };
  return {
    layout,
    change,
    undo: past.length > 0 ? undo : undefined,
    redo: future.length > 0 ? redo : undefined,
    reset:
      now === ''
        ? undefined
        : () => {
            change(noChanges);
          },
  };
}
