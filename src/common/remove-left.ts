import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const dayMs = 86_400_000;

/**
 * Removes what others left in a folder.
 *
 * @param isLeft is told the name of each entry, and for how many milliseconds nothing was put into it
 */
export function removeLeft(folder: string, isLeft: (name: string, age: number) => boolean): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    try {
      if (isLeft(name, Date.now() - statSync(path).mtimeMs)) rmSync(path, { recursive: true, force: true });
    } catch {
      // Somebody else took it away meanwhile, or still writes there: the next one tries again.
    }
  }
}
