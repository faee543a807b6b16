/** What is wanted of all endpoints, with the versions that their models name now. */
import type { Reader } from '../database/database.ts';
import type { EndpointLog } from './endpoint-log.ts';
import { findEndpoints, type WantedEndpoint, type WantedModel } from './endpoint-store.ts';
import { findReferred, uriOf, type FoundVersion } from './model-reference.ts';

/** For each model of an endpoint its version; a text says why it names none. */
export type FoundVersions = readonly (FoundVersion | string)[];

export async function readWanted(reader: Reader): Promise<{ wanted: WantedEndpoint; found: FoundVersions }[]> {
  const all: { wanted: WantedEndpoint; found: FoundVersions }[] = [];
  for (const wanted of await findEndpoints(reader)) {
    const found: (FoundVersion | string)[] = [];
    for (const model of wanted.models) found.push(await findReferred(reader, model));
    all.push({ wanted, found });
  }
  return all;
}

/** Says in the log when an alias is another version than before. */
export function noteMoves(
  log: EndpointLog,
  models: readonly WantedModel[],
  before: FoundVersions,
  found: FoundVersions,
): void {
  for (const [at, model] of models.entries()) {
    const now = found[at];
    if (now === undefined || model.alias === null || Bun.deepEquals(now, before[at])) continue;
    log.add('endpoint', typeof now === 'string' ? now : `${uriOf(model)} is version ${now.version}`);
  }
}
