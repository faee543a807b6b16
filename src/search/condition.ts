/** A comparison of the filter grammar as SQL over one column. */
import { list, raw, sql, type Query, type SqlValue } from '../common/sql.ts';
import type { Comparison } from './syntax.ts';

/** The database's own LIKE; see `Dialect.like`. */
export interface LikeDialect {
  like(column: string, pattern: string, caseSensitive: boolean): Query;
}

/** @param column our own SQL text for the left side, never text from a request */
export function compare(column: string, comparison: Comparison, dialect: LikeDialect): Query {
  const { comparator, value } = comparison;
  const left = raw(column);
  switch (comparator) {
    case 'LIKE':
    case 'ILIKE':
      return dialect.like(column, String(value), comparator === 'LIKE');
    case 'IN':
    case 'NOT IN':
      if ((value as readonly SqlValue[]).length === 0) return raw(comparator === 'IN' ? '1 = 0' : '1 = 1');
      return sql`${left} ${raw(comparator)} ${list(value as readonly SqlValue[])}`;
    case 'IS NULL':
    case 'IS NOT NULL':
      return sql`${left} ${raw(comparator)}`;
    default:
      return sql`${left} ${raw(comparator)} ${value as SqlValue}`;
  }
}

/**
 * A comparison over rows of a key-value table that belong to one thing, such as a run's params. The key must be
 * there, as in MLflow, except for IS NULL.
 * @param rows `FROM … WHERE …` that narrows the table to the thing's rows, with `key` and `value` columns
 */
export function compareKeyed(rows: Query, comparison: Comparison, dialect: LikeDialect, alias = 'kv'): Query {
  const keyed = sql`EXISTS (SELECT 1 ${rows} AND ${raw(alias)}.key = ${comparison.key}`;
  if (comparison.comparator === 'IS NULL') return sql`NOT ${keyed})`;
  if (comparison.comparator === 'IS NOT NULL') return sql`${keyed})`;
  return sql`${keyed} AND ${compare(`${alias}.value`, comparison, dialect)})`;
}

export function direction(ascending: boolean): Query {
  return raw(ascending ? 'ASC' : 'DESC');
}
