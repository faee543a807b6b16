/** Values of runs in their groups, as boxes, violins and histograms take them. */
import type { SpreadRow } from '../../../charts/marks/mark-spreads.ts';
import type { CardProps } from '../card-kind.ts';
import type { CardSpec } from '../card-spec.ts';
import { isOn, textOption } from './card-options.ts';
import { emptyReason, notesOf, numbersOf, onAxis } from './run-numbers.ts';
import { groupedRuns, oneSet } from './run-sets.ts';

export interface Spreads {
  readonly title: string;
  readonly log: boolean;
  /** At least one, none of them empty. */
  readonly rows: readonly SpreadRow[];
  readonly notes: readonly string[];
}

export function spreadsOf(
  { columns: [column], options }: CardSpec,
  { runs, values, groups }: Pick<CardProps, 'runs' | 'values' | 'groups'>,
): Spreads | { readonly empty: string } {
  const log = isOn(options, 'log');
  const numbers = column === undefined ? undefined : numbersOf(runs, values, column);
  const empty = emptyReason(runs, numbers, log);
  if (empty !== undefined || !numbers) return { empty: empty ?? '' };
  const found = new Map(onAxis(numbers, log).map(({ run, value }) => [run.id, value]));
  const sets = groupedRuns(runs, values, groups, textOption(options, 'by')) ?? [oneSet(runs)];
  const rows = sets.map(({ runs: members, ...set }): SpreadRow => ({
    ...set,
    members: members.flatMap(({ id, name }) => {
      const value = found.get(id);
      return value === undefined ? [] : [{ runId: id, name, value }];
    }),
  }));
  return {
    title: numbers.title,
    log,
    rows: rows.filter(({ members }) => members.length > 0),
    notes: notesOf(numbers, log),
  };
}

export function spreadNeeds({ columns, options }: CardSpec): readonly string[] {
  return [...columns.slice(0, 1), textOption(options, 'by')].filter((column) => column !== '');
}
