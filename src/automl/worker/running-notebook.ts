/** A notebook that runs: what came of it so far, and its end. */
import { executedNotebookText, tracebackOf, type ExecutedCell } from './executed-notebook.ts';
import type { PythonMessage } from './python-process.ts';
import type { NotebookEnd, NotebookRun } from './worker.ts';

/** What the process says when it has ended. */
interface ProcessEnd {
  /** Negative: the signal that ended it. */
  readonly code: number;
  readonly seconds: number;
  readonly cpu_seconds: number;
  readonly peak_bytes: number;
  /** The last of what it wrote past Python's own streams. */
  readonly output: string;
}

interface CellFailure {
  readonly index: number;
  readonly name: string;
  readonly message: string;
  readonly memory: boolean;
}

type End = Pick<NotebookEnd, 'status' | 'message'>;

const killed = -9;
const noMemory = /bad_alloc|MemoryError|cannot allocate memory|out of memory/i;
const signals: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  11: 'SIGSEGV',
};

export class RunningNotebook {
  readonly run: NotebookRun;
  /** Its process; undefined until it has started. */
  pid: number | undefined;
  /** Why it was asked to end, if it was. */
  asked: End | undefined;
  readonly #executed = new Map<number, ExecutedCell>();
  readonly #begin = Date.now();
  #cell: number | undefined;
  #failure: CellFailure | undefined;
  #results: Readonly<Record<string, unknown>> | undefined;

  constructor(run: NotebookRun) {
    this.run = run;
  }

  take(message: PythonMessage): void {
    if (message.event === 'started') this.pid = Number(message['pid']);
    if (message.event === 'cell') {
      this.#cell = Number(message['index']);
      this.run.onCell?.(this.#cell);
    }
    if (message.event === 'executed') {
      this.#executed.set(Number(message['index']), message as unknown as ExecutedCell);
    }
    if (message.event === 'failed') this.#failure = message as unknown as CellFailure;
    if (message.event === 'results') this.#results = JSON.parse(String(message['text'])) as Record<string, unknown>;
  }

  /** @param process undefined when nobody saw it end */
  end(process: ProcessEnd | undefined, lost = 'The process was lost.'): NotebookEnd {
    const end =
      this.#results === undefined ? this.#unfinished(process, lost) : ({ status: 'finished', message: '' } as const);
    const finished = end.status === 'finished';
    const traceback = finished || this.#cell === undefined ? '' : tracebackOf(this.#executed.get(this.#cell));
    return {
      ...end,
      traceback: finished || traceback !== '' ? traceback : crashOf(process?.output ?? ''),
      failedCell: finished ? undefined : this.#cell,
      results: this.#results ?? {},
      text: executedNotebookText(this.run.notebook.cells, this.#executed),
      seconds: process?.seconds ?? (Date.now() - this.#begin) / 1000,
      cpuSeconds: process?.cpu_seconds ?? 0,
      peakBytes: process?.peak_bytes ?? 0,
    };
  }

  #unfinished(process: ProcessEnd | undefined, lost: string): End {
    if (this.asked) return this.asked;
    const failure = this.#failure;
    if (failure?.memory) return { status: 'memory', message: this.#memoryMessage(failure.message) };
    if (failure) {
      const said = failure.message.split('\n', 1)[0] ?? '';
      return { status: 'error', message: said === '' ? failure.name : `${failure.name}: ${said}` };
    }
    if (process === undefined) return { status: 'killed', message: lost };
    const { code, output } = process;
    if (code === killed) {
      return {
        status: 'memory',
        message: this.#memoryMessage('the system ended the process, as it does for want of memory'),
      };
    }
    if (noMemory.test(output)) return { status: 'memory', message: this.#memoryMessage('the process gave up') };
    const how = code < 0 ? `crashed (${signals[-code] ?? `signal ${-code}`})` : `ended itself with exit code ${code}`;
    return { status: 'error', message: `The process ${how}.` };
  }

  #memoryMessage(what: string): string {
    const limit = Math.round(this.run.memory / 2 ** 20);
    return `It needs more than the ${limit} MB of memory that it may take${what === '' ? '' : `: ${what}`}.`;
  }
}

/** What the process last said, without the frames of what had called the notebook. */
function crashOf(output: string): string {
  return output.replace(/\n {2}File "[^"]*IPython\/core\/[\s\S]*/, '').trim();
}
