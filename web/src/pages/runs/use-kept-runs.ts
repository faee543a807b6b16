import { useQuery } from '@tanstack/react-query';
import { filterOfRuns } from '../../api/run-list.ts';
import { fetchWindow, runsKey, type TableQuestion, type TableRow } from '../../api/run-table.ts';
import type { ColumnRef, RunQuery } from './run-query.ts';

const none: readonly TableRow[] = [];
const most = 51;

/** The pinned runs, in the order they were pinned, and the baseline: whatever is filtered and sorted. */
export function useKeptRuns(
  { pinnedRuns, baseline }: RunQuery,
  question: TableQuestion,
  columns: readonly ColumnRef[],
): readonly TableRow[] {
  const ids = [...new Set([...pinnedRuns, ...(baseline === undefined ? [] : [baseline])])];
  const { data } = useQuery({
    queryKey: [...runsKey(question.experiment_ids), 'kept', ids, columns, question.colour_by],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const filter = filterOfRuns(ids);
      const kept = { ...question, columns, filter, text: '', order_by: [], tree: false, except: [], hidden: [] };
      const { rows } = await fetchWindow(kept, { offset: 0, size: most }, signal);
      return rows.toSorted((a, b) => ids.indexOf(a.run_id) - ids.indexOf(b.run_id));
    },
    placeholderData: (before) => before,
  });
  return ids.length === 0 ? none : (data ?? none);
}
