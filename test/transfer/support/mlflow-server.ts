/** The real `mlflow server` on a free port. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cleanEnvironment } from '../../support/start-server.ts';

const startLimit = 50_000;

export async function startMlflow(store: string, dir: string): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const options = ['--backend-store-uri', store, '--port', String(port), '--workers', '1'];
  const server = Bun.spawn(['setsid', join(import.meta.dir, '../../../.venv/bin/mlflow'), 'server', ...options], {
    cwd: dir,
    env: cleanEnvironment(),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  });
  const stop = async (): Promise<void> => {
    // Its workers are processes of their own.
    process.kill(-server.pid, 'SIGKILL');
    await server.exited;
  };
  const end = Date.now() + startLimit;
  while (!(await answers(url))) {
    if (Date.now() > end || server.exitCode !== null) {
      await stop().catch(() => undefined);
      throw new Error('mlflow server did not start');
    }
    await Bun.sleep(100);
  }
  return { url, [Symbol.asyncDispose]: stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
