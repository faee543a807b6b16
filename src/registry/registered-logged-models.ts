import type { Reader } from '../database/database.ts';
import { list, sql } from '../common/sql.ts';

/** Those of some logged models that versions of registered models stand on. */
export async function registeredLoggedModels(
  reader: Reader,
  modelIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (modelIds.length === 0) return new Set();
  const rows = await reader.all<{ id: string }>(
    sql`SELECT DISTINCT logged_model_id AS id FROM model_versions WHERE logged_model_id IN ${list(modelIds)}`,
  );
  return new Set(rows.map(({ id }) => id));
}
