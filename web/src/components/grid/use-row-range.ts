import { useLayoutEffect, useMemo, useRef } from 'react';
import type { GridProps } from './grid-types.ts';

export interface RowRange {
  /** Ticks one row, or all from the one ticked before. */
  readonly toggle: (index: number, range: boolean) => void;
  /** Ticks the rows that the cursor passes; going back gives them back. */
  readonly extend: (start: number, to: number) => void;
  /** The next extension is one of its own. */
  readonly rest: () => void;
  /** Rows came in above. */
  readonly shift: (rows: number) => void;
}

/** Which rows a range with Shift holds: it reaches from an anchor that stays while the other end moves. */
export function useRowRange<Row>({ onToggle, onExtend }: Pick<GridProps<Row>, 'onToggle' | 'onExtend'>): RowRange {
  const latest = useRef({ onToggle, onExtend });
  useLayoutEffect(() => {
    latest.current = { onToggle, onExtend };
  });
  return useMemo(() => {
    let anchor = -1;
    let extending = false;
    const reach = (to: number): void => {
      latest.current.onExtend?.(anchor, to, !extending);
      extending = true;
    };
    return {
      toggle: (index, range) => {
        if (range && anchor >= 0 && latest.current.onExtend) reach(index);
        else {
          latest.current.onToggle?.(index);
          anchor = index;
          extending = false;
        }
      },
      extend: (start, to) => {
        if (!extending) anchor = start;
        reach(to);
      },
      rest: () => {
        extending = false;
      },
      shift: (rows) => {
        if (anchor >= 0) anchor += rows;
      },
    };
  }, []);
}
