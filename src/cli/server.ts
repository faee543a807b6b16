import { serverConfig, type ServerConfig } from '../config/server-config.ts';
import { startServer, type RunningServer } from '../app/start-server.ts';
import { CommandError, parseFlags, type Command } from './command.ts';

const options = {
  host: { type: 'string', short: 'h' },
  port: { type: 'string', short: 'p' },
  data: { type: 'string' },
  'backend-store-uri': { type: 'string' },
  'registry-store-uri': { type: 'string' },
  'default-artifact-root': { type: 'string' },
  'artifacts-destination': { type: 'string' },
  'serve-artifacts': { type: 'boolean' },
  'artifacts-only': { type: 'boolean' },
  'static-prefix': { type: 'string' },
  'allowed-hosts': { type: 'string' },
  'cors-allowed-origins': { type: 'string' },
  workers: { type: 'string', short: 'w' },
} as const;

function helpOf(name: string): string {
  return `Usage: modelyard ${name} [options]

Starts the server: MLflow's tracking and registry API, artifacts and the web page, on one port.

Where
  --host HOST                    address to listen on (127.0.0.1; MLFLOW_HOST)
  --port, -p PORT                port (5000; 0 for any free one; MLFLOW_PORT)
  --static-prefix /PATH          path below which everything is served (MLFLOW_STATIC_PREFIX)

Data
  --data FOLDER                  folder for everything kept (./modelyard-data; MODELYARD_DATA)
  --backend-store-uri URI        database: sqlite:///PATH (FOLDER/modelyard.db; MLFLOW_BACKEND_STORE_URI)
  --registry-store-uri URI       the same database as above; registry and tracking share it
  --artifacts-destination DIR    folder of proxied artifacts (FOLDER/artifacts; MLFLOW_ARTIFACTS_DESTINATION)
  --default-artifact-root URI    where new experiments keep artifacts (mlflow-artifacts:/, proxied;
                                 MLFLOW_DEFAULT_ARTIFACT_ROOT)
  --[no-]serve-artifacts         proxy artifacts for clients (yes; MLFLOW_SERVE_ARTIFACTS)
  --artifacts-only               serve artifacts and nothing else (MLFLOW_ARTIFACTS_ONLY)

Who may call
  --allowed-hosts LIST           Host headers accepted, with * as wildcard (localhost and private
                                 addresses; MLFLOW_SERVER_ALLOWED_HOSTS)
  --cors-allowed-origins LIST    origins of pages that may call (localhost; MLFLOW_SERVER_CORS_ALLOWED_ORIGINS)

Without options the server keeps its data in ./modelyard-data and answers on http://127.0.0.1:5000.
`;
}

async function run(name: string, args: readonly string[]): Promise<number> {
  const { values } = parseFlags(name, args, options);
  if (values.workers !== undefined) {
    process.stderr.write('modelyard: --workers is not needed: one process serves everyone.\n');
  }
  const config = serverConfig(values, process.env);
  const server = await start(config);
  process.stdout.write(startMessage(config, server));
  await stopSignal();
  await server.stop();
  return 0;
}

async function start(config: ServerConfig): Promise<RunningServer> {
  try {
    return await startServer(config);
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        `port ${config.port} on ${config.host} is in use. Stop what runs there, or take another port: --port ${config.port + 1}`,
      );
    }
    if (code === 'EACCES')
      throw new CommandError(`port ${config.port} needs more rights. Take one above 1023: --port 5000`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new CommandError(`this machine has no address '${config.host}'. Try --host 127.0.0.1 or --host 0.0.0.0`);
    }
    throw error;
  }
}

function startMessage(config: ServerConfig, { url }: RunningServer): string {
  const data = config.artifactsOnly ? 'none (artifacts only)' : config.databasePath;
  const artifacts = config.artifactsDestination ?? `${config.artifactRoot} (written by clients themselves)`;
  return `
  Modelyard is ready.

    UI          ${url}
    Database    ${data}
    Artifacts   ${artifacts}
    Docs        docs/ in the package; modelyard ${'server'} --help

  In Python:  mlflow.set_tracking_uri("${url}")
  Ctrl+C stops the server; what it accepted is finished first.

`;
}

/** Resolves on the first SIGTERM or SIGINT; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.on(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}

export const serverCommand: Command = {
  name: 'server',
  summary: 'start the tracking and registry server',
  help: helpOf('server'),
  run: (args) => run('server', args),
};

export const uiCommand: Command = {
  name: 'ui',
  summary: 'the same as server',
  help: helpOf('ui'),
  run: (args) => run('ui', args),
};
