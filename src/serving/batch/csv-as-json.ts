/** CSV for models whose input MLflow does not take as CSV: as the table that it would be in JSON. */
import type { InputSchema } from '../../models/schema.ts';
import type { ScoringRequest } from '../scorer.ts';
import { jsonText, textCell, type Cell } from './cells.ts';
import { readCsv } from './csv.ts';

/** Points in time, and arrays. */
export function refusesCsv(inputs: InputSchema | undefined): boolean {
  return inputs?.kind === 'tensors' || inputs?.fields.some(({ type }) => type === 'datetime') === true;
}

export function csvAsJson(text: string, inputs: InputSchema | undefined): ScoringRequest {
  const [columns = [], ...rows] = readCsv(text);
  const types = new Map(inputs?.kind === 'columns' ? inputs.fields.map(({ name, type }) => [name, type]) : []);
  const readers = columns.map((name) => readerOf(types.get(name)));
  const data = rows.map((row) => row.map((cell, place) => (cell === '' ? null : (readers[place] ?? textCell)(cell))));
  return { body: Buffer.from(jsonText({ dataframe_split: { columns, data } })), format: 'json' };
}

function readerOf(type: string | undefined): (text: string) => Cell {
  if (type === 'boolean') return (text) => /^(true|1)$/i.test(text) || (/^(false|0)$/i.test(text) ? false : text);
  return type === undefined || !['string', 'datetime', 'binary'].includes(type) ? textCell : (text) => text;
}
