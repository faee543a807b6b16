/** Which params go with a metric. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { searchParamImportance } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import type { Scope } from './run-columns.ts';
import { runsKey } from './run-table.ts';

export type ParamImportances = Encoded<(typeof searchParamImportance)['response']>;
export type ParamImportance = NonNullable<ParamImportances['params']>[number];

/** The server looks at no more. */
export const mostImportanceRuns = 2000;

/** @param runIds these of the runs found alone; empty: all of them */
export function paramImportance(scope: Scope, metric: string, runIds: readonly string[]) {
  return queryOptions({
    queryKey: [...runsKey(scope.experiment_ids), 'importance', scope, metric, runIds],
    queryFn: ({ signal }) => call(searchParamImportance, { ...scope, metric, run_ids: runIds }, signal),
    placeholderData: keepPreviousData,
  });
}
