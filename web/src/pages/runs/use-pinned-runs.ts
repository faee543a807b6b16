import { useQuery } from '@tanstack/react-query';
import { fetchWindow, runsKey, type TableQuestion, type TableRow } from '../../api/run-table.ts';
import type { ColumnRef } from './run-query.ts';

const none: readonly TableRow[] = [];

/** The runs that stay at the top whatever is filtered and sorted, in the order they were pinned. */
export function usePinnedRuns(
  ids: readonly string[],
  question: TableQuestion,
  columns: readonly ColumnRef[],
): { rows: readonly TableRow[] } {
  const { data } = useQuery({
    queryKey: [...runsKey(question.experiment_ids), 'pinned', ids, columns],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const filter = `attributes.run_id IN (${ids.map((id) => `'${id.replace(/[^\w-]/g, '')}'`).join(', ')})`;
      const pins = { ...question, columns, filter, text: '', order_by: [], tree: false };
      const { rows } = await fetchWindow(pins, { offset: 0, size: 50 }, signal);
      return rows.toSorted((a, b) => ids.indexOf(a.run_id) - ids.indexOf(b.run_id));
    },
    placeholderData: (before) => before,
  });
  return { rows: ids.length === 0 ? none : (data ?? none) };
}
