/** Builds everything that `dist/` holds; `npm ci` runs it through npm's `prepare`. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSdk } from './build-sdk.ts';
import { buildServer } from './build-server.ts';
import { buildWeb } from './build-web.ts';

const root = join(import.meta.dir, '..');
const builtFrom = join(root, 'dist/built-from');

// Taken first: what is edited meanwhile is built again.
const { stdout } = Bun.spawnSync(['sh', 'scripts/source-sum.sh'], { cwd: root });
mkdirSync(join(root, 'dist'), { recursive: true });
rmSync(builtFrom, { force: true });
if (existsSync(join(root, 'node_modules/react'))) {
  await Promise.all([buildServer(), buildWeb(), buildSdk()]);
  writeFileSync(builtFrom, stdout);
} else {
  await buildServer();
  console.error(`The server is built, its web pages are not: they need the development packages, which npm was told to
leave out (--omit=dev, or NODE_ENV=production). For the pages: npm ci --include=dev`);
}
