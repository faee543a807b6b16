/** Searches as the list has them. */
import type { Search } from '../../api/automl.ts';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';

export interface SearchRow extends Search {
  readonly experiment: string;
  readonly trials: number;
}

export function searchRows(
  searches: readonly Search[],
  experiments: readonly { readonly id: string; readonly name: string }[],
  trials: ReadonlyMap<string, number>,
): SearchRow[] {
  const names = new Map(experiments.map(({ id, name }) => [id, name]));
  return searches.map((search) => ({
    ...search,
    experiment: names.get(search.experimentId) ?? search.experimentId,
    trials: trials.get(search.runId) ?? 0,
  }));
}

/** The last part of a path, or of the address of a database. */
export function nameOfData(dataset: string): string {
  return dataset.slice(dataset.replace(/\/+$/, '').lastIndexOf('/') + 1) || dataset;
}

export const searchOrders = [
  'name',
  'state',
  'problem',
  'data',
  'target',
  'metric',
  'best',
  'trials',
  'time',
  'started',
  'experiment',
  'registered',
] as const;
export type SearchOrder = (typeof searchOrders)[number];

const values: Readonly<Record<SearchOrder, (row: SearchRow) => string | number>> = {
  name: ({ name }) => name,
  state: ({ phase }) => text.phases[phase],
  problem: ({ config }) => config?.problem_type ?? '',
  data: ({ config }) => nameOfData(config?.dataset ?? ''),
  target: ({ config }) => config?.target_col ?? '',
  metric: ({ config }) => config?.primary_metric ?? '',
  best: ({ best }) => best ?? -Infinity,
  trials: ({ trials }) => trials,
  time: ({ started, ended }) => (ended ?? Date.now()) - started,
  started: ({ started }) => started,
  experiment: ({ experiment }) => experiment,
  registered: ({ registered }) => registered ?? '',
};

const byWords = new Intl.Collator(undefined, { numeric: true });

export function sortedSearches(rows: readonly SearchRow[], order: SearchOrder, ascending: boolean): SearchRow[] {
  const value = values[order];
  return rows.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    const by =
      typeof one === 'number' && typeof other === 'number' ? one - other : byWords.compare(String(one), String(other));
    // Two without a value are as far apart as infinity from itself.
    return Number.isNaN(by) || by === 0 ? b.started - a.started : ascending ? by : -by;
  });
}

/** Every word must stand somewhere in what the row shows. */
export function matchingSearches(rows: readonly SearchRow[], query: string): readonly SearchRow[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter(({ name, experiment, phase, config, registered }) => {
    const about = config
      ? [words.problems[config.problem_type], config.dataset, config.target_col, words.metrics[config.primary_metric]]
      : [];
    const shown = [name, experiment, text.phases[phase], registered ?? '', ...about].join(' ').toLowerCase();
    return wanted.every((word) => shown.includes(word));
  });
}
