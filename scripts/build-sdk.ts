/**
 * Builds the SDK into `dist/sdk`: `index.js` for anything that has `fetch`, `node.js` with files and processes, and what
 * both share in one chunk, so that they are one SDK with one active run wherever both are imported.
 */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dir, '..');
const out = join(root, 'dist/sdk');

export async function buildSdk(): Promise<void> {
  const made = `${out}.${process.pid}`;
  await Bun.build({
    entrypoints: [join(root, 'src/sdk/index.ts'), join(root, 'src/sdk/node/index.ts')],
    root: join(root, 'src/sdk'),
    outdir: made,
    naming: { entry: '[dir]/[name].[ext]', chunk: 'shared-[hash].[ext]' },
    target: 'node',
    format: 'esm',
    splitting: true,
    // Not minified: who bundles it does that, and stack traces can be read.
    sourcemap: 'linked',
  });
  rmSync(out, { recursive: true, force: true });
  renameSync(made, out);
}

if (import.meta.main) await buildSdk();
