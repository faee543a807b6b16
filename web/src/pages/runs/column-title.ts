import { count } from '../../components/format.ts';
import { text as cells } from '../../text/run-cells.ts';
import { text } from '../../text/runs.ts';
import { splitColumn, type ColumnRef } from './run-query.ts';

/** What stands in the header of a column. */
export function titleOf({ name, aggregate, step = 0 }: ColumnRef): string {
  const [kind, key] = splitColumn(name);
  const title = kind === 'attributes' ? (text.columns[key] ?? key) : key;
  if (aggregate === 'at') return cells.atStep(title, count(step));
  return aggregate === 'last' ? title : `${title} (${aggregate})`;
}
