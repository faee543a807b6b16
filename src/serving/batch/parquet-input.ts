/** Parquet, read row group by row group. */
import type { AsyncBuffer, ColumnData, DecodedArray, FileMetaData } from 'hyparquet';
import { compressors, pandasIndex } from '../../models/parquet.ts';
import { BatchError, usualRows, type BatchInput, type Chunk, type Column, type Place } from './batch-input.ts';
import { jsonText, numberCell, Stamp, type Cell } from './cells.ts';

const parsers = {
  timestampFromMilliseconds: (millis: bigint) => new Stamp(millis * 1_000_000n),
  timestampFromMicroseconds: (micros: bigint) => new Stamp(micros * 1000n),
  timestampFromNanoseconds: (nanos: bigint) => new Stamp(nanos),
  dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
};

/** A column of a row group. */
interface Group {
  readonly name: string;
  readonly pages: DecodedArray[];
}

export async function parquetInput(file: Blob): Promise<BatchInput> {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: (from, to) => file.slice(from, to ?? file.size).arrayBuffer(),
  };
  const { parquetMetadataAsync } = await import('hyparquet');
  const metadata = await parquetMetadataAsync(buffer).catch((error: unknown) => {
    throw new BatchError(`It cannot be read as Parquet: ${(error as Error).message}`);
  });
  const rows = Number(metadata.num_rows);
  return {
    end: rows,
    rows,
    async *chunks(from, most = usualRows) {
      let begin = 0;
      for (const group of metadata.row_groups) {
        const end = begin + Number(group.num_rows);
        const groups = end <= from.at ? [] : await readGroup(buffer, metadata, begin, end);
        for (let at = Math.max(from.at, begin); at < end; at += most) {
          const to = Math.min(at + most, end);
          yield chunk(groups, at - begin, to - begin, { at: to, rows: to });
        }
        begin = end;
      }
    },
  };
}

async function readGroup(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<readonly Group[]> {
  const { parquetRead, parquetSchema } = await import('hyparquet');
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const groups = names.filter((name) => !pandasIndex.test(name)).map((name): Group => ({ name, pages: [] }));
  const onChunk = ({ columnName, columnData }: ColumnData): void => {
    groups.find(({ name }) => name === columnName)?.pages.push(columnData);
  };
  const wanted = { file, metadata, rowStart, rowEnd, columns: groups.map(({ name }) => name) };
  await parquetRead({ ...wanted, compressors, parsers, utf8: false, onChunk }).catch((error: unknown) => {
    throw new BatchError(`Rows ${rowStart + 1} to ${rowEnd} cannot be read as Parquet: ${(error as Error).message}`);
  });
  return groups;
}

function chunk(groups: readonly Group[], from: number, to: number, next: Place): Chunk {
  const columns = groups.map(({ name, pages }): Column => ({ name, values: cellsOf(pages, from, to) }));
  const rows = to - from;
  const data = Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row] ?? null));
  const split = { columns: columns.map(({ name }) => name), data };
  const body = Buffer.from(jsonText({ dataframe_split: split }));
  return { request: { body, format: 'json' }, rows, next, table: () => ({ rows, columns }) };
}

function cellsOf(pages: readonly DecodedArray[], from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let begin = 0;
  for (const page of pages) {
    const last = Math.min(to - begin, page.length);
    for (let at = Math.max(from - begin, 0); at < last; at++) cells.push(cellOf(page[at]));
    begin += page.length;
  }
  return cells;
}

/** Bytes are sent as base64. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return numberCell(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(cellOf);
  if (typeof value !== 'object' || value instanceof Stamp) return value as Cell;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cellOf(inner)]));
}
