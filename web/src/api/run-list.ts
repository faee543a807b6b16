/** All runs that a question finds, up to as many as charts draw, with the metrics that they have. */
import { queryOptions } from '@tanstack/react-query';
import { batcher } from './batcher.ts';
import { fetchWindow, runsKey, type Cell, type TableQuestion, type TableRow } from './run-table.ts';

/** As many as one chart draws. */
const mostListed = 1000;
const windowSize = 500;

export interface ListedMetric {
  readonly key: string;
  /** Some run has more than one point. */
  readonly line: boolean;
}

export interface RunList {
  /** What it answers. */
  readonly question: TableQuestion;
  readonly rows: readonly TableRow[];
  /** Those that match, listed or not. */
  readonly matched: number;
  readonly matchedRunning: number;
  readonly totalAll: number;
  readonly metrics: readonly ListedMetric[];
}

async function fetchList(question: TableQuestion, metrics: boolean, signal?: AbortSignal): Promise<RunList> {
  const first = await fetchWindow(question, { offset: 0, size: windowSize, metrics }, signal);
  const rows = [...first.rows];
  const found = new Map(first.metrics.map((one) => [one.key, one]));
  const { snapshot, total } = first;
  for (let offset = windowSize; offset < Math.min(total, mostListed); offset += windowSize) {
    const next = await fetchWindow(question, { offset, size: windowSize, snapshot, metrics }, signal);
    rows.push(...next.rows);
    for (const one of next.metrics) found.set(one.key, { ...one, line: one.line || found.get(one.key)?.line === true });
  }
  const { matched, matchedRunning, totalAll } = first;
  return { question, rows, matched, matchedRunning, totalAll, metrics: [...found.values()] };
}

export function runListQuery(question: TableQuestion) {
  return queryOptions({
    queryKey: [...runsKey(question.experiment_ids), 'list', question],
    queryFn: ({ signal }) => fetchList(question, true, signal),
  });
}

export type ColumnOfRuns = ReadonlyMap<string, Cell>;

export interface ColumnQuestion extends TableQuestion {
  /** Runs beside those that the question finds: pinned ones stay whatever is filtered. */
  readonly also?: readonly string[] | undefined;
}

const askColumn = batcher<ColumnQuestion, ColumnOfRuns>({
  most: 100,
  wait: 0,
  load: async ({ also = [], ...question }, names) => {
    const columns = names.map((name) => ({ name, aggregate: 'last' as const }));
    const questions =
      also.length === 0 ? [question] : [question, { ...question, text: '', filter: filterOfRuns(also) }];
    const lists = await Promise.all(questions.map((one) => fetchList({ ...one, columns }, false)));
    const rows = lists.flatMap((list) => list.rows);
    return new Map(
      names.map((name, i) => [name, new Map(rows.map(({ run_id, cells }) => [run_id, cells[i] ?? null]))]),
    );
  },
});

/** As a filter; an address may have made the ids. */
export function filterOfRuns(ids: readonly string[]): string {
  return `attributes.run_id IN (${ids.map((id) => `'${id.replace(/[^\w-]/g, '')}'`).join(', ')})`;
}

/** What the keys of all columns of these experiments begin with. */
export function columnsKey({ experiment_ids: experiments }: ColumnQuestion): readonly string[] {
  return [...runsKey(experiments), 'column'];
}

/** What the runs of a list have under one column. Columns that are asked for together come in one answer. */
export function runColumnQuery(question: ColumnQuestion, column: string) {
  return queryOptions({
    queryKey: [...columnsKey(question), question, column],
    queryFn: async ({ signal }): Promise<ColumnOfRuns> => (await askColumn(question, column, signal)) ?? new Map(),
  });
}
