/** Runs notebooks in forks of a warm Python process (`python/modelyard_automl/zygote.py`). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signalGroup } from '../../common/process-group.ts';
import { delayUntil } from '../../common/timer.ts';
import { PythonProcess, type PythonMessage } from './python-process.ts';
import { RunningNotebook } from './running-notebook.ts';
import type { NotebookEnd, NotebookRun, NotebookRunner } from './worker.ts';

export interface NotebookRunnerOptions {
  /** The interpreter, of `automlPython`. */
  readonly python: string;
  /** Modules that are imported once, before the first notebook. */
  readonly imports: readonly string[];
  /** Python that is run once after the imports, for what libraries do at their first use. It must not start threads. */
  readonly warmUp?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Ends all. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds from the wish to end to the kill, and from there until the process itself is taken for stuck. */
const patience = 2000;
const longestBurial = 5000;

/** Resolves at once; the first run waits for the imports, and rejects when Python cannot do them. */
export function startNotebookRunner(options: NotebookRunnerOptions): Promise<NotebookRunner> {
  const runner = new ForkRunner(options);
  options.signal?.addEventListener('abort', () => void runner.close(), { once: true });
  return Promise.resolve(runner);
}

interface Zygote {
  readonly process: PythonProcess;
  /** Rejects when it ends before. */
  readonly ready: Promise<void>;
  readonly runs: Map<string, { readonly notebook: RunningNotebook; readonly end: (end: NotebookEnd) => void }>;
}

class ForkRunner implements NotebookRunner {
  readonly #options: NotebookRunnerOptions;
  #zygote: Zygote | undefined;
  #isClosed = false;
  #lastId = 0;

  constructor(options: NotebookRunnerOptions) {
    this.#options = options;
    this.#zygote = this.#start();
  }

  async run(run: NotebookRun): Promise<NotebookEnd> {
    const notebook = new RunningNotebook(run);
    const isLate = (): boolean => Date.now() >= run.deadline;
    const early = (late: boolean): NotebookEnd | undefined => {
      if (this.#isClosed || run.signal?.aborted) notebook.asked ??= { status: 'killed', message: 'It was ended.' };
      else if (late) notebook.asked ??= { status: 'timeout', message: 'There was no time left.' };
      return notebook.asked && notebook.end(undefined);
    };
    const ended = early(isLate());
    if (ended) return ended;
    const zygote = (this.#zygote ??= this.#start());
    const isReady = await untilReady(zygote, run).catch((error: unknown) => {
      if (this.#isClosed) return false;
      throw error;
    });
    // A timer may ring a millisecond before its time.
    return early(!isReady || isLate()) ?? this.#runIn(zygote, notebook);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const zygote = this.#zygote;
    if (zygote === undefined) return;
    for (const { notebook } of zygote.runs.values()) notebook.asked ??= { status: 'killed', message: 'It was ended.' };
    // Nothing is lost with it, and what it imports would keep it from hearing of its end. Else it ends what notebooks have started.
    if (zygote.runs.size === 0) zygote.process.kill();
    else zygote.process.close();
    const impatience = setTimeout(() => zygote.process.kill(), patience);
    await zygote.process.ended;
    clearTimeout(impatience);
  }

  #start(): Zygote {
    const { python, imports, warmUp = '', environment } = this.#options;
    const ready = Promise.withResolvers<void>();
    const runs: Zygote['runs'] = new Map();
    const onMessage = (message: PythonMessage): void => {
      if (message.event === 'ready') ready.resolve();
      const id = String(message['id']);
      const run = runs.get(id);
      if (message.event !== 'ended') {
        run?.notebook.take(message);
        return;
      }
      runs.delete(id);
      run?.end(run.notebook.end(message as unknown as Parameters<RunningNotebook['end']>[0]));
    };
    const folder = ownTemporaryFolder();
    const own = folder === undefined ? environment : { ...environment, TMPDIR: folder };
    const process = new PythonProcess({ python, module: 'zygote', environment: own, onMessage });
    process.send({ op: 'start', imports, warm_up: warmUp });
    const zygote = { process, ready: ready.promise, runs };
    // Whoever waits is told; nobody may wait.
    zygote.ready.catch(() => undefined);
    void process.ended.then((error) => {
      ready.reject(error);
      if (this.#zygote === zygote) this.#zygote = undefined;
      for (const { notebook, end } of runs.values()) {
        if (notebook.pid !== undefined) signalGroup(notebook.pid, 'SIGKILL');
        end(notebook.end(undefined, `The process that it was a fork of has ended. ${error.message}`));
      }
      runs.clear();
      if (folder !== undefined) removeQuietly(folder);
    });
    return zygote;
  }

  #runIn({ process, runs }: Zygote, notebook: RunningNotebook): Promise<NotebookEnd> {
    const { run } = notebook;
    const id = String(++this.#lastId);
    const { promise, resolve } = Promise.withResolvers<NotebookEnd>();
    const timers: Timer[] = [];
    const stop = (asked: NonNullable<RunningNotebook['asked']>): void => {
      if (notebook.asked || !runs.has(id)) return;
      notebook.asked = asked;
      process.send({ op: 'signal', id, signal: 'SIGTERM' });
      const kill = (): void => process.send({ op: 'signal', id, signal: 'SIGKILL' });
      // It does not bury the dead: all of it is ended, and the next run starts another.
      timers.push(
        setTimeout(kill, patience),
        setTimeout(() => process.kill(), patience + longestBurial),
      );
    };
    const timeUp = (): void => stop({ status: 'timeout', message: 'Its time was up.' });
    timers.push(setTimeout(timeUp, delayUntil(Math.min(run.deadline, Date.now() + (run.most ?? Infinity)))));
    const abort = (): void => stop({ status: 'killed', message: 'It was ended.' });
    run.signal?.addEventListener('abort', abort, { once: true });
    const end = (ended: NotebookEnd): void => {
      for (const timer of timers) clearTimeout(timer);
      run.signal?.removeEventListener('abort', abort);
      resolve(ended);
    };
    runs.set(id, { notebook, end });
    process.send({ op: 'run', id, ...requestOf(run) });
    return promise;
  }
}

/** @returns false when its time or its wish to run has gone before that */
async function untilReady({ ready }: Zygote, { deadline, signal }: NotebookRun): Promise<boolean> {
  const { promise: over, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), delayUntil(deadline));
  const abort = (): void => resolve(false);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([ready.then(() => true), over]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** What a warm-up that is killed has written goes with this; undefined where Python has to find a place by itself. */
function ownTemporaryFolder(): string | undefined {
  try {
    return mkdtempSync(join(tmpdir(), 'modelyard-automl-'));
  } catch {
    return undefined;
  }
}

function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Something still writes there. It is a temporary folder.
  }
}

function requestOf({ notebook, skip, folder, environment, threads, memory }: NotebookRun): Record<string, unknown> {
  const cells = notebook.cells
    .map(({ kind, source, tags }, index) => ({ kind, source, tags, index }))
    .filter(({ kind, tags }) => kind === 'code' && !tags?.some((tag) => skip.includes(tag)))
    .map(({ source, index }) => ({ source: source.trim(), index }));
  return { cells, results: notebook.results, folder, environment, threads, memory };
}
