/** The folders of searches: what they hold can be had again, from the server or from the data that was given. */
import { join } from 'node:path';
import { dayMs, removeLeft } from '../../common/remove-left.ts';
import { isAtWork, ownerOf } from './search-owner.ts';

/** Of data that is read before its search has a run, and a folder of its name. */
export const staging = 'preparing-';

/** Removes what nobody has touched for long: of searches that were killed while they read data, and that have ended. */
export function tidyCache(cache: string): void {
  removeLeft(cache, (name, age) => {
    if (name.startsWith(staging)) return age > dayMs;
    if (age < 7 * dayMs) return false;
    const owner = ownerOf(join(cache, name));
    return owner !== undefined && isAtWork(owner) === false;
  });
}
