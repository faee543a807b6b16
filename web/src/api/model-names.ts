/** The server's own rules for names of the registry, so that a name is judged while it is typed. */
import { limits } from '../../../src/protocol/limits.ts';

export { checkModelName, checkNewAlias } from '../../../src/protocol/registry-names.ts';
export const longestAlias = limits.alias;
