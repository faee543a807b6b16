/** A program that does a task: its output as it comes, and nothing of it left when it has ended. */
import { endsWithParent, signalGroup } from '../../common/process-group.ts';
import { ownEnvironment } from '../../config/own-environment.ts';

export interface ProcessOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

export interface ProcessEnd {
  /** How it ended, in words; undefined when it ended well. */
  readonly failure: string | undefined;
  /** The last lines that it wrote. */
  readonly tail: string;
}

/** Milliseconds that it gets to end by itself when it is asked to. */
const patience = 5000;
/** Milliseconds for its last words. */
const longestOutput = 1000;
const tailLength = 8000;

export async function runProcess(command: readonly string[], options: ProcessOptions): Promise<ProcessEnd> {
  const { cwd, environment, onOutput, signal } = options;
  if (signal.aborted) return { failure: 'was ended before it began', tail: '' };
  const child = Bun.spawn([...endsWithParent(), ...command], {
    cwd,
    env: ownEnvironment(environment),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    // A group of its own: all that it starts can be ended with it.
    detached: true,
  });
  let tail = '';
  const stops: (() => void)[] = [];
  const take = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const reader = stream.getReader();
    stops.push(() => void reader.cancel());
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      tail = (tail + text).slice(-tailLength);
      onOutput(text);
    }
  };
  const written = Promise.all([take(child.stdout), take(child.stderr)]);
  let impatience: Timer | undefined;
  const end = (): void => {
    signalGroup(child.pid, 'SIGTERM');
    impatience = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), patience);
  };
  signal.addEventListener('abort', end, { once: true });
  const code = await child.exited;
  signal.removeEventListener('abort', end);
  clearTimeout(impatience);
  // What it left running would go on writing products.
  signalGroup(child.pid, 'SIGKILL');
  // What has left the group, such as a daemon, may hold its output open for ever.
  const silence = setTimeout(() => {
    for (const stop of stops) stop();
  }, longestOutput);
  await written;
  clearTimeout(silence);
  return { failure: failureOf(code, child.signalCode, signal.aborted), tail: tail.trim() };
}

function failureOf(code: number, signalCode: string | number | null, aborted: boolean): string | undefined {
  if (aborted) return 'was ended';
  if (signalCode !== null) return `was ended by ${signalCode}`;
  return code === 0 ? undefined : `ended with exit code ${code}`;
}
