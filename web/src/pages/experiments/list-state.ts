/** What the list shows, as it stands in the address. */
import type { OverviewOrder, OverviewQuestion } from '../../api/experiments.ts';
import type { UrlValues } from '../../components/url-state.ts';

export interface ListState {
  readonly words: string;
  readonly deleted: boolean;
  readonly order: OverviewOrder;
  readonly ascending: boolean;
  /** Undefined: folded as long as the list is short. */
  readonly tree: boolean | undefined;
  readonly closed: ReadonlySet<string>;
}

const orders: readonly string[] = [
  'name',
  'last_activity',
  'runs',
  'running',
  'creation_time',
  'tags',
  'description',
] satisfies OverviewOrder[];

export function readListState(values: UrlValues): ListState {
  const sort = values['sort'] ?? '';
  const order = sort.replace(/^-/, '');
  const known = orders.includes(order);
  return {
    words: values['q'] ?? '',
    deleted: values['view'] === 'deleted',
    order: known ? (order as OverviewOrder) : 'last_activity',
    ascending: known && !sort.startsWith('-'),
    tree: values['tree'] === undefined ? undefined : values['tree'] !== 'off',
    closed: new Set((values['closed'] ?? '').split(',').filter(Boolean).map(decode)),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function writeClosed(closed: ReadonlySet<string>): string {
  return [...closed].map(encodeURIComponent).join();
}

/** Columns that are read from a to z; in the others the greatest is wanted first. */
const texts: readonly string[] = ['name', 'tags', 'description'] satisfies OverviewOrder[];

/** A click on a header: the other way round, or by that column in the way that is mostly wanted. */
export function sortAfterClick({ order, ascending }: ListState, key: string): string {
  if (order === key) return ascending ? `-${key}` : key;
  return texts.includes(key) ? key : `-${key}`;
}

/** Something that starts as a clause of MLflow's filters do; all else is looked for in names and tags. */
const clause =
  /^\s*(?:attributes?\.)?(?:name|experiment_id|creation_time|last_update_time|tags?\.\S+)\s*(?:[=!<>]|i?like\b|(?:not\s+)?in\b)/i;

export function isFilter(words: string): boolean {
  return clause.test(words);
}

/** The question for the starred ones (`only`), or for all others. */
export function questionOf(state: ListState, starred: readonly string[], only: boolean): OverviewQuestion {
  const own = isFilter(state.words) ? state.words.trim() : '';
  const ids = starred.map((id) => `'${id}'`).join(', ');
  const stars = starred.length === 0 ? '' : `experiment_id ${only ? 'IN' : 'NOT IN'} (${ids})`;
  return {
    filter: [own, stars].filter(Boolean).join(' AND '),
    text: own === '' ? state.words.trim() : '',
    view_type: state.deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
    order_by: state.order,
    ascending: state.ascending,
  };
}
