/** Runs `python/modelyard_automl/prepare`, which reads data. */
import { linesOf } from '../../common/lines.ts';
import { ownEnvironment } from '../../config/own-environment.ts';
import { pythonFolder } from '../python-folder.ts';
import { DataError } from './data-error.ts';

export interface DataOptions {
  /** The interpreter, with the packages of AutoML. */
  readonly python: string;
  /** Added to the environment: MLFLOW_TRACKING_URI and so on. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** What is done now, as a sentence without its end. */
  readonly onProgress?: ((step: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

type Line = { readonly progress: string } | { readonly result: unknown } | { readonly error: string };

/** Bytes of what went wrong that are kept. */
const longestTail = 4000;

/**
 * @throws DataError with what Python says of the data, or of its own end; the signal's reason when that ended it
 */
export async function pythonStep(request: object, options: DataOptions): Promise<unknown> {
  const { python, environment, onProgress, signal } = options;
  signal?.throwIfAborted();
  const process = Bun.spawn([python, '-m', 'modelyard_automl.prepare'], {
    env: {
      ...ownEnvironment(),
      ...environment,
      PYTHONPATH: pythonFolder(),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    ...(signal ? { signal, killSignal: 'SIGKILL' } : {}),
  });
  // Left open: its end tells Python that nobody waits any more.
  void process.stdin.write(`${JSON.stringify(request)}\n`);
  void process.stdin.flush();
  const said = new Response(process.stderr).text();
  let end: Line | undefined;
  for await (const line of linesOf(process.stdout)) {
    const read = JSON.parse(line) as Line;
    if ('progress' in read) onProgress?.(read.progress);
    else end = read;
  }
  await process.exited;
  signal?.throwIfAborted();
  if (end && 'result' in end) return end.result;
  if (end && 'error' in end) throw new DataError(end.error);
  const tail = (await said).slice(-longestTail).trim();
  const how = process.signalCode ? `by ${process.signalCode}` : `with exit code ${process.exitCode}`;
  const memory = process.signalCode === 'SIGKILL' ? ' It may have needed more memory than there is.' : '';
  throw new DataError(`The program that reads the data ended ${how}.${memory}\n${tail}`.trim());
}
