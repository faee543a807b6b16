import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { columnValues, type Scope } from '../../api/run-columns.ts';
import type { RunTable } from '../../api/run-table.ts';
import { numberOf } from './run-cell.tsx';
import { keyOfColumn, type ColumnRef, type RunQuery } from './run-query.ts';

/**
 * The best value of each metric that is marked as better when higher or lower, over all runs that match. The server
 * tells it of last values; of others it is known where all rows are at hand.
 */
export function useBestValues(
  scope: Scope,
  query: RunQuery,
  columns: readonly ColumnRef[],
  head: RunTable['head'],
): ReadonlyMap<string, number> {
  const marked = useMemo(
    () => [...query.better].filter(([column]) => column.startsWith('metrics.') && !column.includes('@')),
    [query],
  );
  const spreads = useQueries({
    queries: marked.map(([column]) => columnValues(scope, column)),
    combine: (answers) => answers.map(({ data }) => data),
  });
  return useMemo(() => {
    const best = new Map(
      marked.flatMap(([column, higher], i) => {
        const value = higher ? spreads[i]?.max : spreads[i]?.min;
        return value === undefined ? [] : [[column, value] as const];
      }),
    );
    if (!head || head.rows.length < head.total) return best;
    for (const [place, column] of columns.entries()) {
      const higher = query.better.get(keyOfColumn(column));
      if (column.aggregate === 'last' || higher === undefined) continue;
      const values = head.rows.map(({ cells }) => numberOf(cells[place]) ?? NaN).filter(Number.isFinite);
      if (values.length > 0) best.set(keyOfColumn(column), higher ? Math.max(...values) : Math.min(...values));
    }
    return best;
  }, [marked, spreads, query, columns, head]);
}
