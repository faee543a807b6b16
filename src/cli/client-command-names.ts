/** The commands that talk to a server, for a help that need not load them. */
export const clientCommandNames = [
  { name: 'experiments', summary: 'create, find, rename, delete and restore experiments' },
  { name: 'runs', summary: 'list, compare, delete and restore runs' },
  { name: 'artifacts', summary: 'list, download and upload files of runs and models' },
  { name: 'registered-models', summary: 'registered models with their aliases and tags' },
  { name: 'models', summary: 'versions of registered models: register, stage, delete; serve any model' },
  { name: 'endpoints', summary: 'serve model versions behind addresses of the server' },
  { name: 'jobs', summary: 'run projects as jobs of the server: submit, list, follow, cancel' },
  { name: 'run', summary: 'run a project from a folder or a git address, recorded as a run' },
  { name: 'projects', summary: 'what a project can do: its entry points and their parameters' },
  { name: 'pipeline', summary: 'build steps that depend on each other: only what changed, recorded as runs' },
  { name: 'automl', summary: 'find the best model for a table or series in a given time; every trial a notebook' },
  { name: 'sync', summary: 'send metrics that wait on this disk because a server was lost' },
  { name: 'doctor', summary: 'check versions, server, credentials and disk' },
  { name: 'completion', summary: 'print a completion script for bash, zsh or fish' },
] as const;

export type ClientCommandName = (typeof clientCommandNames)[number]['name'];

export function summaryOf(name: ClientCommandName): string {
  return clientCommandNames.find((known) => known.name === name)?.summary ?? '';
}
