/** One process that serves one version: started, watched until it can answer, its output line by line, ended. */
import { existsSync, rmSync } from 'node:fs';
import { linesOf } from '../common/lines.ts';
import { ownCommand } from '../common/own-command.ts';
import { endsWithParent } from '../common/process-group.ts';
import type { EnvManager } from './endpoint-store.ts';

export interface ServedVersion {
  /** `models:/churn/3` */
  readonly uri: string;
  readonly envManager: EnvManager;
  readonly workers: number;
  readonly timeoutSeconds: number;
}

export interface ProcessOptions {
  readonly socket: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

export interface ServingProcess {
  readonly pid: number;
  /** Resolves when it answers; never when it ends before. */
  readonly ready: Promise<void>;
  /** How it ended, in words. */
  readonly exited: Promise<string>;
  /** Asks it to answer what it has and to end; kills it when it does not. */
  end(): Promise<void>;
}

/** Milliseconds that a process gets to end by itself. */
const patience = 15_000;
/** Milliseconds between looks at a process that starts. */
const look = 50;
/** Longer lines are cut: a model may print anything. */
const longestLine = 4000;

export function startServing(served: ServedVersion, options: ProcessOptions): ServingProcess {
  const { socket, environment, onLine } = options;
  const child = Bun.spawn([...endsWithParent(), ...commandOf(served, socket)], {
    env: environment,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    // Ctrl+C in the terminal of the server is the server's to handle.
    detached: true,
  });
  const outputs = Promise.all([tell(child.stdout, onLine), tell(child.stderr, onLine)]);
  let ended = false;
  const exited = child.exited.then(async (code) => {
    ended = true;
    // What it wrote last tells why it ended; what it left running may hold the pipe open.
    await Promise.race([outputs, Bun.sleep(1000)]);
    rmSync(socket, { force: true });
    return child.signalCode === null ? `with code ${code}` : `by ${child.signalCode}`;
  });
  return {
    pid: child.pid,
    ready: untilAnswers(socket, () => ended),
    exited,
    async end() {
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), patience);
      await exited;
      clearTimeout(impatience);
    },
  };
}

function commandOf({ uri, envManager, workers, timeoutSeconds }: ServedVersion, socket: string): string[] {
  const environment = ['--env-manager', envManager, '--workers', String(workers), '--timeout', String(timeoutSeconds)];
  return [
    ...ownCommand(),
    'models',
    'serve',
    '--model-uri',
    uri,
    '--socket',
    socket,
    '--end-with-parent',
    ...environment,
  ];
}

async function untilAnswers(socket: string, ended: () => boolean): Promise<void> {
  while (!ended()) {
    if (existsSync(socket) && (await answers(socket))) return;
    await Bun.sleep(look);
  }
  await new Promise<never>(() => undefined);
}

async function answers(socket: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(2000);
    const { ok } = await fetch('http://localhost/ping', { unix: socket, signal });
    return ok;
  } catch {
    return false;
  }
}

async function tell(stream: ReadableStream<Uint8Array>, onLine: (line: string) => void): Promise<void> {
  const cut = (line: string): string => line.slice(0, longestLine);
  // A bar of progress is drawn again and again in one line: each drawing is a line here.
  for await (const line of linesOf(stream, { breaks: /[\r\n]+/, cut })) if (line.trim() !== '') onLine(cut(line));
}
