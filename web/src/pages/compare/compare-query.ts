/** What the address of a comparison says, and back. */
import type { UrlValues } from '../../components/url-state.ts';
import { readList, writeList } from '../runs/run-query.ts';

export const compareViews = ['table', 'curves', 'charts', 'data', 'files', 'media'] as const;
export type CompareView = (typeof compareViews)[number];

export const sections = ['facts', 'params', 'metrics', 'tags', 'clientTags'] as const;
export type Section = (typeof sections)[number];

export interface CompareQuery {
  /** In the order of the columns. */
  readonly ids: readonly string[];
  readonly view: CompareView;
  /** Others are told by their difference to it; the first run by default. */
  readonly baseline: string | undefined;
  readonly words: string;
  /** Sections that show something else than they do by themselves: all rows, or only those that differ. */
  readonly turned: ReadonlySet<Section>;
  readonly folded: ReadonlySet<Section>;
  /** Metrics for which the reader said what is better: true where higher is. */
  readonly better: ReadonlyMap<string, boolean>;
  /** The row whose values are shown whole, as `params.lr`. */
  readonly row: string | undefined;
}

export function readCompareQuery(values: UrlValues): CompareQuery {
  const listed = (name: string): Set<Section> =>
    new Set(readList(values[name]).filter((one): one is Section => (sections as readonly string[]).includes(one)));
  return {
    ids: [...new Set(readList(values['runs']).filter((id) => /^[\w-]+$/.test(id)))],
    view: compareViews.find((view) => view === values['view']) ?? 'table',
    baseline: values['baseline'],
    words: values['q'] ?? '',
    turned: listed('turned'),
    folded: listed('fold'),
    better: new Map(
      (values['better'] ?? '')
        .split(',')
        .filter(Boolean)
        .map((item) => [readList(item.slice(1))[0] ?? '', item.startsWith('^')]),
    ),
    row: values['row'],
  };
}

/** As in the address of a table of runs. */
export function writeBetter(better: ReadonlyMap<string, boolean>): string {
  return [...better].map(([key, higher]) => (higher ? '^' : '_') + writeList([key])).join();
}

/** With one more, or without it. */
export function turnedOf(set: ReadonlySet<Section>, section: Section): string {
  const others = sections.filter((one) => (one === section ? !set.has(one) : set.has(one)));
  return others.join();
}

export function compareAddress(ids: readonly string[]): string {
  if (ids.length === 0) return '/compare';
  return `/compare?runs=${ids.map(encodeURIComponent).join()}`;
}
