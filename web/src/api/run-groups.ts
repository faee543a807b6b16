import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { searchRunGroups } from '../../../src/protocol/views.ts';
import { call } from './client.ts';
import type { Scope } from './run-columns.ts';
import { runsKey } from './run-table.ts';

export interface RunGroup {
  readonly values: readonly (string | null)[];
  readonly count: number;
  readonly metrics: readonly {
    readonly key: string;
    /** Runs whose value is finite: of these the others are. */
    readonly count: number;
    readonly not_finite: number;
    readonly mean: number;
    readonly std: number;
    readonly min: number;
    readonly max: number;
  }[];
}

/** Runs counted by the values of some columns, with the mean and spread of metrics. */
export function runGroups(scope: Scope, by: readonly string[], metrics: readonly string[]) {
  return queryOptions({
    queryKey: [...runsKey(scope.experiment_ids), 'groups', scope, by, metrics],
    enabled: by.length > 0,
    queryFn: async ({ signal }) => {
      const { groups = [], total = 0 } = await call(searchRunGroups, { ...scope, by, metrics }, signal);
      return { groups: groups as unknown as readonly RunGroup[], total };
    },
    placeholderData: keepPreviousData,
  });
}
