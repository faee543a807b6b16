/** A folder as an application has it: the SDK and the libraries that it works with are installed in it. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../../support/folders.ts';

const root = join(import.meta.dir, '../../..');
const libraries = join(root, 'test/sdk/libraries/node_modules');

/** @param leaveOut packages that are not installed */
export function makeApplication(leaveOut: readonly string[] = []): string {
  const folder = freshFolder();
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { modelyard: '*' } }));
  symlinkSync(root, join(modules, 'modelyard'));
  for (const name of readdirSync(libraries)) {
    if (!name.startsWith('.') && !leaveOut.includes(name)) symlinkSync(join(libraries, name), join(modules, name));
  }
  return folder;
}
