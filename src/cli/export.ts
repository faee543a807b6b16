import type { Command } from './command.ts';
import { exportFlags } from './export-flags.ts';
import { flagHelp } from './flag-help.ts';
import { splitAddress } from './import.ts';
import { parseFlags } from './parse-flags.ts';
import { transferProgram } from './transfer-program.ts';

/** Made when it is asked for: a start of the server must not wait for it. */
const help = (): string => `Usage: modelyard export DIR [options]

Writes experiments, runs, logged and registered models into a new folder, with what is deleted, histories and artifacts:
one line of JSON for each thing, in files that docs/import.md describes. modelyard import reads it back without loss. Not
in it are serving endpoints, with their counts, and the list of jobs. The server may run meanwhile; a run that is being
logged to is written as far as it is.

${flagHelp(exportFlags)}

Example: all of the server that keeps its data in /srv/modelyard

  modelyard export ./backup --data /srv/modelyard
`;

async function run(args: readonly string[]): Promise<number> {
  const { address, rest } = splitAddress('export', 'DIR', args);
  const flags = parseFlags('export', rest, exportFlags);
  const { runExport } = await transferProgram();
  return runExport(address, flags);
}

export const exportCommand: Command = {
  name: 'export',
  summary: 'write runs and models, with all they have, into a folder of files',
  help,
  run,
};
