import { CommandError, type Command } from './command.ts';
import { flagHelp } from './flag-help.ts';
import { importFlags } from './import-flags.ts';
import { parseFlags } from './parse-flags.ts';
import { transferProgram } from './transfer-program.ts';

/** Made when it is asked for: a start of the server must not wait for it. */
const help = (): string => `Usage: modelyard import SOURCE [options]

Brings in what another place has, with its ids, times, histories and what is deleted. SOURCE is

  an mlruns folder                MLflow's file store, with .trash and the registry
  mlflow.db, sqlite:///PATH       MLflow's SQLite database, of 2.x and 3.x
  http://HOST:PORT                a running MLflow server, on any database; MLFLOW_TRACKING_USERNAME, _PASSWORD and
                                  _TOKEN count
  a folder of modelyard export
  a folder with params.yml and metrics.csv anywhere below it: each folder with one is a run, and its id is a hash of
                                  its path and of these files, so that the same files are always the same run

It can be stopped and run again: what is there already is left, and what differs from it is told. The server may run
meanwhile. An experiment whose id another one has gets the next free id, and one whose name another has gets a name with
(imported); ids of more than 15 digits, as mlruns has, cannot be kept either. The old id is then in the tag
modelyard.import.experiment_id. Experiment 0 is merged into ours.

${flagHelp(importFlags)}

Ends with 1 when something could not be brought, or differs from what is there.

Example: look first, then bring it in, for the server that keeps its data in /srv/modelyard

  modelyard import ./mlruns --data /srv/modelyard --dry-run
  modelyard import ./mlruns --data /srv/modelyard
`;

async function run(args: readonly string[]): Promise<number> {
  const { address, rest } = splitAddress('import', 'SOURCE', args);
  const flags = parseFlags('import', rest, importFlags);
  const { runImport } = await transferProgram();
  return runImport(address, flags);
}

/** The one plain word, before or after the flags. */
export function splitAddress(
  command: string,
  name: string,
  args: readonly string[],
): { address: string; rest: readonly string[] } {
  const [first] = args;
  const last = args.at(-1);
  if (first !== undefined && !first.startsWith('-')) return { address: first, rest: args.slice(1) };
  if (last !== undefined && !last.startsWith('-')) return { address: last, rest: args.slice(0, -1) };
  throw new CommandError(`${command} needs ${name}. See: modelyard ${command} --help`, 2);
}

export const importCommand: Command = {
  name: 'import',
  summary: 'bring in an existing MLflow, an export, or files of a logger',
  help,
  run,
};
