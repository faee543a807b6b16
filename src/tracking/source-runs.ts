/** What the registry's views ask of tracking; it has the shape of the registry's `SourceRuns`. */
import type { JsonNumber } from '../protocol/views.ts';
import type { RunStatus } from '../protocol/runs.ts';
import { raw, sql } from '../common/sql.ts';
import type { Reader } from '../database/database.ts';
import type { Tag } from './experiment-store.ts';
import { stageName } from './lifecycle.ts';
import { fromStoredValue, toJsonNumber } from './shown-number.ts';
import { textSet } from '../search/text-search.ts';

interface RunOfVersion {
  run_id: string;
  run_name: string;
  experiment_id: string;
  experiment_name: string;
  lifecycle_stage: string;
  status: RunStatus;
}

async function runs(reader: Reader, ids: readonly string[]): Promise<RunOfVersion[]> {
  const rows = await reader.all<Omit<RunOfVersion, 'lifecycle_stage'> & { lifecycle: number }>(
    sql`SELECT r.uuid AS run_id, r.name AS run_name, r.lifecycle, r.status, CAST(e.id AS TEXT) AS experiment_id, e.name AS experiment_name
        FROM runs r JOIN experiments e ON e.id = r.experiment WHERE r.uuid IN ${textSet(ids)}`,
  );
  return rows.map(({ lifecycle, ...run }) => ({ ...run, lifecycle_stage: stageName(lifecycle) }));
}

async function metrics(
  reader: Reader,
  ids: readonly string[],
  keys?: readonly string[],
): Promise<{ run_id: string; key: string; value: JsonNumber }[]> {
  const wanted = keys === undefined ? raw('1 = 1') : sql`k.name IN ${textSet(keys)}`;
  const rows = await reader.all<{ run_id: string; key: string; value: number; nan: number }>(
    sql`SELECT r.uuid AS run_id, k.name AS key, l.value, l.nan
        FROM runs r JOIN latest_metrics l ON l.run = r.id JOIN metric_keys k ON k.id = l.key
        WHERE r.uuid IN ${textSet(ids)} AND ${wanted} ORDER BY k.name`,
  );
  return rows.map(({ run_id, key, value, nan }) => ({
    run_id,
    key,
    value: toJsonNumber(nan === 1 ? NaN : fromStoredValue(value)),
  }));
}

function pairs(table: 'params' | 'tags') {
  return (reader: Reader, ids: readonly string[]): Promise<(Tag & { run_id: string })[]> =>
    reader.all(
      sql`SELECT r.uuid AS run_id, p.key, p.value FROM runs r JOIN ${raw(table)} p ON p.run = r.id
          WHERE r.uuid IN ${textSet(ids)} ORDER BY p.key`,
    );
}

export const sourceRuns = { runs, metrics, params: pairs('params'), tags: pairs('tags') };
