import { useQueries } from '@tanstack/react-query';
import { columnValues, type Scope } from '../../api/run-columns.ts';
import type { RunQuery } from './run-query.ts';

/** The best value of each metric that is marked as better when higher or lower, over all runs that match. */
export function useBestValues(scope: Scope, query: RunQuery): ReadonlyMap<string, number> {
  const marked = [...query.better].filter(([column]) => column.startsWith('metrics.') && !column.includes('@'));
  const spreads = useQueries({ queries: marked.map(([column]) => columnValues(scope, column)) });
  return new Map(
    marked.flatMap(([column, higher], i) => {
      const value = higher ? spreads[i]?.data?.max : spreads[i]?.data?.min;
      return value === undefined ? [] : [[column, value] as const];
    }),
  );
}
