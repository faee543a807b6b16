import { dirname, join } from 'node:path';
import { findPackage } from './import-package.ts';

/** The `modelyard` of the package that the application has installed. */
export function ownProgram(): string {
  const place = findPackage('modelyard/package.json');
  return place === undefined ? 'modelyard' : join(dirname(place), 'bin/modelyard');
}
