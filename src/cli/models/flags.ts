/** Flags of the registry's commands. */
import { CommandError } from '../command.ts';

export const modelFlag = {
  name: { type: 'string', short: 'n', value: 'NAME', required: true, meaning: 'the registered model' },
} as const;

export const versionFlag = {
  version: { type: 'string', value: 'N', required: true, meaning: 'the version, a number' },
} as const;

export const aliasFlag = {
  alias: { type: 'string', value: 'ALIAS', required: true, meaning: 'the alias, without @' },
} as const;

export const descriptionFlag = {
  description: { type: 'string', value: 'TEXT', meaning: 'what it is, in Markdown' },
} as const;

export const tagFlags = {
  key: { type: 'string', value: 'KEY', required: true, meaning: "the tag's key" },
  value: { type: 'string', value: 'VALUE', required: true, meaning: "the tag's value" },
} as const;

export const yesFlag = {
  yes: { type: 'boolean', meaning: 'really do it; without it nothing is deleted' },
} as const;

/** Nobody can undo it, so it is asked for in so many words. */
export function requireYes(yes: boolean | undefined, what: string): void {
  if (yes !== true) throw new CommandError(`this would delete ${what} for good. Add --yes to do it.`, 2);
}

/** The versions of a model. A filter knows two kinds of quotes and no way to write either within itself. */
export function filterOfName(name: string): string {
  return name.includes("'") ? `name = "${name}"` : `name = '${name}'`;
}
