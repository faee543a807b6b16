import { count } from '../../../components/format.ts';
import { showToast } from '../../../components/toast.tsx';
import { text } from '../../../text/compare.ts';
import { toggleKept, useKeptRuns } from './compare-list.ts';

interface KeepAction {
  readonly icon: 'columns';
  readonly name: string;
  readonly run: () => void;
}

/** For menus about a run: keeps it to compare later, or no longer. */
export function useKeepAction(id: string, name: string): KeepAction {
  const kept = useKeptRuns().includes(id);
  return {
    icon: 'columns',
    name: kept ? text.kept.remove : text.kept.add,
    run: () => {
      const runs = toggleKept(id);
      if (!kept) showToast({ message: text.kept.added(name, count(runs)) });
    },
  };
}
