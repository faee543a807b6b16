/** Where a pipeline's folder keeps what is known of its builds: `.modelyard/pipeline`, which git does not see. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function stateFolder(folder: string): string {
  return join(folder, '.modelyard', 'pipeline');
}

export function makeStateFolder(folder: string): void {
  mkdirSync(stateFolder(folder), { recursive: true });
  try {
    writeFileSync(join(folder, '.modelyard', '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** All of it or nothing, whenever the process is killed. */
export function writeWhole(file: string, text: string): void {
  // A task may have swept the folder, as git clean does.
  mkdirSync(dirname(file), { recursive: true });
  const half = join(dirname(file), `.${process.pid}-${crypto.randomUUID()}.part`);
  try {
    writeFileSync(half, text, { flush: true });
    renameSync(half, file);
  } finally {
    rmSync(half, { force: true });
  }
}
