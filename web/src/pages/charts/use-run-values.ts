import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { runColumnQuery, type ColumnOfRuns } from '../../api/run-list.ts';
import type { TableQuestion } from '../../api/run-table.ts';
import type { RunValues } from './chart-run.ts';
import { useFrozen } from './use-paused.ts';

/** What the runs of the page have under some columns: those that are wanted together come in one answer. */
export function useRunValues(question: TableQuestion, columns: readonly string[]): RunValues {
  const frozen = useFrozen();
  // The colours of dots are of no use here, and a change of them asks nothing anew.
  const plain = useMemo(() => ({ ...question, colour_by: undefined }), [question]);
  const wanted = useMemo(() => [...new Set(columns)].toSorted(), [columns]);
  const answers = useQueries({
    queries: wanted.map((column) => ({ ...runColumnQuery(plain, column), ...frozen })),
    combine: dataOf,
  });
  return useMemo(() => {
    const byColumn = new Map<string, ColumnOfRuns | undefined>(wanted.map((column, i) => [column, answers[i]]));
    return {
      at: (runId, column) => {
        const values = byColumn.get(column);
        return values && (values.get(runId) ?? null);
      },
      loading: wanted.some((column) => byColumn.get(column) === undefined),
    };
  }, [wanted, answers]);
}

function dataOf(answers: readonly { readonly data: ColumnOfRuns | undefined }[]): (ColumnOfRuns | undefined)[] {
  return answers.map(({ data }) => data);
}
