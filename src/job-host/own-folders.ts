/** Whether a path lies where a server keeps its data, whatever links lead there; files count as folders of themselves. */
import { realpathSync } from 'node:fs';
import { sep } from 'node:path';

export function liesWithin(path: string, folders: readonly string[]): boolean {
  const real = realPath(path);
  return folders.map(realPath).some((folder) => real === folder || real.startsWith(folder + sep));
}

/** Of what is there; the rest as it is written. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
