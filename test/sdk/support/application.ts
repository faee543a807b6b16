/** A folder as an application has it: the SDK and the libraries that it works with are installed in it. */
import { afterAll, beforeAll } from 'bun:test';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSdk } from '../../../scripts/build-sdk.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';

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

/**
 * One for all tests of a file, with the SDK as it is built now: `const application = testedApplication();` at the top of
 * the file. It is there from the first test or `beforeAll` on.
 */
export function testedApplication(): { readonly folder: string } {
  const made = { folder: '' };
  beforeAll(async () => {
    await buildSdk();
    made.folder = makeApplication();
  }, 60_000);
  afterAll(() => removeFolder(made.folder));
  return made;
}

/** What the compiler says of a module in it: `[0, '']` when all is well. */
export function compiled(folder: string, source: string, options: object = {}): [code: number, out: string] {
  writeFileSync(join(folder, 'typed.mts'), source);
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    noEmit: true,
    lib: ['es2023', 'dom'],
    types: [],
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['typed.mts'] }));
  const { exitCode, stdout } = Bun.spawnSync([join(root, 'node_modules/.bin/tsc'), '-p', folder], { timeout: 60_000 });
  return [exitCode, stdout.toString()];
}
