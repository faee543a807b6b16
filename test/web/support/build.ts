/** Makes sure that `dist/web` is the UI of the sources at hand. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from '../../../scripts/build-web.ts';

const root = join(import.meta.dir, '../../..');

function newest(folder: string): number {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

let built: Promise<void> | undefined;

async function build(): Promise<void> {
  const page = join(root, 'dist/web/index.html');
  const sources = Math.max(newest('web'), newest('src/protocol'), newest('src/common'));
  if (!existsSync(page) || statSync(page).mtimeMs < sources) await buildWeb();
}

/** Builds at most once in a process. */
export function buildWhenOld(): Promise<void> {
  built ??= build();
  return built;
}
