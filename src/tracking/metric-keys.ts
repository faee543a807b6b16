/** All metrics of some experiments, with their least and greatest latest value. */
import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import type { RunPlace } from './run-scope.ts';

export interface MetricRange {
  readonly id: number;
  readonly key: string;
  /** Null where every value is NaN. */
  readonly low: number | null;
  readonly high: number | null;
}

/** Walks the index from key to key: as many steps as there are keys, not as there are runs. */
export async function metricRanges(
  reader: Reader,
  { experiments, lifecycles }: RunPlace,
): Promise<ReadonlyMap<number, MetricRange>> {
  const ranges = new Map<number, MetricRange>();
  for (const experiment of experiments) {
    for (const lifecycle of lifecycles) {
      const ofKey = sql`l.experiment = ${experiment} AND l.key = walk.key AND l.lifecycle = ${lifecycle}`;
      const rows = await reader.all<MetricRange>(
        sql`WITH RECURSIVE walk (key) AS (
              SELECT min(key) FROM latest_metrics WHERE experiment = ${experiment}
              UNION ALL
              SELECT (SELECT min(l.key) FROM latest_metrics l WHERE l.experiment = ${experiment} AND l.key > walk.key)
              FROM walk WHERE walk.key IS NOT NULL
            )
            SELECT k.id, k.name AS key,
              (SELECT min(l.value) FROM latest_metrics l WHERE ${ofKey} AND l.nan = 0) AS low,
              (SELECT max(l.value) FROM latest_metrics l WHERE ${ofKey} AND l.nan = 0) AS high
            FROM walk JOIN metric_keys k ON k.id = walk.key WHERE EXISTS (SELECT 1 FROM latest_metrics l WHERE ${ofKey})`,
      );
      for (const row of rows) ranges.set(row.id, widened(row, ranges.get(row.id)));
    }
  }
  return ranges;
}

function widened(range: MetricRange, by: MetricRange | undefined): MetricRange {
  if (by === undefined || by.low === null || by.high === null) return range;
  const { id, key, low, high } = range;
  return { id, key, low: Math.min(low ?? by.low, by.low), high: Math.max(high ?? by.high, by.high) };
}
