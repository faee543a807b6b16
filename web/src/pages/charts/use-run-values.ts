import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { columnsKey, runColumnQuery, type ColumnOfRuns, type ColumnQuestion } from '../../api/run-list.ts';
import type { RunValues } from './chart-run.ts';
import { useFrozen } from './use-paused.ts';

/** What the runs of the page have under some columns: those that are wanted together come in one answer. */
export function useRunValues(question: ColumnQuestion, columns: readonly string[]): RunValues {
  const frozen = useFrozen();
  // The colours of dots are of no use here, and a change of them asks nothing anew.
  const plain = useMemo(() => ({ ...question, colour_by: undefined }), [question]);
  const wanted = useMemo(() => [...new Set(columns)].toSorted(), [columns]);
  const { data, error } = useQueries({
    queries: wanted.map((column) => ({ ...runColumnQuery(plain, column), ...frozen })),
    combine: answersOf,
  });
  return useMemo(() => {
    const byColumn = new Map<string, ColumnOfRuns | undefined>(wanted.map((column, i) => [column, data[i]]));
    const retry = (): void => {
      void queryClient.refetchQueries({
        queryKey: columnsKey(plain),
        type: 'active',
        predicate: ({ state }) => state.status === 'error',
      });
    };
    return {
      at: (runId, column) => {
        const values = byColumn.get(column);
        return values && (values.get(runId) ?? null);
      },
      loading: wanted.some((column) => byColumn.get(column) === undefined),
      failed: error ? { error, retry } : undefined,
    };
  }, [wanted, data, error, plain]);
}

type Answers = readonly { readonly data: ColumnOfRuns | undefined; readonly error: Error | null }[];

function answersOf(answers: Answers): { data: (ColumnOfRuns | undefined)[]; error: Error | undefined } {
  return {
    data: answers.map(({ data }) => data),
    error: answers.find(({ error }) => error !== null)?.error ?? undefined,
  };
}
