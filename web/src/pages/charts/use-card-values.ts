import { useCallback, useMemo, useState } from 'react';
import type { ColumnQuestion } from '../../api/run-list.ts';
import { entryOf } from './card-kinds.ts';
import type { CardSpec } from './card-spec.ts';
import type { ChartRun, RunValues } from './chart-run.ts';
import { groupsOf, type ChartGroup } from './grouping.ts';
import type { ChartRuns } from './use-chart-runs.ts';
import { useRunValues } from './use-run-values.ts';

export interface CardValues {
  readonly values: RunValues;
  readonly groups: readonly ChartGroup[];
  /** With their places among the groups. */
  readonly named: readonly ChartRun[];
  /** Those of them whose eye is open. */
  readonly runs: readonly ChartRun[];
  readonly onNear: (cards: readonly { readonly spec: CardSpec }[]) => void;
}

/**
 * What the cards near the view and the groups need of the runs, in one question.
 * @param always cards that need theirs wherever the reader looks
 */
export function useCardValues(
  question: ColumnQuestion,
  { rows, named: all }: Pick<ChartRuns, 'rows' | 'named'>,
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
  const someAway = all.some(({ putAway }) => putAway);
  const wanted = useMemo(() => {
    const cards = [...near, ...always];
    // Of a run that is put away no points are read: its last value tells whether a legend has its name.
    const told = someAway ? cards.filter(({ kind }) => kind === 'line').flatMap(({ columns }) => columns) : [];
    return [...group, ...told, ...cards.flatMap((spec) => entryOf(spec.kind)?.needs(spec) ?? [])];
  }, [group, near, always, someAway]);
  const values = useRunValues(question, wanted);
  // Of all runs, so that an eye that closes leaves the other groups their colours.
  const ids = useMemo(() => rows.map((row) => row.run_id), [rows]);
  const groups = useMemo(() => groupsOf(ids, group, values), [ids, group, values]);
  const named = useMemo(() => {
    if (groups.length === 0) return all;
    const groupOf = new Map(groups.flatMap(({ runIds }, place) => runIds.map((id) => [id, place] as const)));
    return all.map((run) => ({ ...run, group: groupOf.get(run.id) }));
  }, [all, groups]);
  const runs = useMemo(() => named.filter(({ putAway }) => !putAway), [named]);
  return { values, groups, named, runs, onNear };
}
