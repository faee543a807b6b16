/** What differs between versions, row by row. */
import type { WholeVersion } from '../../api/models.ts';
import { distinctNumbers } from '../../components/format.ts';
import { differenceOf } from './difference.ts';
import { schemaRows, shownField, type Mark, type Signature } from './signature.ts';

export interface CompareCell {
  readonly text: string | undefined;
  /** The whole value, where the text is shorter. */
  readonly full?: string;
  /** Against the first version. */
  readonly mark: Mark;
  /** How far a number is from the first version's. */
  readonly difference?: string;
}

export interface CompareRow {
  readonly key: string;
  readonly cells: readonly CompareCell[];
  readonly differs: boolean;
}

type Value = string | number | undefined;
type Values = readonly { readonly key: string; readonly value: string | number }[];

function markOf(before: string | undefined, value: string | undefined): Mark {
  if (before === value) return 'same';
  return before === undefined ? 'added' : value === undefined ? 'removed' : 'changed';
}

function rowOf(
  key: string,
  texts: readonly (string | undefined)[],
  wholes: readonly (string | undefined)[],
): CompareRow {
  const cells = texts.map((text, i) => ({
    text,
    ...(wholes[i] === undefined || wholes[i] === text ? {} : { full: wholes[i] }),
    mark: markOf(wholes[0], wholes[i]),
  }));
  return { key, cells, differs: cells.some(({ mark }) => mark !== 'same') };
}

/** `layer2` before `layer10`. */
const natural = new Intl.Collator('en', { numeric: true });

/** @param show those of one key, by version */
function rowsOf(
  lists: readonly Values[],
  show: (values: readonly Value[]) => readonly (string | undefined)[],
): CompareRow[] {
  const maps = lists.map((list) => new Map(list.map(({ key, value }) => [key, value])));
  const keys = [...new Set(maps.flatMap((map) => [...map.keys()]))].toSorted(natural.compare);
  return keys.map((key) => {
    const values = maps.map((map) => map.get(key));
    return rowOf(
      key,
      show(values),
      values.map((value) => (value === undefined ? undefined : String(value))),
    );
  });
}

const longestShown = 400;

function cut(value: string | number): string {
  const text = String(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function eachCut(values: readonly Value[]): (string | undefined)[] {
  return values.map((value) => (value === undefined ? undefined : cut(value)));
}

export function paramRows(versions: readonly WholeVersion[]): CompareRow[] {
  return rowsOf(
    versions.map(({ params }) => params),
    eachCut,
  );
}

export function metricRows(versions: readonly WholeVersion[]): CompareRow[] {
  const values = versions.map(({ metrics }) => new Map(metrics.map(({ key, value }) => [key, Number(value)])));
  const rows = rowsOf(
    versions.map(({ metrics }) => metrics),
    (of) => distinctNumbers(of.map((value) => (value === undefined ? undefined : Number(value)))),
  );
  return rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, i) => {
      const difference = differenceOf(values[0]?.get(row.key), values[i]?.get(row.key));
      return difference === undefined ? cell : { ...cell, difference };
    }),
  }));
}

export function tagRows(versions: readonly WholeVersion[], which: 'tags' | 'run_tags'): CompareRow[] {
  return rowsOf(
    versions.map((version) => version[which]),
    eachCut,
  );
}

export function signatureRows(
  signatures: readonly (Signature | undefined)[],
  words: {
    readonly unnamed: (index: number) => string;
    readonly parts: Readonly<Record<string, string>>;
    readonly optional: string;
  },
): CompareRow[] {
  return schemaRows(signatures, words.unnamed).map(({ part, name, fields, marks }) => ({
    key: `${words.parts[part] ?? part}: ${name}`,
    cells: fields.map((field, i) => ({
      text: field && cut(shownField(field, words.optional)),
      mark: marks[i] ?? 'same',
    })),
    differs: marks.some((mark) => mark !== 'same'),
  }));
}
