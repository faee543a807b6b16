/** The commands that talk to a server, for a help that need not load them. */
export const clientCommandNames = [
  { name: 'experiments', summary: 'create, find, rename, delete and restore experiments' },
  { name: 'runs', summary: 'list, compare, delete and restore runs' },
  { name: 'artifacts', summary: 'list, download and upload files of runs and models' },
  { name: 'registered-models', summary: 'registered models with their aliases and tags' },
  { name: 'models', summary: 'versions of registered models: register, stage, delete; serve any model' },
  { name: 'endpoints', summary: 'serve model versions behind addresses of the server' },
  { name: 'sync', summary: 'send metrics that wait on this disk because a server was lost' },
  { name: 'doctor', summary: 'check versions, server, credentials and disk' },
  { name: 'completion', summary: 'print a completion script for bash, zsh or fish' },
] as const;

export type ClientCommandName = (typeof clientCommandNames)[number]['name'];

export function summaryOf(name: ClientCommandName): string {
  return clientCommandNames.find((known) => known.name === name)?.summary ?? '';
}
