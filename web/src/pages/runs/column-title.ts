import { text } from '../../text/runs.ts';
import { splitColumn, type ColumnRef } from './run-query.ts';

/** What stands in the header of a column. */
export function titleOf({ name, aggregate }: ColumnRef): string {
  const [kind, key] = splitColumn(name);
  const title = kind === 'attributes' ? (text.columns[key] ?? key) : key;
  return aggregate === 'last' ? title : `${title} (${aggregate})`;
}
