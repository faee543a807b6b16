/** A file in, a file out: all of it in one request, or a table piece by piece. */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModelFolderError, type ModelFolder } from '../../models/model-folder.ts';
import { BatchError, start } from '../../serving/batch/batch-input.ts';
import { plainCsv } from '../../serving/batch/csv-input.ts';
import { openInput, type InputFormat } from '../../serving/batch/open-input.ts';
import { withOverrides } from '../../serving/batch/overridden-environment.ts';
import {
  reasonOf,
  scoreTable,
  textOf,
  type Scored,
  type TableFormat,
  type TableJob,
} from '../../serving/batch/score-table.ts';
import { openScorer } from '../../serving/open-scorer.ts';
import type { Scorer, ScoringRequest } from '../../serving/scorer.ts';
import { ScorerError, type ScorerOptions } from '../../serving/scorer-options.ts';
import { CommandError } from '../command.ts';
import { startProgress } from '../output/progress.ts';

export interface Prediction {
  readonly model: ModelFolder;
  /** Packages instead of the model's own versions. */
  readonly overrides: string | undefined;
  readonly options: ScorerOptions;
  /** Undefined: the standard input. */
  readonly path: string | undefined;
  readonly format: InputFormat;
  /** Undefined: the standard output. */
  readonly output: string | undefined;
  /** Of the output; undefined when it is the JSON of an answer. */
  readonly table: TableFormat | undefined;
  readonly chunkRows: number | undefined;
  readonly keepInput: boolean;
  readonly restart: boolean;
}

type Open = () => Promise<Scorer>;

/** Resolves with what was written of a table. @throws CommandError */
export async function predictFile(prediction: Prediction): Promise<Scored | undefined> {
  return mendable(() =>
    withScorer(prediction, async (open) => {
      const { path, output, table } = prediction;
      const file = path === undefined ? new Blob([await Bun.stdin.bytes()]) : Bun.file(path);
      if (table !== undefined && output !== undefined)
        return predictTable(open, file, { ...prediction, output, table });
      const predictions = await predicted(open, file, prediction);
      if (output === undefined) process.stdout.write(`${predictions}\n`);
      else save(output, predictions);
      return undefined;
    }),
  );
}

/** The model is made ready when it is asked for, and given back in the end. */
async function withScorer<T>({ model, overrides, options }: Prediction, work: (open: Open) => Promise<T>): Promise<T> {
  const other = overrides === undefined ? undefined : withOverrides(model, overrides);
  let scorer: Scorer | undefined;
  try {
    return await work(async () => {
      scorer = await openScorer(other?.model ?? model, options);
      await scorer.ready;
      return scorer;
    });
  } finally {
    await scorer?.close();
    if (other) rmSync(other.folder, { recursive: true });
  }
}

async function predictTable(
  open: Open,
  file: Blob,
  job: Prediction & Pick<TableJob, 'output'> & { readonly table: TableFormat },
): Promise<Scored> {
  const { model, path, format, output, table, chunkRows, keepInput, restart, options } = job;
  const input = await openInput(file, format, model.inputs);
  return withProgress((onProgress) =>
    scoreTable(open, {
      input,
      output,
      format: table,
      chunkRows,
      inFlight: options.workers * 2,
      keepInput,
      identity: identityOf(model, path, [format, table, String(keepInput), job.overrides ?? '']),
      restart,
      onProgress,
    }),
  );
}

/** With a bar, and a word for who stops it. */
async function withProgress<T>(work: (onProgress: TableJob['onProgress']) => Promise<T>): Promise<T> {
  const progress = startProgress('Scoring', (rows) => `${rows.toLocaleString('en')} rows`);
  const interrupted = (): void => {
    progress.end();
    process.stderr.write('modelyard: stopped. The same command goes on from here.\n');
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  try {
    return await work((done, all) => progress.at(done, all, ''));
  } finally {
    progress.end();
    process.off('SIGINT', interrupted);
  }
}

/** All of the input in one request. */
async function predicted(open: Open, file: Blob, { format, model }: Prediction): Promise<string> {
  const request = await wholeRequest(file, format, model);
  const answer = await (await open()).score(request);
  if (answer.status === 200) return textOf(answer);
  throw new BatchError(`The input cannot be scored. ${reasonOf(answer)}`);
}

async function wholeRequest(file: Blob, format: InputFormat, { inputs }: ModelFolder): Promise<ScoringRequest> {
  if (format === 'json') return { body: await file.bytes(), format };
  const plain = format === 'csv' ? await plainCsv(file, inputs) : undefined;
  if (plain) return { body: plain, format: 'csv' };
  const requests: ScoringRequest[] = [];
  const input = await openInput(file, format, inputs);
  for await (const { request } of input.chunks(start, Number.MAX_SAFE_INTEGER)) requests.push(request);
  const [request, second] = requests;
  if (!request) throw new BatchError('The input has no rows.');
  if (!second) return request;
  throw new BatchError(
    'The input has several row groups, too many for one request. Take -o with .csv, .jsonl or .parquet.',
  );
}

function save(output: string, text: string): void {
  writeFileSync(`${output}.partial`, text, { flush: true });
  renameSync(`${output}.partial`, output);
}

/** Differs when the output would. What came by a pipe does not come again. */
function identityOf(model: ModelFolder, input: string | undefined, options: readonly string[]): string {
  if (input === undefined) return crypto.randomUUID();
  const hash = createHash('sha256').update(readFileSync(join(model.path, 'MLmodel')));
  const { size, mtimeMs } = statSync(input);
  return hash.update(JSON.stringify([resolve(input), size, mtimeMs, ...options])).digest('hex');
}

async function mendable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = [BatchError, ScorerError, ModelFolderError].some((kind) => error instanceof kind);
    // What the system refuses: a full disk, a folder that is not there.
    const refused = (error as NodeJS.ErrnoException).syscall !== undefined;
    throw known || refused ? new CommandError((error as Error).message) : error;
  }
}
