/** A param of many runs, as a forest takes it: numbers in order, texts as categories. */
import { looksNumeric } from '../common/number-text.ts';
import type { Feature } from './regression-tree.ts';

export interface ParamFeature extends Feature {
  readonly kind: 'number' | 'category';
  /** Runs that have a value. */
  readonly runs: number;
  readonly distinct: number;
  /** Of each run; NaN where it has none, and for categories. */
  readonly numbers: Float64Array;
  /** What the bins of categories are called; undefined for runs without one and for what is put together. */
  readonly names: readonly (string | undefined)[];
}

/** Bin 0 is that of runs without a value. */
const numberBins = 62;
const categoryBins = 31;

/** @returns undefined for what is the same in all runs */
export function paramFeature(values: readonly (string | undefined)[]): ParamFeature | undefined {
  const present = values.filter((value) => value !== undefined);
  const isNumber = present.every(looksNumeric);
  const numbers = Float64Array.from(values, (value) => (isNumber && value !== undefined ? finite(value) : NaN));
  const has = isNumber ? numbers.filter((value) => !Number.isNaN(value)).length : present.length;
  const distinct = isNumber ? distinctOf(numbers).length : new Set(present).size;
  if (distinct + (has < values.length ? 1 : 0) < 2) return undefined;
  const facts = { runs: has, distinct, numbers };
  return isNumber
    ? { kind: 'number', ordered: true, ...facts, ...numberCodes(numbers) }
    : { kind: 'category', ordered: false, ...facts, ...categoryCodes(values) };
}

/** What is no finite number is no value: `nan` and `inf` have no place among the others. */
function finite(text: string): number {
  const value = Number(text);
  return Number.isFinite(value) ? value : NaN;
}

function distinctOf(numbers: Float64Array): Float64Array {
  return numbers.filter((value) => !Number.isNaN(value)).sort().filter((value, i, all) => value !== all[i - 1]); // prettier-ignore
}

/** Each number has a bin, or as many neighbours share one as it takes. */
function numberCodes(numbers: Float64Array): Pick<ParamFeature, 'codes' | 'bins' | 'names'> {
  const distinct = distinctOf(numbers);
  const bins = Math.min(numberBins, distinct.length);
  const binOf = new Map(Array.from(distinct, (value, i) => [value, 1 + Math.floor((i * bins) / distinct.length)]));
  return { codes: Uint8Array.from(numbers, (value) => binOf.get(value) ?? 0), bins: bins + 1, names: [] };
}

/** What only one run has tells nothing of the others: such values, and the seldom ones of many, are one category. */
function categoryCodes(values: readonly (string | undefined)[]): Pick<ParamFeature, 'codes' | 'bins' | 'names'> {
  const counts = Map.groupBy(values, (value) => value);
  const names = [...counts]
    .flatMap(([name, { length }]) => (name === undefined || length < 2 ? [] : [{ name, length }]))
    .sort((a, b) => b.length - a.length || (a.name < b.name ? -1 : 1))
    .slice(0, categoryBins)
    .map(({ name }) => name);
  const binOf = new Map(names.map((name, i) => [name, i + 2]));
  const codes = Uint8Array.from(values, (value) => (value === undefined ? 0 : (binOf.get(value) ?? 1)));
  return { codes, bins: names.length + 2, names: [undefined, undefined, ...names] };
}
