/** CSV with a line of column names: sent to the model as it stands, piece by piece. */
import { BatchError, type BatchInput, type Place, type Table } from './batch-input.ts';
import type { InputSchema } from '../../models/schema.ts';
import { textCell, type Cell } from './cells.ts';
import { csvAsJson, refusesCsv } from './csv-as-json.ts';
import { readCsv } from './csv.ts';
import { cutRecords } from './record-cutter.ts';

const decoder = new TextDecoder();

/** @param inputs what the model takes, where it says so */
export function csvInput(file: Blob, inputs?: InputSchema): BatchInput {
  const asJson = refusesCsv(inputs);
  return {
    end: file.size,
    rows: undefined,
    async *chunks(from, most) {
      const header = await headerOf(file);
      const begin: Place = from.at === 0 ? { at: header.end, rows: 0 } : from;
      let { rows } = begin;
      for await (const { bytes, records, end } of cutRecords(file, begin.at, most, true)) {
        rows += records;
        const body = Buffer.concat([header.bytes, bytes]);
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

async function headerOf(file: Blob): Promise<{ bytes: Uint8Array; end: number }> {
  for await (const { bytes, end } of cutRecords(file, 0, 1, true)) {
    return { bytes: bytes.at(-1) === 10 ? bytes : Buffer.concat([bytes, Buffer.from('\n')]), end };
  }
  throw new BatchError('The CSV file is empty; its first line must name the columns.');
}

function tableOf(body: Uint8Array): Table {
  const [names = [], ...rows] = readCsv(decoder.decode(body));
  const cellsAt = (place: number): Cell[] => rows.map((row) => textCell(row[place] ?? ''));
  return { rows: rows.length, columns: names.map((name, place) => ({ name, values: cellsAt(place) })) };
}
