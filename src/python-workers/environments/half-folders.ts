/** Folders in which something is made before it moves to its place. */
import { basename, dirname } from 'node:path';
import { dayMs, removeLeft } from '../../common/remove-left.ts';

/** What killed builders left, of that place and, after a day, of those beside it. Nobody else may build there now. */
export function removeAbandoned(path: string): void {
  const own = `${basename(path)}.half-`;
  removeLeft(dirname(path), (name, age) => name.startsWith(own) || (name.includes('.half-') && age > dayMs));
}
