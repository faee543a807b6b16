/** What charts ask of the runs that are compared: all of it has come already. */
import type { Comparison, KeyRow } from '../../../api/comparison.ts';
import type { Cell } from '../../../api/run-table.ts';
import { looksNumeric } from '../../../api/statistics.ts';
import type { ChartRun, RunValues } from '../../charts/chart-run.ts';
import type { KnownColumns } from '../../charts/card-kind.ts';
import type { ColouredRun } from '../run-head.tsx';

export function chartRunsOf(runs: readonly ColouredRun[]): ChartRun[] {
  return runs.map(({ id, name, experimentId, colour, status, start }) => ({
    id,
    name,
    experimentId,
    colour,
    status,
    start,
    group: undefined,
  }));
}

export function valuesOf(comparison: Comparison): RunValues {
  const places = new Map(comparison.runs.map(({ id }, place) => [id, place]));
  const columns = new Map<string, readonly (Cell | undefined)[]>([
    ...comparison.params.map(({ key, values }) => [`params.${key}`, values] as const),
    ...comparison.tags.map(({ key, values }) => [`tags.${key}`, values] as const),
    ...comparison.metrics.map(({ key, values }) => [`metrics.${key}`, values.map(cellOf)] as const),
    ...Object.entries(attributes).map(
      ([name, valueOf]) => [`attributes.${name}`, comparison.runs.map(valueOf)] as const,
    ),
  ]);
  return { at: (runId, column) => columns.get(column)?.[places.get(runId) ?? -1] ?? null, loading: false };
}

/** NaN and the infinities are texts in cells. */
function cellOf(value: number | undefined): Cell | undefined {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

type Run = Comparison['runs'][number];

const attributes: Readonly<Record<string, (run: Run) => Cell | undefined>> = {
  run_name: ({ name }) => name,
  run_id: ({ id }) => id,
  experiment: ({ experimentName }) => experimentName,
  experiment_id: ({ experimentId }) => experimentId,
  user_id: ({ user }) => user,
  status: ({ status }) => status,
  start_time: ({ start }) => start,
  end_time: ({ end }) => end,
  duration: ({ start, end }) => (start === undefined || end === undefined ? undefined : end - start),
};

/**
 * Keys that vary. Metrics of data that was held back come first, then those with a line; params that are numbers come
 * before words, which have less to show; long texts, several lines and JSON have nothing.
 */
export function knownColumns({ params, metrics, lines }: Comparison): KnownColumns & { readonly numbers: string[] } {
  const lined = new Set(lines);
  const rank = ({ key }: { readonly key: string }): number => (heldBack.test(key) ? 0 : lined.has(key) ? 1 : 2);
  const varying = <Value>(rows: readonly KeyRow<Value>[]) =>
    rows.filter(({ values }) => distinct(values) > 1).toSorted((a, b) => filled(b.values) - filled(a.values));
  const [numbers, words] = [isNumeric, isShort].map((wanted) =>
    varying(params.filter(({ values }) => wanted(values))).map(({ key }) => key),
  );
  return {
    metrics: varying(metrics)
      .filter(({ key }) => !key.startsWith('system/'))
      .toSorted((a, b) => rank(a) - rank(b))
      .map(({ key }) => key),
    params: [...new Set([...(numbers ?? []), ...(words ?? [])])],
    numbers: numbers ?? [],
  };
}

const heldBack = /(?:^|[^a-z])(?:val|valid|validation|eval|test|holdout)(?:[^a-z]|$)/i;

function distinct(values: readonly unknown[]): number {
  return new Set(values.filter((value) => value !== undefined)).size;
}

function filled(values: readonly unknown[]): number {
  return values.filter((value) => value !== undefined).length;
}

/** No axis has room for more letters. */
const mostLetters = 30;

function isShort(values: readonly (string | undefined)[]): boolean {
  return values.every((value = '') => value.length <= mostLetters && !/[\n\r]|^\s*[[{]/.test(value));
}

function isNumeric(values: readonly (string | undefined)[]): boolean {
  return values.every((value) => value === undefined || (looksNumeric(value) && Number.isFinite(Number(value))));
}
