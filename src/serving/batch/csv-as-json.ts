/** CSV for models whose input MLflow does not take as CSV: as the table that it would be in JSON. */
import { missingWords } from '../../models/request/csv-table.ts';
import type { InputSchema } from '../../models/schema.ts';
import type { ScoringRequest } from '../scorer.ts';
import { jsonText, textCell, type Cell } from './cells.ts';
import { readCsv, type Dialect } from './csv.ts';

/**
 * Points in time, true and false, of which none may be missing there, and arrays; in files that are not written with commas
 * values of any type, in which 1.234 may be a thousand: the model knows.
 */
export function refusesCsv(inputs: InputSchema | undefined, { separator }: Dialect): boolean {
  const refused = separator === ',' ? ['datetime', 'boolean'] : ['datetime', 'boolean', 'any'];
  return inputs?.kind === 'tensors' || inputs?.fields.some(({ type }) => refused.includes(type)) === true;
}

/** @param text with commas */
export function csvAsJson(text: string, inputs: InputSchema | undefined): ScoringRequest {
  const [columns = [], ...rows] = readCsv(text);
  const types = new Map(inputs?.kind === 'columns' ? inputs.fields.map(({ name, type }) => [name, type]) : []);
  const readers = columns.map((name) => readerOf(types.get(name)));
  const data = rows.map((row) =>
    row.map((cell, place) => (missingWords.has(cell) ? null : (readers[place] ?? textCell)(cell))),
  );
  return { body: Buffer.from(jsonText({ dataframe_split: { columns, data } })), format: 'json' };
}

function readerOf(type: string | undefined): (text: string) => Cell {
  if (type === 'any') return anyCell;
  if (type === 'boolean') return (text) => /^(true|1)$/i.test(text) || (/^(false|0)$/i.test(text) ? false : text);
  return type === undefined || !['string', 'datetime', 'binary'].includes(type) ? textCell : (text) => text;
}

/** As it is written, but for whole numbers that every double holds. */
function anyCell(text: string): Cell {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
