/** Runs counted by the values of some columns, with mean and spread of metrics. */
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { searchRunGroups } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { join, raw, sql } from '../common/sql.ts';
import { MetricSpread } from './metric-spread.ts';
import { columnOf, valueOf } from './run-column.ts';
import { foundRuns } from './run-list.ts';
import { scopeOf } from './run-scope.ts';

type Answer = Encoded<(typeof searchRunGroups)['response']>;
type GroupKey = readonly (string | null)[];

interface Group {
  readonly values: GroupKey;
  count: number;
  readonly spreads: readonly MetricSpread[];
}

export async function runGroups(
  reader: Reader,
  request: Decoded<(typeof searchRunGroups)['request']>,
): Promise<Answer> {
  const { by, metrics } = request;
  if (by.length === 0 || by.length > limits.groupColumns || metrics.length > limits.groupMetrics) {
    throw invalidParameter(
      `Runs are grouped by 1 to ${limits.groupColumns} columns, with at most ${limits.groupMetrics} metrics.`,
    );
  }
  const columns = by.map(columnOf);
  const { where } = await foundRuns(reader, scopeOf(request));
  const values = columns.map((column, i) => sql`${valueOf(column)} AS ${raw(`b${i}`)}`);
  const measures = metrics.map((key, i) => sql`${valueOf({ kind: 'metric', key })} AS ${raw(`m${i}`)}`);
  const rows = await reader.all<Record<string, string | number | null>>(
    sql`SELECT ${join([...values, ...measures], ', ')} FROM runs r WHERE ${where}`,
  );
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key: GroupKey = columns.map((_, i) => textOf(row[`b${i}`]));
    const name = JSON.stringify(key);
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { values: key, count: 0, spreads: metrics.map(() => new MetricSpread()) }));
    group.count++;
    group.spreads.forEach((spread, i) => spread.add(row[`m${i}`]));
  }
  const greatest = [...groups.values()].sort((a, b) => b.count - a.count || compareKeys(a.values, b.values));
  return {
    total: groups.size,
    groups: greatest.slice(0, limits.groups).map((group) => ({
      values: group.values,
      count: group.count,
      metrics: metrics.map((key, i) => ({ key, ...group.spreads[i]?.toMessage() })),
    })),
  };
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function compareKeys(a: GroupKey, b: GroupKey): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
