/** One step of making an environment: a command whose lines are told as they come. */
import { linesOf } from '../../common/lines.ts';
import { endsWithParent, signalGroup } from '../../common/process-group.ts';
import { ownEnvironment } from '../../config/own-environment.ts';
import { EnvironmentError } from './environment-error.ts';

export interface StepOptions {
  readonly cwd?: string;
  readonly onLine?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const keptLines = 30;
/** Who waits is told that it goes on. */
const tick = 10_000;
/** From the wish to end to the kill. */
const patience = 1000;

/** @throws EnvironmentError with its last lines when it fails */
export async function runStep(command: readonly string[], what: string, options: StepOptions = {}): Promise<void> {
  const { onLine, signal } = options;
  signal?.throwIfAborted();
  const child = Bun.spawn([...endsWithParent(), ...command], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    // Another environment that is active here is not meant.
    env: ownEnvironment({ VIRTUAL_ENV: undefined, PYTHONHOME: undefined }),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    // What it has started ends with it: `python -m venv` waits for another Python.
    detached: signal !== undefined,
  });
  const kill = (): void => void signalGroup(child.pid, 'SIGKILL');
  let killing: Timer | undefined;
  const stop = (): void => {
    signalGroup(child.pid, 'SIGTERM');
    killing = setTimeout(kill, patience);
  };
  signal?.addEventListener('abort', stop, { once: true });
  const last: string[] = [];
  const take = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    for await (const line of linesOf(stream, { breaks: /[\r\n]+/ })) {
      if (line.trim() === '') continue;
      onLine?.(line.trimEnd());
      last.push(line);
      if (last.length > keptLines) last.shift();
    }
  };
  const begin = Date.now();
  const clock = setInterval(() => onLine?.(`(${Math.round((Date.now() - begin) / 1000)} s)`), tick);
  const [code] = await Promise.all([child.exited, take(child.stdout), take(child.stderr)]);
  clearInterval(clock);
  clearTimeout(killing);
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  if (code !== 0) throw new EnvironmentError(`${what} failed.\n${last.join('\n')}`);
}
