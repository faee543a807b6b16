/** What lets the processes of jobs in. They outlive the server that started them, so the next one must know it too. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Undefined where no job was ever started. */
export function keptToken(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'token'), 'utf8') || undefined;
  } catch {
    return undefined;
  }
}

/** The token that is kept, else the one given, which is kept from now on. */
export function keepToken(folder: string, token: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(join(folder, 'token'), token, { flag: 'wx', mode: 0o600 });
    return token;
  } catch {
    return keptToken(folder) ?? token;
  }
}
