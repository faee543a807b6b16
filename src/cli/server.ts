import { ignoredMlflowFlags, mlflowFlags } from '../config/mlflow-flags.ts';
import { serverConfig, type ServerConfig } from '../config/server-config.ts';
import { serverFlags } from '../config/server-flags.ts';
import { startServer, type RunningServer } from '../app/start-server.ts';
import { CommandError, type Command } from './command.ts';
import { freePortAfter } from './free-port.ts';
import { flagHelp, mlflowFlagHelp } from './flag-help.ts';
import { parseFlags } from './parse-flags.ts';
import { startMessage } from './start-message.ts';
import { stopSignal } from './stop-signal.ts';

function helpOf(name: string): string {
  return `Usage: modelyard ${name} [options]

Starts the server: MLflow's tracking and registry API, artifacts and the web page, on one port.

${flagHelp(serverFlags)}

${mlflowFlagHelp(mlflowFlags)}

A flag counts before its variable, a variable before the default. Without any of them the server keeps its data in
${serverFlags.data.fallback} and answers on http://${serverFlags.host.fallback}:${serverFlags.port.fallback}.

Example: for the whole network, with the data in one folder

  modelyard ${name} --host 0.0.0.0 --data /srv/modelyard --allowed-hosts mlflow.example.com
`;
}

async function run(name: string, args: readonly string[]): Promise<number> {
  const values = parseFlags(name, args, { ...serverFlags, ...mlflowFlags });
  // console, here and below: loading the streams of process.stdout costs 6 ms and 4 MiB.
  for (const line of ignoredMlflowFlags(values)) console.error(`modelyard: ${line}`);
  const config = serverConfig(values);
  // Listened to from here on: a signal that comes while the server starts is a clean stop too.
  const stopped = stopSignal();
  const server = await start(config);
  console.log(startMessage(config, server));
  await stopped;
  await server.stop((requests, longestMs) => {
    const most = `for at most ${longestMs / 1000} s; another signal ends it at once`;
    console.log(`  Stopping: requests under way are waited for (${requests}), ${most}.`);
  });
  console.log('  Stopped.');
  return 0;
}

async function start(config: ServerConfig): Promise<RunningServer> {
  try {
    return await startServer(config);
  } catch (error) {
    const { code, syscall } = error as { code?: string; syscall?: string };
    // For a name that nobody knows the listening socket gives any code at all, so it comes first.
    const unknownName = syscall === 'listen' && !(await resolves(config.host));
    if (unknownName || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new CommandError(`this machine has no address '${config.host}'. Try --host 127.0.0.1 or --host 0.0.0.0`);
    }
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        `port ${config.port} on ${config.host} is in use. Stop what runs there, or take another port: --port ${freePortAfter(config.port, config.host)}`,
      );
    }
    if (code === 'EACCES')
      throw new CommandError(`port ${config.port} needs more rights. Take one above 1023: --port 5000`);
    throw error;
  }
}

function resolves(host: string): Promise<boolean> {
  return Bun.dns.lookup(host).then(
    () => true,
    () => false,
  );
}

export const serverCommand: Command = {
  name: 'server',
  summary: 'start the tracking and registry server',
  help: () => helpOf('server'),
  run: (args) => run('server', args),
};

export const uiCommand: Command = {
  name: 'ui',
  summary: 'the same as server',
  help: () => helpOf('ui'),
  run: (args) => run('ui', args),
};
