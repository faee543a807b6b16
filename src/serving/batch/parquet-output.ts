/** Parquet, made of a file of JSON lines when the kinds of all its columns are known. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { SchemaElement } from 'hyparquet';
import type { ColumnSource } from 'hyparquet-writer/src/types.js';
import { exactJson, numberText, type Cell } from './cells.ts';
import type { Kind, Kinds } from './column-kinds.ts';
import { cutRecords } from './record-cutter.ts';
import { cellText } from './row-text.ts';

/** Rows of a row group, and of what is read at a time. */
const [groupSize, pieceSize] = [100_000, 10_000];
const longInteger = /[:,[]-?\d{16}/;
const decoder = new TextDecoder();

export async function writeParquet(lines: string, kinds: Kinds, output: string): Promise<void> {
  // Only who writes Parquet waits for it to be loaded.
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const schema: SchemaElement[] = [
    { name: 'root', num_children: kinds.length },
    ...kinds.flatMap(([name, kind]) => elementsOf(name, kind)),
  ];
  const writer = new ParquetWriter({ writer: fileWriter(output), schema, createdBy: 'modelyard' });
  // Only what becomes text has to keep how its numbers were written, and long integers their last digits.
  const isText = kinds.some(([, kind]) => kind === 'mixed' || kind === 'json');
  const parse = (text: string): unknown => (isText || longInteger.test(text) ? exactJson(text) : JSON.parse(text));
  let data = kinds.map((): unknown[] => []);
  const flush = async (): Promise<void> => {
    const columnData = kinds.map(([name], place): ColumnSource => ({ name, data: data[place] ?? [] }));
    await writer.write({ columnData, rowGroupSize: groupSize });
    data = kinds.map(() => []);
  };
  for await (const { bytes } of cutRecords(Bun.file(lines), 0, pieceSize, false)) {
    const text = decoder.decode(bytes).trimEnd().replaceAll('\n', ',');
    for (const row of parse(`[${text}]`) as readonly Record<string, Cell>[]) {
      for (const [place, [name, kind]] of kinds.entries()) {
        data[place]?.push(stored(row[name] ?? null, kind));
      }
    }
    if ((data[0]?.length ?? 0) >= groupSize) await flush();
  }
  await flush();
  await writer.finish();
  const file = openSync(output, 'r');
  fsyncSync(file);
  closeSync(file);
}

type Element = Omit<SchemaElement, 'name'>;

const text: Element = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
const types: Readonly<Record<Exclude<Kind, 'numbers'>, Element>> = {
  nothing: text,
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  string: text,
  timestamp: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' } },
  mixed: text,
  json: text,
};

function elementsOf(name: string, kind: Kind): SchemaElement[] {
  if (kind !== 'numbers') return [{ name, repetition_type: 'OPTIONAL', ...types[kind] }];
  return [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'OPTIONAL', type: 'DOUBLE' },
  ];
}

function stored(cell: Cell, kind: Kind): unknown {
  if (cell === null) return null;
  if (kind === 'boolean') return cell;
  if (kind === 'integer') return BigInt(numberText(cell) ?? 0);
  if (kind === 'number') return Number(numberText(cell));
  if (kind === 'numbers') return (cell as readonly Cell[]).map((inner) => stored(inner, 'number'));
  if (kind === 'timestamp') return nanosecondsOf(cell as string);
  return cellText(cell);
}

/** Of the text of a stamp. */
function nanosecondsOf(text: string): bigint {
  const [seconds = '', digits = ''] = text.split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(digits.padEnd(9, '0'));
}
