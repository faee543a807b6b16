/** Who works on a search: written into its folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning, startOf } from '../../sdk/node/process-start.ts';

const file = 'search.json';

export interface Owner {
  readonly host: string;
  readonly pid: number;
  readonly start: string | undefined;
}

/** Says that this process works on the search of this folder. */
export function own(folder: string): void {
  const owner: Owner = { host: hostname(), pid: process.pid, start: startOf(process.pid) };
  writeFileSync(join(folder, file), JSON.stringify(owner));
}

/** Undefined for a folder that is none of a search. */
export function ownerOf(folder: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** Undefined where that cannot be known: on another machine. */
export function isAtWork({ host, pid, start }: Owner): boolean | undefined {
  return host === hostname() ? isRunning(pid, start) : undefined;
}
