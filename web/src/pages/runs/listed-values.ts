/** The values of a column as they are listed to choose from. */
import type { ColumnValues } from '../../api/run-columns.ts';
import { looksNumeric } from '../../api/statistics.ts';
import { alignedTexts } from '../../components/aligned-numbers.ts';
import { shownValue } from './shown-value.ts';

interface ListedValue {
  readonly value: string;
  /** As short as it can be without looking like another one. */
  readonly shown: string;
  readonly runs: number;
}

/** Params that are numbers stand in the order of numbers; what is none, such as NaN, comes last. */
export function listedValues({ kind, values = [] }: ColumnValues): ListedValue[] {
  const listed = values.map(({ value = '', count = 0 }) => ({ value, shown: shownValue(value), runs: count }));
  if (kind !== 'number' || !listed.every(({ value }) => looksNumeric(value))) return listed;
  const write = alignedTexts(listed.map(({ value }) => value));
  const short = listed.map((one) => ({ ...one, shown: write(one.shown).trimEnd() }));
  const alike = Map.groupBy(short, ({ shown }) => shown);
  return short
    .map((one) => (alike.get(one.shown)?.length === 1 ? one : { ...one, shown: shownValue(one.value) }))
    .toSorted((a, b) => rankOf(a.value) - rankOf(b.value));
}

function rankOf(value: string): number {
  const number = Number(value);
  return Number.isNaN(number) ? Number.MAX_VALUE : number;
}
