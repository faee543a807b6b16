/** `modelyard models serve` on a free port, with the Python of the tests. */
import { readFileSync } from 'node:fs';
import { cleanEnvironment, modelyard } from '../../../support/start-server.ts';
import { within } from '../../../support/within.ts';
import { python } from './models.ts';

export interface Serving {
  readonly url: string;
  readonly pid: number;
  /** What it and its workers wrote so far. */
  log(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number>;
  kill(): Promise<void>;
}

export interface ServingOptions {
  readonly dir: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A loaded machine imports mlflow slowly. */
const startLimit = 120_000;
const stopLimit = 30_000;

export async function serveModel(model: string, args: readonly string[], options: ServingOptions): Promise<Serving> {
  const child = startServing(model, args, options);
  const url = /serving .* on (http:\S+)/;
  try {
    await within(startLimit, Promise.race([child.until(url), child.exited]));
    const found = url.exec(child.log())?.[1];
    if (found === undefined) throw new Error('it ended');
    return { ...child, url: found };
  } catch (error) {
    await child.kill();
    throw new Error(`the model is not served: ${String(error)}\n${child.log()}`, { cause: error });
  }
}

interface Started extends Omit<Serving, 'url'> {
  readonly exited: Promise<number>;
  /** Resolves when this was written. */
  until(words: RegExp): Promise<void>;
}

/** For those that may not come up. */
export function startServing(model: string, args: readonly string[], { dir, env }: ServingOptions): Started {
  const command = [modelyard, 'models', 'serve', '-m', model, '-p', '0', '--env-manager', 'local', ...args];
  const child = Bun.spawn(['setpriv', '--pdeathsig', 'KILL', ...command], {
    cwd: dir,
    env: { ...cleanEnvironment(), PATH: `${python}:${process.env['PATH']}`, ...env },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  });
  let log = '';
  const awaited = new Set<() => void>();
  void (async () => {
    const decoder = new TextDecoder();
    for await (const piece of child.stderr) {
      log += decoder.decode(piece, { stream: true });
      for (const look of awaited) look();
    }
  })();
  return {
    pid: child.pid,
    exited: child.exited,
    log: () => log,
    until: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!words.test(log)) return;
          awaited.delete(look);
          resolve();
        };
        awaited.add(look);
        look();
      }),
    async stop() {
      child.kill('SIGTERM');
      return within(stopLimit, child.exited);
    },
    async kill() {
      child.kill('SIGKILL');
      await child.exited;
    },
  };
}

/** The processes that this one started, by the system's own account. */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}
