/** A Python process of ours that is spoken to in lines of JSON, each with the version of the protocol. */
import { endedLinesOf } from '../../common/lines.ts';
import { signalGroup } from '../../common/process-group.ts';
import { ownEnvironment } from '../../config/own-environment.ts';
import { WorkerLog } from '../../python-workers/worker-log.ts';
import { pythonFolder } from '../python-folder.ts';

const protocolVersion = 1;

export interface PythonMessage {
  readonly event: string;
  readonly [name: string]: unknown;
}

export interface PythonProcessOptions {
  readonly python: string;
  /** Below `python/modelyard_automl/`. */
  readonly module: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onMessage: (message: PythonMessage) => void;
}

export class PythonProcessError extends Error {
  override readonly name = 'PythonProcessError';
}

/** What libraries find when they are loaded; trials get more threads later. */
const atLoad = {
  // No thread may exist before a fork.
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  JE_ARROW_MALLOC_CONF: 'background_thread:false',
  // Its own allocator takes a gigabyte of addresses at once, which counts as allocated.
  ARROW_DEFAULT_MEMORY_POOL: 'system',
  // Threads that wait by spinning take the time of those that work.
  OMP_WAIT_POLICY: 'PASSIVE',
  MALLOC_ARENA_MAX: '2',
  MPLBACKEND: 'module://matplotlib_inline.backend_inline',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR: 'false',
  DO_NOT_TRACK: 'true',
  PYTHONUNBUFFERED: '1',
};

export class PythonProcess {
  /** Resolves when it has ended, with how and with its last words. */
  readonly ended: Promise<PythonProcessError>;
  readonly #process: Bun.Subprocess<'pipe', 'pipe', 'pipe'>;
  readonly #log = new WorkerLog(() => undefined);
  #refusal: string | undefined;

  constructor({ python, module, environment, onMessage }: PythonProcessOptions) {
    const folder = pythonFolder();
    const { PYTHONPATH: users } = ownEnvironment();
    this.#process = Bun.spawn([python, '-P', '-m', `modelyard_automl.${module}`], {
      cwd: folder,
      env: ownEnvironment({
        ...atLoad,
        ...environment,
        PYTHONPATH: users ? `${folder}:${users}` : folder,
        PYTHONHOME: undefined,
        // Without what was compiled before, the imports take four times as long.
        PYTHONDONTWRITEBYTECODE: undefined,
      }),
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      // A group of its own: Ctrl-C reaches this process alone.
      detached: true,
    });
    const read = Promise.all([this.#read(onMessage), this.#log.take(this.#process.stderr)]);
    this.ended = this.#process.exited.then(async () => {
      await read;
      return this.#ending();
    });
  }

  send(message: Readonly<Record<string, unknown>>): void {
    void this.#process.stdin.write(`${JSON.stringify({ v: protocolVersion, ...message })}\n`);
    void this.#process.stdin.flush();
  }

  /** It ends, and what it has started. */
  close(): void {
    void this.#process.stdin.end();
  }

  /** At once, with what its libraries have started. */
  kill(): void {
    const { pid, exitCode, signalCode } = this.#process;
    if (exitCode === null && signalCode === null) signalGroup(pid, 'SIGKILL');
  }

  async #read(onMessage: (message: PythonMessage) => void): Promise<void> {
    // Half a message says only that it was killed, which its end says too.
    for await (const line of endedLinesOf(this.#process.stdout)) this.#take(line, onMessage);
  }

  #take(line: string, onMessage: (message: PythonMessage) => void): void {
    const message = messageOf(line);
    const isRefusal = message?.event === 'refused' || message?.event === 'unusable';
    if (message?.['v'] === protocolVersion && !isRefusal) {
      onMessage(message);
      return;
    }
    if (message === undefined) this.#refusal ??= `It does not speak the protocol: ${line.slice(0, 200)}`;
    else if (isRefusal) this.#refusal ??= String(message['message']);
    else this.#refusal ??= `It speaks version ${String(message['v'])} of the protocol, not ${protocolVersion}.`;
    this.kill();
  }

  #ending(): PythonProcessError {
    const { exitCode, signalCode } = this.#process;
    if (this.#refusal !== undefined) return new PythonProcessError(this.#refusal);
    const how = signalCode === null ? `with exit code ${exitCode}` : `by ${signalCode}`;
    return new PythonProcessError(`The Python process ended ${how}.\n${this.#log.text()}`.trim());
  }
}

function messageOf(line: string): PythonMessage | undefined {
  try {
    return JSON.parse(line) as PythonMessage;
  } catch {
    return undefined;
  }
}
