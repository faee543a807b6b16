import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new, empty folder, by its real path. */
export function freshFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'modelyard-test-')));
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
