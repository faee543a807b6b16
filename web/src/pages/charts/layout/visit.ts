/**
 * What stood on the page when the reader came. Metrics that runs log for the first time while the reader is there come
 * behind all others and take no room from them; at the next visit they stand where they belong.
 */
import type { RunList } from '../../../api/run-list.ts';
import type { CardSpec } from '../card-spec.ts';

export interface Visit {
  /** Another filter is another visit. */
  readonly question: string;
  /** Of the cards that were there from the start. */
  readonly first: ReadonlySet<string>;
  /** Of all cards so far, in their order. */
  readonly columns: readonly string[];
}

/** @param made the cards that the page makes of the list, in their usual order */
export function visitAfter(before: Visit | undefined, { question: of }: RunList, made: readonly CardSpec[]): Visit {
  const question = JSON.stringify([of.experiment_ids, of.filter, of.text, of.view_type]);
  const columns = made.map(columnOf);
  // An empty page has nothing that could move.
  if (before?.question !== question || before.columns.length === 0) {
    return { question, first: new Set(columns), columns };
  }
  const fresh = columns.filter((column) => !before.columns.includes(column));
  return fresh.length === 0 ? before : { ...before, columns: [...before.columns, ...fresh] };
}

export function inVisit(made: readonly CardSpec[], { columns }: Visit): readonly CardSpec[] {
  const places = new Map(columns.map((column, place) => [column, place]));
  const placeOf = (card: CardSpec): number => places.get(columnOf(card)) ?? columns.length;
  return made.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The ids of those that came while the reader was there. */
export function latecomers(made: readonly CardSpec[], { first }: Visit): ReadonlySet<string> {
  return new Set(made.filter((card) => !first.has(columnOf(card))).map(({ id }) => id));
}

/** A metric of single values that becomes a line is another card in the same place. */
function columnOf({ columns: [column = ''] }: CardSpec): string {
  return column;
}
