import { useUrlState } from '../../../components/url-state.ts';
import type { ColouredRun } from '../run-head.tsx';

export interface Pair {
  readonly left: ColouredRun;
  readonly right: ColouredRun;
  readonly choose: (side: 'left' | 'right', id: string) => void;
  readonly swap: () => void;
}

/** The two runs that stand side by side, in the address: the baseline and the next one by default. */
export function usePair(runs: readonly ColouredRun[], base: number): Pair | undefined {
  const [url, setUrl] = useUrlState();
  const named = (id: string | undefined): ColouredRun | undefined => runs.find((run) => run.id === id);
  const left = named(url['left']) ?? runs[base];
  const right = named(url['right']) ?? runs.find((run) => run.id !== left?.id);
  if (!left || !right) return undefined;
  return {
    left,
    right,
    choose: (side, id) => {
      setUrl({ [side]: id });
    },
    swap: () => {
      setUrl({ left: right.id, right: left.id });
    },
  };
}
