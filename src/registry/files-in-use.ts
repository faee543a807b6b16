import type { Reader } from '../database/database.ts';
import { sql, type Query } from '../common/sql.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';

interface VersionFiles {
  readonly name: string;
  readonly version: number;
  readonly location: string;
  readonly model_id: string | null;
}

/**
 * The runs and logged models whose files versions of registered models need, by their ids, each with one such version.
 *
 * A version names where its files lie. It need not name the run or logged model, and for a copy it is another's folder.
 */
export async function filesInUse(reader: Reader): Promise<ReadonlyMap<string, { name: string; version: number }>> {
  const inUse = new Map<string, { name: string; version: number }>();
  for (const one of await reader.all<VersionFiles>(everyVersion)) {
    const { name, version } = one;
    for (const id of ownersOf(one)) if (!inUse.has(id)) inUse.set(id, { name, version });
  }
  return inUse;
}

/** Whether a version needs the files of one run or logged model, as of now. */
export async function hasFilesInUse(reader: Reader, id: string): Promise<boolean> {
  const near = await reader.all<VersionFiles>(
    sql`SELECT '' AS name, version, storage_location AS location, logged_model_id AS model_id
        FROM model_versions WHERE logged_model_id = ${id} OR instr(storage_location, ${id})`,
  );
  return near.some((one) => ownersOf(one).includes(id));
}

const everyVersion: Query = sql`SELECT m.name, v.version, v.storage_location AS location, v.logged_model_id AS model_id
  FROM model_versions v JOIN registered_models m ON m.id = v.model ORDER BY v.model, v.version`;

/** Named in an address such as `runs:/ID/model`, or before `artifacts` in a path, read as the storage reads it. */
function ownersOf({ location, model_id: model }: VersionFiles): string[] {
  const { scheme, path } = parseArtifactUri(location);
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const owners =
    scheme === 'runs' || scheme === 'models'
      ? names.slice(0, 1)
      : names.filter((_, at) => names[at + 1]?.toLowerCase() === 'artifacts');
  return model === null ? owners : [model, ...owners];
}
