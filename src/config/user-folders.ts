/** Where a user's programs keep what they need again. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What can be made or fetched again: models, environments. */
export function cacheFolder(...parts: readonly string[]): string {
  return join(home('XDG_CACHE_HOME', '.cache'), 'modelyard', ...parts);
}

/** What was installed on demand. */
export function dataFolder(...parts: readonly string[]): string {
  return join(home('XDG_DATA_HOME', '.local/share'), 'modelyard', ...parts);
}

function home(variable: string, usual: string): string {
  const named = process.env[variable];
  return named !== undefined && isAbsolute(named) ? named : join(homedir(), usual);
}
