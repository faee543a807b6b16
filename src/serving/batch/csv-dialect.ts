/** How a CSV file is written, found out by the rule of AutoML's reader, `python/modelyard_automl/prepare/csv_files.py`. */
import { isUtf8 } from 'node:buffer';
import type { InputSchema } from '../../models/schema.ts';
import { readCsv, usualDialect, type Dialect } from './csv.ts';
import { csvLine } from './row-text.ts';

const sampleBytes = 64 * 1024;
const sampleLines = 60;

/** What the model takes tells a column of sentences, such as `a; b`, from a file with semicolons. */
export async function dialectOf(file: Blob, inputs: InputSchema | undefined): Promise<Dialect> {
  return dialectIn(await sampleOf(file), inputs);
}

function dialectIn(sample: string, inputs: InputSchema | undefined): Dialect {
  const namesBy = (dialect: Dialect): readonly string[] => readCsv(sample, dialect)[0] ?? [];
  const usual = new Set(namesBy(usualDialect));
  const needed = inputs?.fields.filter(({ required, name }) => required && name !== undefined) ?? [];
  if (needed.length > 0 && needed.every(({ name = '' }) => usual.has(name))) return usualDialect;
  const found = bestDialect(sample);
  return found.separator === ',' || namesBy(found).length < 2 ? usualDialect : found;
}

/** The names in the first line; undefined where it is too long, or no table begins so. */
export async function csvNames(file: Blob): Promise<readonly string[] | undefined> {
  const sample = await sampleOf(await withoutSeparatorLine(file));
  const [names = [], ...rows] = readCsv(sample, dialectIn(sample, undefined));
  const { width } = usualWidth(rows.map((row) => row.length));
  return names.length > 1 && names.length === width ? names : undefined;
}

/** Without the line `sep=;` that Excel may write above the names; the same file where there is none. */
export async function withoutSeparatorLine(file: Blob): Promise<Blob> {
  const [line] =
    /^(?:\xef\xbb\xbf)?sep=.\r?\n/.exec(Buffer.from(await file.slice(0, 16).bytes()).toString('latin1')) ?? [];
  return line === undefined ? file : file.slice(line.length);
}

/** The last line of what was read may be half a line. */
async function sampleOf(file: Blob): Promise<string> {
  const text = utf8Text(await file.slice(0, sampleBytes).bytes());
  const lines = text.split(/(?<=\n)/);
  if (lines.length > sampleLines) return lines.slice(0, sampleLines).join('');
  return lines.length > 1 ? lines.slice(0, -1).join('') : text;
}

/** The separator that gives most lines the same number of values, and the quotes around values. */
function bestDialect(sample: string): Dialect {
  let best = { share: 0, width: 0, dialect: usualDialect };
  for (const separator of [',', ';', '\t', '|']) {
    const isSingle = cellsQuoted(sample, separator, "'") > cellsQuoted(sample, separator, '"');
    const dialect = { separator, quote: isSingle ? "'" : '"' };
    const rows = readCsv(sample, dialect);
    const { width, share } = usualWidth(rows.map((row) => row.length));
    if (width > 1 && (share > best.share || (share === best.share && width > best.width))) {
      best = { share, width, dialect };
    }
  }
  return best.dialect;
}

/** Cells that begin with a quote, where as many end: 's-Hertogenbosch begins with an apostrophe. */
function cellsQuoted(sample: string, separator: string, quote: string): number {
  const count = (...around: readonly string[]): number =>
    around.reduce((sum, text) => sum + sample.split(text).length - 1, 0);
  const begun = count(separator + quote, `\n${quote}`);
  return count(quote + separator, `${quote}\n`, `${quote}\r`) >= begun / 2 ? begun : 0;
}

function usualWidth(widths: readonly number[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  const [[width, often] = [0, 0]] = [...counts].sort(([, one], [, other]) => other - one);
  return { width, share: often / Math.max(1, widths.length) };
}

/** The same table with commas, and with points in the numbers of columns that the model takes as such. */
export function asUsual(text: string, dialect: Dialect, inputs: InputSchema | undefined): string {
  const [names = [], ...rows] = readCsv(text, dialect);
  const numeric = numericNames(inputs);
  const isNumber = names.map((name) => dialect.separator === ';' && numeric.has(name));
  const cell = (value: string, place: number): string =>
    isNumber[place] === true && decimalComma.test(value) ? value.replace(',', '.') : value;
  return [names, ...rows.map((row) => row.map(cell))].map(csvLine).join('');
}

const decimalComma = /^\s*[-+]?(?:\d+,\d*|,\d+)(?:e[-+]?\d+)?\s*$/i;

function numericNames(inputs: InputSchema | undefined): ReadonlySet<string | undefined> {
  const fields = inputs?.kind === 'columns' ? inputs.fields : [];
  return new Set(fields.filter(({ type }) => numericTypes.includes(type)).map(({ name }) => name));
}

const numericTypes = ['integer', 'long', 'float', 'double'];

/** Without its byte order mark; Windows' letters where it is no UTF-8. */
export function utf8Text(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}
