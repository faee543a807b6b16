/** Builds the SDK into `dist/esm`, one module with its types for each file, as `package.json` exports them. */
import { rmSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dir, '..');

export async function buildSdk(): Promise<void> {
  // Made beside and then put in place, so that a program that loads it meanwhile finds all of it.
  const made = join(root, `dist/.esm-${process.pid}`);
  const out = join(root, 'dist/esm');
  const tsc = Bun.spawn([join(root, 'node_modules/.bin/tsc'), '-p', join(root, 'src/sdk'), '--outDir', made], {
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  });
  if ((await tsc.exited) !== 0) throw new Error('the SDK could not be built');
  rmSync(out, { recursive: true, force: true });
  renameSync(made, out);
}

if (import.meta.main) await buildSdk();
