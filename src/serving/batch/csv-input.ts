/** CSV with a line of column names, piece by piece: sent to the model as it stands where MLflow reads it so. */
import { isUtf8 } from 'node:buffer';
import { BatchError, type BatchInput, type Place, type Table } from './batch-input.ts';
import type { InputSchema } from '../../models/schema.ts';
import { textCell, type Cell } from './cells.ts';
import { csvAsJson, refusesCsv } from './csv-as-json.ts';
import { asUsual, dialectOf, utf8Text, withoutSeparatorLine } from './csv-dialect.ts';
import { readCsv, usualDialect, type Dialect } from './csv.ts';
import { cutRecords } from './record-cutter.ts';

const decoder = new TextDecoder();

/** @param inputs what the model takes, where it says so */
export function csvInput(file: Blob, inputs?: InputSchema): BatchInput {
  return {
    end: file.size,
    rows: undefined,
    async *chunks(from, most) {
      const dialect = await dialectOf(file, inputs);
      const asJson = refusesCsv(inputs, dialect);
      // Between single quotes no line ends: in texts they are apostrophes.
      const quoted = dialect.quote === '"';
      const header = await headerOf(file, quoted);
      const begin: Place = from.at === 0 ? { at: header.end, rows: 0 } : from;
      let { rows } = begin;
      for await (const { bytes, records, end } of cutRecords(file, begin.at, most, quoted)) {
        rows += records;
        const body = asMlflowReads(Buffer.concat([header.bytes, bytes]), dialect, inputs);
        yield {
          request: asJson ? csvAsJson(decoder.decode(body), inputs) : { body, format: 'csv' },
          rows: records,
          next: { at: end, rows },
          table: () => tableOf(body),
        };
      }
    },
  };
}

/** The whole file, where MLflow reads it as it stands. */
export async function plainCsv(file: Blob, inputs?: InputSchema): Promise<Uint8Array | undefined> {
  if ((await withoutSeparatorLine(file)) !== file) return undefined;
  const dialect = await dialectOf(file, inputs);
  if (dialect !== usualDialect || refusesCsv(inputs, dialect)) return undefined;
  const bytes = await file.bytes();
  return isPlain(bytes) ? bytes : undefined;
}

function isPlain(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !mark.every((byte, place) => bytes[place] === byte);
}

/** The byte order mark of UTF-8. */
const mark = [0xef, 0xbb, 0xbf];

function asMlflowReads(bytes: Uint8Array, dialect: Dialect, inputs: InputSchema | undefined): Uint8Array {
  if (dialect !== usualDialect) return Buffer.from(asUsual(utf8Text(bytes), dialect, inputs));
  return isPlain(bytes) ? bytes : Buffer.from(utf8Text(bytes));
}

async function headerOf(file: Blob, quoted: boolean): Promise<{ bytes: Uint8Array; end: number }> {
  for await (const { bytes, end } of cutRecords(file, 0, 1, quoted)) {
    return { bytes: bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\n')]), end };
  }
  throw new BatchError('The CSV file is empty; its first line must name the columns.');
}

function tableOf(body: Uint8Array): Table {
  const [names = [], ...rows] = readCsv(decoder.decode(body));
  const cellsAt = (place: number): Cell[] => rows.map((row) => textCell(row[place] ?? ''));
  return { rows: rows.length, columns: names.map((name, place) => ({ name, values: cellsAt(place) })) };
}
