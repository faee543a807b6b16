/** Runs a notebook's file again, by a clean kernel (`python/modelyard_automl/reproduce.py`). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { delayUntil } from '../../common/timer.ts';
import { PythonProcess } from './python-process.ts';
import type { NotebookEnd } from './worker.ts';

export interface ReproduceOptions {
  /** The interpreter, of `automlPython`. */
  readonly python: string;
  /** The notebook's file; outputs in it are not looked at. */
  readonly text: string;
  /** Names of variables whose values are wanted. */
  readonly results: readonly string[];
  /** Cells with these tags are passed over. */
  readonly skip: readonly string[];
  /** The kernel's working folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** As many as in the search, for the same numbers to the last digit. */
  readonly threads: number;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

/** Without a finish the text is that of the file as it came when it was killed, else with the outputs so far. */
export type Reproduction = Pick<
  NotebookEnd,
  'status' | 'message' | 'traceback' | 'failedCell' | 'results' | 'text' | 'seconds'
>;

interface Done {
  readonly text: string;
  readonly results: Readonly<Record<string, unknown>>;
  readonly failed: { readonly index: number; readonly message: string; readonly traceback: string } | null;
}

/** @throws PythonProcessError when Python cannot do it */
export async function reproduceNotebook(options: ReproduceOptions): Promise<Reproduction> {
  const { python, text, results, skip, folder, threads, deadline, signal } = options;
  const begin = Date.now();
  const count = String(threads);
  const limits = { OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, LOKY_MAX_CPU_COUNT: count };
  // A path of a local socket may have about 100 bytes.
  const scratch = mkdtempSync(join(tmpdir().length > 50 ? '/tmp' : tmpdir(), 'modelyard-'));
  const { promise: done, resolve } = Promise.withResolvers<Done>();
  const kernel = new PythonProcess({
    python,
    module: 'reproduce',
    environment: { ...limits, ...options.environment, TMPDIR: scratch },
    onMessage: (message) => resolve(message as unknown as Done),
  });
  let asked: Pick<Reproduction, 'status' | 'message'> | undefined;
  const stop = (why: NonNullable<typeof asked>): void => {
    asked ??= why;
    kernel.kill();
  };
  const abort = (): void => stop({ status: 'killed', message: 'It was ended.' });
  const timeUp = (): void => stop({ status: 'timeout', message: 'Its time was up.' });
  const timer = setTimeout(timeUp, delayUntil(deadline));
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  kernel.send({ text, results, skip, folder });
  try {
    const end = await Promise.race([done, kernel.ended]);
    const seconds = (Date.now() - begin) / 1000;
    if (asked) return { ...asked, traceback: '', results: {}, text, seconds };
    if (end instanceof Error) throw end;
    const { failed } = end;
    const rest = { results: end.results, text: end.text };
    if (failed === null) return { status: 'finished', message: '', traceback: '', ...rest, seconds };
    const { index: failedCell, message, traceback } = failed;
    return { status: 'error', message, traceback, failedCell, ...rest, seconds };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    kernel.close();
    await kernel.ended;
    rmSync(scratch, { recursive: true, force: true });
  }
}
