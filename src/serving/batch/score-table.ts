/** Scores a table piece by piece and writes what the model answers, in the order of the rows. */
import { renameSync } from 'node:fs';
import type { Scorer, ScoringAnswer, ScoringRequest } from '../scorer.ts';
import { answerColumns } from './answer-table.ts';
import { BatchError, type BatchInput, type Chunk, type Column, type Table } from './batch-input.ts';
import { kindsWith } from './column-kinds.ts';
import { writeParquet } from './parquet-output.ts';
import { PartialFile } from './partial-file.ts';
import { csvLine, csvLines, jsonLines } from './row-text.ts';

export interface TableJob {
  readonly input: BatchInput;
  readonly output: string;
  readonly format: TableFormat;
  /** Rows of a request. */
  readonly chunkRows: number | undefined;
  /** Requests in hand at a time. */
  readonly inFlight: number;
  /** The input's columns come first in the output. */
  readonly keepInput: boolean;
  /** Names the model, the input and all that the output depends on. */
  readonly identity: string;
  /** Throws away what an earlier run has left. */
  readonly restart: boolean;
  /** Rows that are done, and how many there may be. */
  readonly onProgress: (done: number, all: number | undefined) => void;
}

export type TableFormat = 'csv' | 'jsonl' | 'parquet';

export interface Scored {
  readonly rows: number;
  /** Of these, the ones that an earlier run had scored. */
  readonly before: number;
}

/**
 * @param open called when it is sure that the output can be written: the model may take long to be ready
 * @throws BatchError; what is done by then is kept, and the same job goes on from there
 */
export async function scoreTable(open: () => Promise<Scorer>, job: TableJob): Promise<Scored> {
  const partial = new PartialFile(job.output, job.identity, job.restart);
  try {
    const before = partial.place.rows;
    const scorer = await open();
    const waiting: { chunk: Chunk; answer: Promise<ScoringAnswer> }[] = [];
    const writeFirst = async (): Promise<void> => {
      const first = waiting.shift();
      if (!first) return;
      write(partial, job, first.chunk, tableOf(await first.answer, first.chunk, job.keepInput));
      job.onProgress(partial.place.rows, expectedRows(job.input, partial));
    };
    for await (const chunk of job.input.chunks(partial.place, job.chunkRows)) {
      waiting.push({ chunk, answer: scored(scorer, chunk.request) });
      if (waiting.length >= job.inFlight) await writeFirst();
    }
    while (waiting.length > 0) await writeFirst();
    await finish(partial, job);
    return { rows: partial.place.rows, before };
  } finally {
    partial.close();
  }
}

/** One that finds the queue full is sent again. */
async function scored(scorer: Scorer, request: ScoringRequest): Promise<ScoringAnswer> {
  for (;;) {
    const answer = await scorer.score(request);
    if (answer.retryAfter === undefined) return answer;
    await Bun.sleep(answer.retryAfter * 1000);
  }
}

export function textOf({ body }: ScoringAnswer): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

/** What an answer that is no prediction says. */
export function reasonOf(answer: ScoringAnswer): string {
  const text = textOf(answer);
  try {
    const { message, stack_trace } = JSON.parse(text) as { message?: string; stack_trace?: string };
    const missing = /Model is missing inputs \[(.+?)\]\./.exec(message ?? '')?.[1];
    // MLflow shows the table and the whole signature around that.
    if (missing !== undefined)
      return `The model takes columns that the input lacks: ${firstOf(missing.split(/(?<='), /))}.`;
    return [message ?? text, stack_trace ?? ''].join('\n').trim();
  } catch {
    return text;
  }
}

const mostNamed = 5;

function firstOf(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return names.slice(0, mostNamed).join(', ') + more;
}

function tableOf(answer: ScoringAnswer, { rows, next, table }: Chunk, keepInput: boolean): Table {
  if (answer.status !== 200) {
    throw new BatchError(`Rows ${next.rows - rows + 1} to ${next.rows} cannot be scored. ${reasonOf(answer)}`);
  }
  const predicted = answerColumns(textOf(answer), rows);
  if (!keepInput) return { rows, columns: predicted };
  const given = table();
  if (given.rows !== rows) throw new BatchError(`Rows up to ${next.rows} cannot be told apart in the input.`);
  const names = new Set(given.columns.map(({ name }) => name));
  return { rows, columns: [...given.columns, ...predicted.map((column) => apart(column, names))] };
}

/** A prediction does not hide an input. */
function apart(column: Column, taken: ReadonlySet<string>): Column {
  let { name } = column;
  while (taken.has(name)) name = `predicted_${name}`;
  return { ...column, name };
}

function write(partial: PartialFile, { format }: TableJob, { next }: Chunk, table: Table): void {
  const kinds = kindsWith(partial.kinds, table.columns);
  if (format !== 'csv') {
    partial.append(jsonLines(table), next, kinds);
    return;
  }
  const names = kinds.map(([name]) => name);
  const first = partial.kinds.length === 0;
  if (!first && names.length > partial.kinds.length) {
    const more = names.slice(partial.kinds.length).join(', ');
    throw new BatchError(`The rows up to ${next.rows} have columns that come too late for CSV: ${more}. Take .jsonl.`);
  }
  partial.append((first ? csvLine(names) : '') + csvLines(table, names), next, kinds);
}

async function finish(partial: PartialFile, { output, format }: TableJob): Promise<void> {
  if (format !== 'parquet') {
    partial.finish(output);
    return;
  }
  partial.save();
  await writeParquet(partial.path, partial.kinds, `${output}.partial.parquet`);
  renameSync(`${output}.partial.parquet`, output);
  partial.discard();
}

function expectedRows({ end, rows }: BatchInput, { place }: PartialFile): number | undefined {
  return rows ?? (place.at === 0 ? undefined : Math.round((place.rows * end) / place.at));
}
