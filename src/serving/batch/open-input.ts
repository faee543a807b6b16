/** Tables by the kind of their file. */
import type { InputSchema } from '../../models/schema.ts';
import { BatchError, type BatchInput } from './batch-input.ts';
import { withoutSeparatorLine } from './csv-dialect.ts';
import { csvInput } from './csv-input.ts';
import { jsonInput } from './json-input.ts';
import { jsonLinesInput } from './json-lines-input.ts';
import { parquetInput } from './parquet-input.ts';

export const inputFormats = ['json', 'csv', 'jsonl', 'parquet'] as const;
export type InputFormat = (typeof inputFormats)[number];

const endings: Readonly<Record<string, InputFormat>> = {
  '.json': 'json',
  '.csv': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
};

export function formatByName(path: string): InputFormat | undefined {
  return endings[/\.[^./]+$/.exec(path.toLowerCase())?.[0] ?? ''];
}

/** @param inputs what the model takes @throws BatchError when it cannot be read */
export async function openInput(file: Blob, format: InputFormat, inputs?: InputSchema): Promise<BatchInput> {
  if (file.size === 0) throw new BatchError('The input is empty.');
  if (format === 'csv')
    return csvInput(await withoutSeparatorLine(await withNewlines(await withoutUtf16(file))), inputs);
  if (format === 'jsonl') return jsonLinesInput(file);
  return format === 'parquet' ? parquetInput(file) : jsonInput(file);
}

/** What spreadsheets export as "Unicode text" fits into memory. */
async function withoutUtf16(file: Blob): Promise<Blob> {
  const [first, second] = await file.slice(0, 2).bytes();
  if (first === 0xff && second === 0xfe) return new Blob([new TextDecoder('utf-16le').decode(await file.bytes())]);
  if (first === 0xfe && second === 0xff) return new Blob([new TextDecoder('utf-16be').decode(await file.bytes())]);
  return file;
}

/** Old programs end lines with a carriage return alone. */
async function withNewlines(file: Blob): Promise<Blob> {
  const start = await file.slice(0, 64 * 1024).bytes();
  if (start.includes(10) || !start.includes(13)) return file;
  const bytes = await file.bytes();
  return new Blob([bytes.map((byte) => (byte === 13 ? 10 : byte))]);
}
