/** The metrics of some runs, and which of them are a line: more than one point in at least one of these runs. */
import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { keysOfSeveralPoints } from './metric-series.ts';

export interface MetricOfRuns {
  readonly key: string;
  readonly line: boolean;
}

/** In no order. */
export async function metricsOfRuns(reader: Reader, runs: readonly number[]): Promise<MetricOfRuns[]> {
  const keys = await reader.all<{ id: number; name: string }>(
    sql`SELECT k.id, k.name FROM metric_keys k
        WHERE k.id IN (SELECT key FROM latest_metrics WHERE run IN ${reader.dialect.intSet([...runs])})`,
  );
  const lines = new Set<number>();
  for (const run of runs) {
    // Mostly the first run says it of all.
    if (lines.size === keys.length) break;
    for (const key of await keysOfSeveralPoints(reader, run, lines)) lines.add(key);
  }
  return keys.map(({ id, name }) => ({ key: name, line: lines.has(id) }));
}
