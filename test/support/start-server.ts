/** Starts the real `bin/modelyard server` in a process of its own, on a free port and in a fresh folder. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestServer {
  /** Where the server answers, with its static prefix, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** The folder that holds the database and `artifacts/`. Removed by `stop` and `kill`. */
  readonly dir: string;
  /** SIGTERM, as an operator does; resolves with the exit code. */
  stop(): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** What the server wrote to its error output so far. */
  log(): string;
}

const modelyard = join(import.meta.dir, '../../bin/modelyard');
const startLimit = 20_000;
const stopLimit = 10_000;

export async function startServer(args: readonly string[] = []): Promise<TestServer> {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'modelyard-test-')));
  const places = ['--backend-store-uri', `sqlite:///${dir}/m.db`, '--artifacts-destination', `${dir}/artifacts`];
  const server = Bun.spawn([modelyard, 'server', '--host', '127.0.0.1', '--port', '0', ...places, ...args], {
    cwd: dir,
    env: cleanEnvironment(),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let log = '';
  void collect(server.stderr, (text) => (log += text));
  const ended = async (): Promise<number> => {
    const code = await server.exited;
    rmSync(dir, { recursive: true, force: true });
    return code;
  };
  try {
    const url = await within(startLimit, announcedUrl(server.stdout));
    return {
      url,
      port: Number(new URL(url).port),
      dir,
      log: () => log,
      stop: async () => {
        server.kill('SIGTERM');
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
function cleanEnvironment(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^(MLFLOW|MODELYARD)_/.test(name));
  return Object.fromEntries(own);
}

/** The address in the start message; the rest of the output is read so that the pipe never fills. */
async function announcedUrl(stdout: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  void collect(stdout, (more) => {
    text += more;
    const url = /UI\s+(http:\/\/\S+)\n/.exec(text)?.[1];
    if (url !== undefined) resolve(url);
  }).then(() => reject(new Error('it ended')));
  return promise;
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) take(decoder.decode(chunk, { stream: true }));
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`nothing happened within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
