/** The servers that the SDK is tested against: ours and the real `mlflow server`, each started once for all files. */
import { freshFolder } from '../../support/folders.ts';
import { startMlflow } from '../../support/mlflow-server.ts';
import { startServer } from '../../support/start-server.ts';

export const kinds = ['modelyard', 'mlflow'] as const;
export type Kind = (typeof kinds)[number];

const started = new Map<Kind, Promise<string>>();

/** Its address. Both end with the process of the tests. */
export function serverOf(kind: Kind): Promise<string> {
  let server = started.get(kind);
  if (!server) started.set(kind, (server = kind === 'modelyard' ? startOurs() : startTheirs()));
  return server;
}

async function startOurs(): Promise<string> {
  return (await startServer([], { through: ['setpriv', '--pdeathsig', 'KILL'] })).url;
}

async function startTheirs(): Promise<string> {
  const folder = freshFolder();
  const places = ['--backend-store-uri', `sqlite:///${folder}/m.db`, '--artifacts-destination', `${folder}/artifacts`];
  return (await startMlflow(folder, places)).url;
}
