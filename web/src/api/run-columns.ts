/** Which metrics, params and tags the runs of some experiments have. */
import { queryOptions } from '@tanstack/react-query';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { getFilterCheck, searchRunColumn, searchRunColumns } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import { runsKey } from './run-table.ts';

export type ColumnKeys = Encoded<(typeof searchRunColumns)['response']>;
export type ColumnValues = Encoded<(typeof searchRunColumn)['response']>;

type View = 'ACTIVE_ONLY' | 'DELETED_ONLY';

/** Keys matching `text`, those that vary most first, and the columns for a first view. */
export function runColumns(experimentIds: readonly string[], view: View, text = '') {
  return queryOptions({
    queryKey: ['columns', ...runsKey(experimentIds), view, text],
    queryFn: ({ signal }) =>
      call(searchRunColumns, { experiment_ids: experimentIds, view_type: view, text, max_results: 200 }, signal),
    staleTime: 60_000,
  });
}

export interface Scope {
  readonly experiment_ids: readonly string[];
  readonly filter: string;
  readonly text: string;
  readonly view_type: View;
}

/** How the values of one column are spread over the runs found. */
export function columnValues(scope: Scope, column: string) {
  return queryOptions({
    queryKey: [...runsKey(scope.experiment_ids), 'values', scope, column],
    queryFn: ({ signal }) => call(searchRunColumn, { ...scope, column }, signal),
  });
}

/** Whether a filter of runs can be understood, and if not, what is wrong where. */
export function filterCheck(filter: string) {
  return queryOptions({
    queryKey: ['filter-check', filter],
    queryFn: ({ signal }) => call(getFilterCheck, { entity: 'run', filter }, signal),
    staleTime: Infinity,
  });
}
