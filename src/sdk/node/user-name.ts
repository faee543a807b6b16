/** The name of the account, found as Python finds it. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { environment } from '../settings.ts';

export function userName(): string {
  const said = ['LOGNAME', 'USER', 'LNAME', 'USERNAME'].map(environment).find((name) => name !== undefined);
  if (said !== undefined) return said;
  const id = String(process.getuid?.() ?? '');
  try {
    // Bun's `userInfo` knows what the environment says, and no more.
    const entry = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.split(':')[2] === id);
    return entry?.split(':')[0] ?? userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return id === '' ? 'unknown' : id;
  }
}
