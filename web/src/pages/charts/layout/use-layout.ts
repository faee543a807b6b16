import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { showFailure } from '../../../components/toast.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/charts-page.ts';
import { noChanges, type Layout } from './card-layout.ts';
import { changedValue } from './changed-value.ts';
import { readLayout, writeLayout } from './layout-text.ts';

export interface LayoutState {
  readonly layout: Layout;
  /** False: an address has no room for it, which the reader is told. */
  readonly change: (next: Layout) => boolean;
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
/** A server reads an address of 16,000 signs; the filter and what is shown or hidden need theirs. */
const longest = 10_000;
/** Changes of one value that follow each other faster are one step. */
const joinMs = 1000;

/** The layout of the address (`cards`), and the way back through those before it, however they came. */
export function useLayout(): LayoutState {
  const [{ cards: now = '' }, setUrl] = useUrlState();
  const [steps, setSteps] = useState<Steps>({ now, past: [], future: [] });
  // A step of undo or redo that is on its way to the address.
  const stepping = useRef(false);
  const changed = useRef<{ readonly value: string | undefined; readonly at: number }>(undefined);
  // What is on its way to the address goes on with the step before.
  const joining = useRef(false);
  const layout = useMemo(() => readLayout(now), [now]);
  useEffect(() => {
    const joins = joining.current;
    setSteps((before) => {
      if (before.now === now) return before;
      return { now, past: joins ? before.past : [...before.past, before.now].slice(-most), future: [] };
    });
    [stepping.current, joining.current] = [false, false];
  }, [now]);

  const change = useCallback(
    (next: Layout) => {
      const cards = writeLayout(next);
      if (cards === now) return true;
      if (cards.length > now.length && encodeURIComponent(cards).length > longest) {
        showFailure(new Error(text.tooLong));
        return false;
      }
      const [value, at, before] = [changedValue(layout, next), performance.now(), changed.current];
      joining.current = value !== undefined && value === before?.value && at - before.at < joinMs;
      changed.current = { value, at };
      setUrl({ cards }, { replace: joining.current });
      return true;
    },
    [setUrl, now, layout],
  );
  const { past, future } = steps;
  const step = (to: Steps): void => {
    if (stepping.current) return;
    stepping.current = true;
    changed.current = undefined;
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
