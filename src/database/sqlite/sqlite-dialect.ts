import type { Dialect } from '../database.ts';
import { raw, sql } from '../../common/sql.ts';

const exact = Number.MAX_SAFE_INTEGER;

export const sqliteDialect: Dialect = {
  int64: (column) =>
    `CASE WHEN ${column} BETWEEN -${exact} AND ${exact} THEN ${column} ELSE CAST(${column} AS TEXT) END`,
  // LIKE of SQLite ignores case (for ASCII); GLOB respects it, with wildcards of its own.
  like: (column, pattern, caseSensitive) =>
    caseSensitive ? sql`${raw(column)} GLOB ${toGlob(pattern)}` : sql`${raw(column)} LIKE ${pattern}`,
  intSet: (ids) => sql`(SELECT value FROM json_each(${`[${ids.join()}]`}))`,
};

function toGlob(pattern: string): string {
  return pattern.replace(/[*?[%_]/g, (c) => (c === '%' ? '*' : c === '_' ? '?' : `[${c}]`));
}
