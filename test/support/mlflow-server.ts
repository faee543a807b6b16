/** The real `mlflow server` on a free port, with one worker. */
import { join } from 'node:path';
import { cleanEnvironment } from './start-server.ts';

const startLimit = 240_000;
/** No event tells that all tests are over: when their process ends, this shell takes its whole group along. */
const untilTestsEnd = ['setpriv', '--pdeathsig', 'TERM', 'sh', '-c', 'trap "kill -KILL 0" TERM; "$@" & wait', 'sh'];

export interface MlflowServer extends AsyncDisposable {
  readonly url: string;
}

/** @param places options such as `--backend-store-uri sqlite:///…` */
export async function startMlflow(dir: string, places: readonly string[]): Promise<MlflowServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const mlflow = join(import.meta.dir, '../../.venv/bin/mlflow');
  const command = [mlflow, 'server', '--port', String(port), '--workers', '1', ...places];
  const log = join(dir, 'mlflow-server.log');
  const server = Bun.spawn([...untilTestsEnd, ...command], {
    cwd: dir,
    env: cleanEnvironment(),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: Bun.file(log),
    detached: true,
  });
  const stop = async (): Promise<void> => {
    // Its workers are processes of their own.
    process.kill(-server.pid, 'SIGKILL');
    await server.exited;
  };
  for (const end = Date.now() + startLimit; Date.now() < end && server.exitCode === null; await Bun.sleep(100)) {
    if (await answers(url)) return { url, [Symbol.asyncDispose]: stop };
  }
  await stop().catch(() => undefined);
  throw new Error(`mlflow server did not start: ${await Bun.file(log).text()}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = Bun.serve({ port: 0, fetch: () => new Response() });
  const { port } = probe;
  await probe.stop(true);
  return port ?? 0;
}
