import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';

/** The owner of files: in an address such as `runs:/ID/model`, or before `artifacts` in a path or an address of storage. */
const owner = /^(?:runs|models):\/+([^/]+)|([^/]+)\/artifacts(?![^/])/gi;

/**
 * The runs and logged models whose files versions of registered models need, by their ids, each with one such version.
 *
 * A version names where its files lie. It need not name the run or logged model, and for a copy it is another's folder.
 */
export async function filesInUse(reader: Reader): Promise<ReadonlyMap<string, { name: string; version: number }>> {
  const versions = await reader.all<{ name: string; version: number; location: string; model_id: string | null }>(
    sql`SELECT m.name, v.version, v.storage_location AS location, v.logged_model_id AS model_id
        FROM model_versions v JOIN registered_models m ON m.id = v.model ORDER BY v.model, v.version`,
  );
  const inUse = new Map<string, { name: string; version: number }>();
  for (const { name, version, location, model_id: model } of versions) {
    const owners = [...location.matchAll(owner)].map(([, named, before]) => named ?? before ?? '');
    for (const id of model === null ? owners : [model, ...owners]) {
      if (!inUse.has(id)) inUse.set(id, { name, version });
    }
  }
  return inUse;
}
