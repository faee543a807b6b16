/** Which params go with a metric. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { searchParamImportance } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import { runsKey } from './run-table.ts';

export type ParamImportances = Encoded<(typeof searchParamImportance)['response']>;
export type ParamImportance = NonNullable<ParamImportances['params']>[number];

/** Of these runs, whatever is filtered: pinned ones are drawn too. A page lists fewer of them than the server takes. */
export function paramImportance(
  metric: string,
  runs: readonly { readonly id: string; readonly experimentId: string }[],
) {
  const experiments = [...new Set(runs.map(({ experimentId }) => experimentId))].toSorted();
  const ids = runs.map(({ id }) => id).toSorted();
  const question = {
    experiment_ids: experiments,
    view_type: 'ALL',
    filter: '',
    text: '',
    metric,
    run_ids: ids,
  } as const;
  return queryOptions({
    queryKey: [...runsKey(experiments), 'importance', metric, ids],
    queryFn: ({ signal }) => call(searchParamImportance, question, signal),
    placeholderData: keepPreviousData,
  });
}
