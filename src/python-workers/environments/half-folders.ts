/** Folders in which something is made before it moves to its place. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const dayMs = 86_400_000;

/** What killed builders left, of that place and, after a day, of those beside it. Nobody else may build there now. */
export function removeAbandoned(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const file = join(dirname(path), name);
    const own = name.startsWith(`${basename(path)}.half-`);
    const old =
      name.includes('.half-') && Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > dayMs;
    if (own || old) remove(file);
  }
}

/** Its uv may still write there; the next builder tries again. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // It is in nobody's way.
  }
}
