/** The servers that the SDK is tested against: ours and the real `mlflow server`, each started once for all files. */
import { freshFolder } from '../../support/folders.ts';
import { startServer } from '../../support/start-server.ts';
import { join } from 'node:path';

export const kinds = ['modelyard', 'mlflow'] as const;
export type Kind = (typeof kinds)[number];

const started = new Map<Kind, Promise<string>>();

/** Its address. Both end with the process of the tests. */
export function serverOf(kind: Kind): Promise<string> {
  let server = started.get(kind);
  if (!server) started.set(kind, (server = kind === 'modelyard' ? startOurs() : startMlflow()));
  return server;
}

async function startOurs(): Promise<string> {
  return (await startServer([], { through: ['setpriv', '--pdeathsig', 'KILL'] })).url;
}

const startLimit = 240_000;
/** No event tells that all tests are over: when their process ends, this shell takes its whole group along. */
const untilTestsEnd = ['setpriv', '--pdeathsig', 'TERM', 'sh', '-c', 'trap "kill -KILL 0" TERM; "$@" & wait', 'sh'];

async function startMlflow(): Promise<string> {
  const folder = freshFolder();
  const probe = Bun.serve({ port: 0, fetch: () => new Response() });
  const { port } = probe;
  await probe.stop(true);
  const places = ['--backend-store-uri', `sqlite:///${folder}/m.db`, '--artifacts-destination', `${folder}/artifacts`];
  const mlflow = join(import.meta.dir, '../../../.venv/bin/mlflow');
  const command = [mlflow, 'server', '--port', String(port), '--workers', '1', ...places];
  const server = Bun.spawn([...untilTestsEnd, ...command], {
    cwd: folder,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: Bun.file(`${folder}/log`),
    detached: true,
  });
  const url = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + startLimit; Date.now() < end; await Bun.sleep(200)) {
    if (server.exitCode !== null) break;
    if (
      await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return url;
  }
  throw new Error(`mlflow server did not start: ${await Bun.file(`${folder}/log`).text()}`);
}
