/** Servers with the built UI: an empty one of your own, or the seeded one that all tests of a process share. */
import { join } from 'node:path';
import { Api } from '../../support/api.ts';
import { cleanEnvironment, startServer, type StartOptions, type TestServer } from '../../support/start-server.ts';
import { buildWhenOld } from './build.ts';
import { seed, type Seeded } from './seed.ts';

export interface SeededServer extends Seeded {
  readonly server: TestServer;
  readonly api: Api;
}

/** An empty server with the UI; `args` such as `--static-prefix /ml`. Stop it yourself. */
export async function freshServer(args: readonly string[] = [], options: StartOptions = {}): Promise<TestServer> {
  await buildWhenOld();
  return startServer(args, options);
}

let shared: Promise<SeededServer> | undefined;

async function startSeeded(): Promise<SeededServer> {
  // It has no owner who could stop it, and no event tells that all tests are over: it ends as the test process does.
  const server = await freshServer([], { through: ['setpriv', '--pdeathsig', 'KILL'] });
  return { server, api: new Api(server), ...(await seed(server)) };
}

/** Started and filled by the first test that asks; tests that change it must use things of their own making. */
export function seededServer(): Promise<SeededServer> {
  shared ??= startSeeded();
  return shared;
}

/** Runs Python with the real MLflow client against a server; what it prints comes back. */
export async function python(server: Pick<TestServer, 'url'>, code: string): Promise<string> {
  const child = Bun.spawn([join(import.meta.dir, '../../../.venv/bin/python'), '-c', code], {
    env: { ...cleanEnvironment(), MLFLOW_TRACKING_URI: server.url },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: 120_000,
  });
  const [out, error, status] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (status !== 0) throw new Error(`python ended with ${status}:\n${error.slice(-3000)}`);
  return out;
}
