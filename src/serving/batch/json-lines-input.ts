/** A JSON record on each line. */
import { BatchError, type BatchInput, type Chunk, type Place, type Table } from './batch-input.ts';
import { exactJson, type Cell } from './cells.ts';
import { cutRecords } from './record-cutter.ts';

const decoder = new TextDecoder();

export function jsonLinesInput(file: Blob): BatchInput {
  return {
    end: file.size,
    rows: undefined,
    async *chunks(from, most) {
      let { rows } = from;
      for await (const { bytes, records, end } of cutRecords(file, from.at, most, false)) {
        const before = rows;
        rows += records;
        const lines = decoder
          .decode(bytes)
          .split('\n')
          .filter((line) => line.trim() !== '');
        yield chunk(lines, before, { at: end, rows });
      }
    },
  };
}

function chunk(lines: readonly string[], before: number, next: Place): Chunk {
  // Told by the line: what answers would tell of a place in a body that nobody has seen.
  for (const [place, line] of lines.entries()) {
    if (!isRecord(line)) throw new BatchError(`Row ${before + place + 1} is no JSON record: ${line.slice(0, 80)}`);
  }
  const body = Buffer.from(`{"dataframe_records": [${lines.join(',')}]}`);
  return { request: { body, format: 'json' }, rows: lines.length, next, table: () => tableOf(lines) };
}

function isRecord(line: string): boolean {
  if (!/^\s*\{/.test(line)) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return isOfPython(line);
  }
}

/** Python writes words for what JSON has no number for. */
function isOfPython(line: string): boolean {
  try {
    exactJson(line);
    return true;
  } catch {
    return false;
  }
}

function tableOf(lines: readonly string[]): Table {
  const records = lines.map((line) => exactJson(line) as Readonly<Record<string, Cell>>);
  const names = new Set(records.flatMap((record) => Object.keys(record)));
  const columns = [...names].map((name) => ({ name, values: records.map((record) => record[name] ?? null) }));
  return { rows: records.length, columns };
}
