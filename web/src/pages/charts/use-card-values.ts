import { useCallback, useMemo, useState } from 'react';
import type { ColumnQuestion } from '../../api/run-list.ts';
import { entryOf } from './card-kinds.ts';
import type { CardSpec } from './card-spec.ts';
import type { ChartRun, RunValues } from './chart-run.ts';
import { groupsOf, type ChartGroup } from './grouping.ts';
import { useRunValues } from './use-run-values.ts';

export interface CardValues {
  readonly values: RunValues;
  readonly groups: readonly ChartGroup[];
  /** With their places among the groups. */
  readonly runs: readonly ChartRun[];
  readonly onNear: (cards: readonly { readonly spec: CardSpec }[]) => void;
}

/**
 * What the cards near the view and the groups need of the runs, in one question.
 * @param always cards that need theirs wherever the reader looks
 */
export function useCardValues(
  question: ColumnQuestion,
  all: readonly ChartRun[],
  group: readonly string[],
  always: readonly CardSpec[],
): CardValues {
  const [near, setNear] = useState<readonly CardSpec[]>([]);
  const onNear = useCallback((next: readonly { readonly spec: CardSpec }[]) => {
    setNear((before) =>
      before.length === next.length && before.every((spec, i) => spec === next[i]?.spec)
        ? before
        : next.map(({ spec }) => spec),
    );
  }, []);
  const wanted = useMemo(
    () => [...group, ...[...near, ...always].flatMap((spec) => entryOf(spec.kind)?.needs(spec) ?? [])],
    [group, near, always],
  );
  const values = useRunValues(question, wanted);
  const ids = useMemo(() => all.map(({ id }) => id), [all]);
  const groups = useMemo(() => groupsOf(ids, group, values), [ids, group, values]);
  const runs = useMemo(() => {
    if (groups.length === 0) return all;
    const groupOf = new Map(groups.flatMap(({ runIds }, place) => runIds.map((id) => [id, place] as const)));
    return all.map((run) => ({ ...run, group: groupOf.get(run.id) }));
  }, [all, groups]);
  return { values, groups, runs, onNear };
}
