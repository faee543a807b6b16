/** A project's process with all that it starts: a group of its own, which ends as a whole. */
import { signalGroup } from '../common/process-group.ts';
import { ProjectError } from './project-error.ts';

export interface ProcessWish {
  readonly command: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it writes; no more is read until it is taken. */
  readonly onOutput: (bytes: Uint8Array, stream: 'stdout' | 'stderr') => Promise<void> | void;
  /** Its reason is the signal with which to end the group. */
  readonly signal: AbortSignal;
  /** Ends it without waiting. */
  readonly hurry: AbortSignal;
}

/** Milliseconds that a group has to end after each signal. */
const patience = 5000;
/** Milliseconds for what is still in the pipes. */
const drain = 1000;

/** How a process ended: by itself, or by a signal. */
export interface Ending {
  readonly code: number;
  readonly signal: string | undefined;
}

export async function runProcess({ command, folder, env, onOutput, signal, hurry }: ProcessWish): Promise<Ending> {
  const child = start(command, folder, env);
  const stop = (): void => void endGroup(child.pid, signalOf(signal), hurry);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const stopped = new AbortController();
  const output = Promise.all([
    readAll(child.stdout, stopped.signal, (bytes) => onOutput(bytes, 'stdout')),
    readAll(child.stderr, stopped.signal, (bytes) => onOutput(bytes, 'stderr')),
  ]);
  await child.exited;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) await endGroup(child.pid, 'SIGTERM', hurry);
  await soon(output);
  stopped.abort();
  return { code: child.exitCode ?? 1, signal: child.signalCode === null ? undefined : String(child.signalCode) };
}

async function readAll(
  stream: ReadableStream<Uint8Array>,
  stopped: AbortSignal,
  take: (bytes: Uint8Array) => Promise<void> | void,
): Promise<void> {
  const reader = stream.getReader();
  stopped.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  for (let next = await reader.read(); !next.done; next = await reader.read()) await take(next.value);
}

/** A process that was left behind may hold on to the output for ever. */
async function soon(output: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, drain);
  await Promise.race([output, promise]);
  clearTimeout(timer);
}

function start(command: readonly string[], folder: string, env: Readonly<Record<string, string>>) {
  try {
    return Bun.spawn([...command], {
      cwd: folder,
      env,
      stdin: 'inherit',
      stdout: 'pipe',
      stderr: 'pipe',
      detached: true,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'E2BIG')
      throw new ProjectError('the values are longer than this system lets a command be. Give files.');
    throw new ProjectError(`the command cannot be started: ${(error as Error).message}`);
  }
}

function signalOf({ reason }: AbortSignal): NodeJS.Signals {
  return reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
}

/** Asks, asks once more, and then takes it. */
async function endGroup(group: number, first: NodeJS.Signals, hurry: AbortSignal): Promise<void> {
  for (const signal of [first, 'SIGTERM', 'SIGKILL'] as const) {
    if (!signalGroup(group, signal)) return;
    for (const end = performance.now() + patience; performance.now() < end && !hurry.aborted; await Bun.sleep(20)) {
      if (!signalGroup(group, 0)) return;
    }
  }
}
