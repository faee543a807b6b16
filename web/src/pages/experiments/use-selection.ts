import { useRef, useState } from 'react';
import type { ListedExperiment } from '../../api/experiments.ts';
import type { ListRow } from './tree.ts';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly experiments: readonly ListedExperiment[];
  readonly toggle: (index: number) => void;
  /** Ticks the rows between two; one that is not `fresh` takes the place of the range before. */
  readonly extend: (from: number, to: number, fresh: boolean) => void;
  readonly toggleAll: (rowCount: number) => void;
  readonly clear: () => void;
}

/** The ticked experiments; a folder's box ticks all in it. They stay ticked while the search changes. */
export function useSelection(rowAt: (index: number) => ListRow | undefined): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ListedExperiment>>(new Map());
  const before = useRef(chosen);
  const within = (from: number, to: number): ListedExperiment[] => {
    const found: ListedExperiment[] = [];
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) {
      const row = rowAt(i);
      if (row) found.push(...(row.kind === 'folder' ? row.experiments : [row.experiment]));
    }
    return found;
  };
  const change = (experiments: readonly ListedExperiment[]): void => {
    const next = new Map(chosen);
    const off = experiments.every(({ id }) => next.has(id));
    for (const experiment of experiments) {
      if (off) next.delete(experiment.id);
      else next.set(experiment.id, experiment);
    }
    setChosen(next);
  };
  return {
    ids: new Set(chosen.keys()),
    experiments: [...chosen.values()],
    toggle: (index) => {
      change(within(index, index));
    },
    extend: (from, to, fresh) => {
      if (fresh) before.current = chosen;
      setChosen(new Map([...before.current, ...within(from, to).map((each) => [each.id, each] as const)]));
    },
    toggleAll: (rowCount) => {
      change(within(0, rowCount - 1));
    },
    clear: () => {
      setChosen(new Map());
    },
  };
}
