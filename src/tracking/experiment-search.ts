/** Filter and order of an experiment search as SQL over `experiments e`. */
import { join, raw, sql, type Query } from '../common/sql.ts';
import type { Dialect } from '../database/database.ts';
import { compare, compareKeyed, direction } from '../search/condition.ts';
import type { Comparison, Ordering } from '../search/syntax.ts';

const columns: Record<string, string> = {
  experiment_id: 'e.id',
  name: 'e.name',
  creation_time: 'e.creation_time',
  last_update_time: 'e.last_update_time',
};

function columnOf(key: string): string {
  const column = columns[key];
  if (column === undefined) throw new Error(`no column for the experiment attribute ${key}`);
  return column;
}

export function experimentCondition(comparison: Comparison, dialect: Dialect): Query {
  if (comparison.kind === 'tag') {
    return compareKeyed(sql`FROM experiment_tags kv WHERE kv.experiment = e.id`, comparison, dialect);
  }
  return compare(columnOf(comparison.key), comparison, dialect);
}

/** Newest first by default; ties by id. */
export function experimentOrder(orderings: readonly Ordering[]): Query {
  const terms = orderings.map((o) => sql`${raw(columnOf(o.key))} ${direction(o.ascending)}`);
  if (terms.length === 0) terms.push(raw('e.creation_time DESC'), raw('e.id DESC'));
  else terms.push(raw('e.id ASC'));
  return join(terms, ', ');
}
