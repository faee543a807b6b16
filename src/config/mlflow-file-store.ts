/** MLflow's older kind of storage: folders of small files, one for each experiment, often called `mlruns`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether experiments or registered models of MLflow lie in a folder. */
export function isMlflowFileStore(folder: string): boolean {
  return existsSync(join(folder, '.trash')) || holdsThings(folder) || holdsThings(join(folder, 'models'));
}

function holdsThings(folder: string): boolean {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  return readdirSync(folder).some((name) => existsSync(join(folder, name, 'meta.yaml')));
}
