import { useCallback, useRef, useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (index: number, range: boolean) => void;
  readonly set: (ids: Iterable<string>) => void;
}

/** Which rows are ticked. Shift reaches from the row ticked before to this one. */
export function useSelection(idAt: (index: number) => string | undefined): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef(-1);
  const toggle = useCallback(
    (index: number, range: boolean) => {
      setIds((before) => {
        const next = new Set(before);
        const id = idAt(index);
        const on = id !== undefined && !before.has(id);
        const [from, to] =
          range && anchor.current >= 0 ? [anchor.current, index].sort((a, b) => a - b) : [index, index];
        for (let i = from as number; i <= (to as number); i++) {
          const each = idAt(i);
          if (each === undefined) continue;
          if (on || range) next.add(each);
          else next.delete(each);
        }
        anchor.current = index;
        return next;
      });
    },
    [idAt],
  );
  const set = useCallback((all: Iterable<string>) => {
    setIds(new Set(all));
  }, []);
  return { ids, toggle, set };
}
