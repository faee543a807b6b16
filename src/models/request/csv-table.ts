/** Tables in CSV, as pandas reads them: a line of names, then rows; quotes, and words for missing values. */
import type { Column, Frame } from '../frame.ts';
import type { InputSchema } from '../schema.ts';
import { ScoringError } from '../scoring-error.ts';
import { castColumn } from './cast-column.ts';
import { CastError } from './cast-error.ts';
import { inferredColumn } from './kind-of-values.ts';
import { floatOf, shown } from './python-text.ts';

/** What pandas reads as missing. */
export const missingWords: ReadonlySet<string> = new Set(
  ' #N/A #N/A_N/A #NA -1.#IND -1.#QNAN -NaN -nan 1.#IND 1.#QNAN <NA> N/A NA NULL NaN None n/a nan null'
    .split(' ')
    .map((word) => word.replace('_', ' ')),
);
const truths: Readonly<Record<string, boolean>> = {
  True: true,
  TRUE: true,
  true: true,
  False: false,
  FALSE: false,
  false: false,
};

/** @throws ScoringError */
export function readCsv(body: Uint8Array, schema: InputSchema | undefined): Frame {
  try {
    if (schema?.kind === 'tensors') throw new CastError('TensorSpec only supports numpy types');
    const [header, ...rows] = linesOf(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (!header) throw new CastError('No columns to parse from file');
    // Rows that all have one field more begin with a name of their own; where the last of all is empty they end with a
    // separator, which pandas does not know. One row alone does not tell.
    const hasMore = rows.length > 0 && rows.every(({ length }) => length === header.length + 1);
    const shift = hasMore && (rows.length === 1 || rows.some((row) => row.at(-1) !== '')) ? 1 : 0;
    const long = hasMore ? -1 : rows.findIndex(({ length }) => length > header.length);
    if (long >= 0) {
      throw new CastError(`Expected ${header.length} fields in line ${long + 2}, saw ${rows[long]?.length}`);
    }
    const types = new Map(schema?.fields.map(({ name, type }, place) => [name ?? header[place], type]));
    const columns = namesIn(header).map((name, place) =>
      columnOf(
        name,
        rows.map((row) => row[place + shift]),
        types.get(name),
      ),
    );
    return { kind: 'frame', columns, rows: rows.length };
  } catch (error) {
    const reason =
      error instanceof CastError ? error.message : error instanceof TypeError ? 'it is not UTF-8' : undefined;
    if (reason === undefined) throw error;
    const advice =
      'Ensure that the input is a valid CSV-formatted Pandas DataFrame produced using the `pandas.DataFrame.to_csv()` method.';
    throw new ScoringError('BAD_REQUEST', `Failed to parse input as a Pandas DataFrame. ${advice} Error: '${reason}'`, {
      stackTrace: `ValueError: ${reason}`,
    });
  }
}

/** A name that stood before has a number behind it. */
function namesIn(header: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return header.map((name, place) => {
    if (name === '') return `Unnamed: ${place}`;
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    return before === 0 ? name : `${name}.${before}`;
  });
}

function columnOf(name: string, fields: readonly (string | undefined)[], type: string | undefined): Column {
  const texts = fields.map((field) => (field === undefined || missingWords.has(field) ? null : field));
  if (type === 'datetime') throw new CastError(`the dtype datetime64[ns] is not supported for parsing`);
  if (type === 'string' || type === 'binary') return { name, dtype: 'str', values: texts };
  if (type === 'boolean') return castColumn(name, texts.map(truthOf), type);
  if (type === undefined) return inferredColumn(name, guessed(texts));
  if ((type === 'long' || type === 'integer') && texts.includes(null)) {
    throw new CastError(`Integer column has NA values in column ${name}`);
  }
  return castColumn(name, texts, type);
}

function truthOf(text: string | null): boolean {
  const truth = truths[text ?? ''] ?? (text !== null && /^[+-]?\d+$/.test(text) ? Number(text) !== 0 : undefined);
  if (truth === undefined) throw new CastError(`cannot safely convert ${shown(text)} to bool`);
  return truth;
}

/** Numbers when all are, truths when all are, else texts. */
function guessed(texts: readonly (string | null)[]): readonly unknown[] {
  const there = texts.filter((text) => text !== null);
  if (there.every((text) => Object.hasOwn(truths, text)))
    return texts.map((text) => (text === null ? null : truths[text]));
  if (!there.every((text) => floatOf(text) !== undefined)) return texts;
  const whole = there.length === texts.length && there.every((text) => /^\s*[+-]?\d+\s*$/.test(text));
  // A fraction of 0 makes a column of fractions all the same.
  return texts.map((text) =>
    text === null ? Number.NaN : whole ? BigInt(text.trim().replace('+', '')) : floatOf(text),
  );
}

/** The fields of each line; empty lines are passed over. */
function linesOf(text: string): string[][] {
  if (!text.includes('"')) {
    return text
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== '')
      .map((line) => line.split(','));
  }
  const lines: string[][] = [];
  let fields: string[] = [];
  for (const [, quoted, plain = '', end] of text
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))([^,\r\n]*)(?:,|\r\n|\n|\r|$)/g)
    .map((m) => [m[0], m[1], m[2], m[0].at(-1)] as const)) {
    const field = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    const open = end === ',';
    fields.push(field);
    if (open) continue;
    if (fields.length > 1 || fields[0] !== '') lines.push(fields);
    fields = [];
  }
  return lines;
}
