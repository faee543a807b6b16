/** The program `modelyard`. */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownEnvironment } from '../../config/own-environment.ts';
import { findPackage } from './import-package.ts';

/**
 * That of the package that the application has installed, of the one that this file lies in, else of the PATH.
 * @throws Error that says how it is installed
 */
export function ownProgram(): string {
  const installed = findPackage('modelyard/package.json');
  const path = (ownEnvironment()['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [
    ...(installed === undefined ? [] : [join(dirname(installed), 'bin')]),
    ...foldersAbove(fileURLToPath(import.meta.url)).map((folder) => join(folder, 'bin')),
    ...path,
  ];
  const found = places.map((folder) => join(folder, 'modelyard')).find(existsSync);
  if (found !== undefined) return found;
  throw new Error('The program modelyard is not there: npm install modelyard, or put its folder into the PATH.');
}

/** The package's root is among the nearest: sources lie three below it, what is built of them four. */
function foldersAbove(file: string): string[] {
  let folder = dirname(file);
  return Array.from({ length: 4 }, () => (folder = dirname(folder)));
}
