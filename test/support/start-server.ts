/** Starts the real `bin/modelyard server` in a process of its own, on a free port and in a fresh folder. */
import { join } from 'node:path';
import { freshFolder, removeFolder } from './folders.ts';
import { within } from './within.ts';

export interface TestServer {
  /** Where the server answers, with its static prefix, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The folder that holds the database `m.db` and `artifacts/`. Removed by `stop` and `kill` unless it was given. */
  readonly dir: string;
  /** SIGTERM, as an operator does, or another signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number>;
  /** The exit code of a server that ends by itself. */
  readonly exited: Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** What the server wrote to its error output so far. */
  log(): string;
  /** What it wrote to its output so far. */
  said(): string;
}

export interface StartOptions {
  /** A folder of the caller's, which stays; without it a fresh one is made. */
  readonly dir?: string;
  /** A command that runs the server, such as `['setpriv', '--reuid=65534']`. */
  readonly through?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Another `bin/modelyard` than that of this checkout. */
  readonly program?: string;
}

export const modelyard = join(import.meta.dir, '../../bin/modelyard');
const startLimit = 20_000;
const stopLimit = 10_000;

export async function startServer(args: readonly string[] = [], options: StartOptions = {}): Promise<TestServer> {
  const dir = options.dir ?? freshFolder();
  const places = ['--backend-store-uri', `sqlite:///${dir}/m.db`, '--artifacts-destination', `${dir}/artifacts`];
  const command = [options.program ?? modelyard, 'server', '--host', '127.0.0.1', '--port', '0', ...places, ...args];
  const server = Bun.spawn([...(options.through ?? []), ...command], {
    cwd: dir,
    env: { ...cleanEnvironment(), ...options.env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let log = '';
  void collect(server.stderr, (text) => (log += text));
  const ended = async (): Promise<number> => {
    const code = await server.exited;
    if (options.dir === undefined) removeFolder(dir);
    return code;
  };
  try {
    const read = await within(startLimit, announcedUrl(server.stdout));
    const { url } = read;
    return {
      said: () => read.said(),
      url,
      port: Number(new URL(url).port),
      pid: server.pid,
      dir,
      log: () => log,
      exited: server.exited,
      stop: async (signal = 'SIGTERM') => {
        server.kill(signal);
        await within(stopLimit, server.exited).catch(() => server.kill('SIGKILL'));
        return ended();
      },
      kill: async () => {
        server.kill('SIGKILL');
        await ended();
      },
    };
  } catch (error) {
    server.kill('SIGKILL');
    await ended();
    throw new Error(`the server did not start: ${String(error)}\n${log}`, { cause: error });
  }
}

/** A developer's own settings must not change what is tested. */
export function cleanEnvironment(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^(MLFLOW|MODELYARD)_/.test(name));
  return Object.fromEntries(own);
}

/** Where the start message says that it listens; the rest of the output is read so that the pipe never fills. */
export async function announcedUrl(stdout: ReadableStream<Uint8Array>): Promise<{ url: string; said: () => string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ url: string; said: () => string }>();
  let text = '';
  void collect(stdout, (more) => {
    text += more;
    const [, url] = /UI\s+(http:\/\/\S+)\n[^]*Ctrl\+C/.exec(text) ?? [];
    if (url === undefined) return;
    const [, listens] = /Listens on\s+([^;\s]+);/.exec(text) ?? [];
    resolve({ url: listens === undefined ? url : url.replace(/(?<=\/\/)[^/]+/, listens), said: () => text });
  }).then(() => reject(new Error('it ended')));
  return promise;
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) take(decoder.decode(chunk, { stream: true }));
}
