import { text } from '../../text/charts-page.ts';
import { titleOf } from '../runs/column-title.ts';
import type { CardSpec } from './card-spec.ts';

/** The reader's own title, else what the card shows. */
export function cardTitle({ kind, columns, options }: CardSpec): string {
  const own = options['title'];
  if (typeof own === 'string' && own.trim() !== '') return own.trim();
  const names = columns.map((name) => titleOf({ name, aggregate: 'last' }));
  const [first] = names;
  switch (kind) {
    case 'note':
    case 'parallel':
      return text.kinds[kind];
    case 'scatter':
    case 'contour':
      return names.length === 0 ? text.kinds[kind] : names.join(' × ');
    case 'importance':
      return first === undefined ? text.kinds[kind] : text.importanceOf(first);
    default:
      return first ?? text.kinds[kind];
  }
}
