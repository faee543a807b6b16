/** The folder that a docker engine builds: a Dockerfile and all that it copies. */
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { dockerfile, needsOf, type ImageWish } from './dockerfile.ts';

/** Files that go into the image beside the programs. */
const ownFiles = ['bin', 'python', 'r', 'package.json', 'LICENSE'];
/** Of these, what serving a model takes. */
const programs = ['dist/cli', 'dist/serving'];

export function writeImageFolder(folder: string, wish: ImageWish): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Dockerfile'), dockerfile(wish));
  // The programs lie two levels below the root: in dist/cli, or in src/cli where they are not built.
  const root = resolve(Bun.main, '../../..');
  const [place] = relative(root, Bun.main).split(sep);
  for (const name of [...ownFiles, ...(place === 'dist' ? programs : ['src'])]) {
    if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, 'modelyard', name), { recursive: true });
  }
  const needs = needsOf(wish);
  if (needs) writeFileSync(join(folder, 'requirements.txt'), needs.requirements.map((line) => `${line}\n`).join(''));
  if (wish.model) cpSync(wish.model.path, join(folder, 'model'), { recursive: true, dereference: true });
}
