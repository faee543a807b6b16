/** Which metrics, params and tags the runs of some experiments have, and which of them tell runs apart. */
import { invalidParameter } from '../protocol/errors.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { searchRunColumns } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import { metricRanges, type MetricRange } from './metric-keys.ts';
import { runsByStart } from './run-list.ts';
import { inPlace, placeOf, type RunPlace } from './run-scope.ts';

/** What varies is told from a sample: the newest runs, and as many of all the others. */
const sampledRuns = 2000;
/** Runs with thousands of metrics are sampled less, so that this many rows are looked at. */
const mostSampledRows = 60_000;
const mostDatasets = 200;
const mostModels = 200;
const suggestedParams = 4;
const suggestedMetrics = 6;
export const mostSuggested = suggestedParams + suggestedMetrics;

type Answer = Encoded<(typeof searchRunColumns)['response']>;

interface ColumnKey {
  readonly key: string;
  /** Runs of the sample that have it. */
  readonly runs: number;
  readonly distinct: number;
  /** Runs of the sample in which it is no number; of a metric 0. */
  readonly texts: number;
}

/** What varies most comes first. */
export interface RunKeys {
  readonly params: readonly ColumnKey[];
  readonly metrics: readonly ColumnKey[];
}

export async function runColumns(
  reader: Reader,
  request: Decoded<(typeof searchRunColumns)['request']>,
): Promise<Answer> {
  const { max_results: limit, text = '' } = request;
  if (limit < 0) throw invalidParameter(`Invalid value ${limit} for parameter 'max_results' supplied: at least 0.`);
  const place = placeOf(request.experiment_ids, request.view_type);
  const sample = sampleOf(await runsByStart(reader, place), sampledRuns);
  const metrics = await metricKeys(reader, await metricRanges(reader, place), sample);
  const params = await keysOf(reader, 'params', sample);
  const tags = await keysOf(reader, 'tags', sample);
  const part = (keys: readonly ColumnKey[]): ColumnKey[] => keys.filter(({ key }) => includes(key, text));
  const [someMetrics, someParams, someTags] = [part(metrics), part(params), part(tags)];
  return {
    metrics: someMetrics.slice(0, limit),
    metrics_total: someMetrics.length,
    params: someParams.slice(0, limit),
    params_total: someParams.length,
    tags: someTags.slice(0, limit),
    tags_total: someTags.length,
    datasets: await datasetsOf(reader, place),
    models: await modelsOf(reader, place),
    sampled_runs: sample.length,
    suggested: suggestedNames({ params, metrics }),
  };
}

/** The columns for a first view: those that vary; where none does, as with a single run, any are better than nothing. */
export function suggestedNames({ params, metrics }: RunKeys): string[] {
  const measured = metrics.filter(isSuggested);
  const varyingOr = (keys: readonly ColumnKey[]): readonly ColumnKey[] =>
    keys.some(varies) ? keys.filter(varies) : keys;
  return columnNames({ params: varyingOr(params), metrics: varyingOr(measured) });
}

/** As many as a first view has room for. @param inTurn the later ones fill up what those before leave */
export function columnNames(...inTurn: readonly RunKeys[]): string[] {
  const first = (prefix: string, keys: readonly ColumnKey[], most: number): string[] =>
    [...new Set(keys.map(({ key }) => prefix + key))].slice(0, most);
  const params = inTurn.flatMap((keys) => keys.params);
  const metrics = inTurn.flatMap((keys) => keys.metrics.filter(isSuggested));
  return [...first('params.', params, suggestedParams), ...first('metrics.', metrics, suggestedMetrics)];
}

export function varies({ distinct }: ColumnKey): boolean {
  return distinct > 1;
}

/** How the machine fared says little of the model. */
export function isSuggested({ key }: ColumnKey): boolean {
  return !key.startsWith('system/');
}

function includes(key: string, text: string): boolean {
  return key.toLowerCase().includes(text.toLowerCase());
}

/** The newest runs, and others at even distances. */
export function sampleOf(list: Uint32Array, size: number): Uint32Array {
  if (list.length <= size) return list;
  const newest = size / 2;
  const rest = list.length - newest;
  const others = Uint32Array.from({ length: newest }, (_, i) => list[newest + Math.floor((i * rest) / newest)] ?? 0);
  return Uint32Array.from([...list.subarray(0, newest), ...others]);
}

/** What varies most and most runs have comes first, but what only names each run; then by name. */
function byUse(keys: ColumnKey[]): ColumnKey[] {
  const use = (key: ColumnKey): number => (isLabel(key) ? 0 : key.runs * Math.log2(key.distinct));
  return keys.sort((a, b) => use(b) - use(a) || b.runs - a.runs || (a.key < b.key ? -1 : 1));
}

/** Another text in every run, such as a description, tells nothing that its name does not. */
function isLabel({ runs, distinct, texts }: ColumnKey): boolean {
  return runs >= 10 && distinct === runs && texts === runs;
}

export async function keysOf(reader: Reader, table: 'params' | 'tags', sample: Uint32Array): Promise<ColumnKey[]> {
  const few = await affordable(reader, table, sample);
  return byUse(
    await reader.all<ColumnKey>(
      sql`SELECT key, count(*) AS runs, count(DISTINCT value) AS "distinct",
            sum(value NOT GLOB '[-+.0-9]*') AS texts FROM ${raw(table)}
          WHERE run IN ${reader.dialect.intSet([...few])} GROUP BY key`,
    ),
  );
}

/** Every n-th run of the sample, so that not too many rows are looked at. */
async function affordable(
  reader: Reader,
  table: 'params' | 'tags' | 'latest_metrics',
  sample: Uint32Array,
): Promise<Uint32Array> {
  const probe = sample.filter((_, i) => i % Math.ceil(sample.length / 20) === 0);
  const row = await reader.first<{ rows: number }>(
    sql`SELECT count(*) AS rows FROM ${raw(table)} WHERE run IN ${reader.dialect.intSet([...probe])}`,
  );
  const rowsOfSample = ((row?.rows ?? 0) / Math.max(1, probe.length)) * sample.length;
  const every = Math.max(1, Math.ceil(rowsOfSample / mostSampledRows));
  return every === 1 ? sample : sample.filter((_, i) => i % every === 0);
}

/**
 * All keys, from the index; whether a metric varies in the place is known exactly, how much in the sample.
 *
 * @param alone whether the sample is all there is to tell apart, whatever varies in the rest of the place
 */
export async function metricKeys(
  reader: Reader,
  ranges: ReadonlyMap<number, MetricRange>,
  sample: Uint32Array,
  alone = false,
): Promise<ColumnKey[]> {
  const few = await affordable(reader, 'latest_metrics', sample);
  const sampled = await reader.all<{ id: number; runs: number; values: number }>(
    sql`SELECT key AS id, count(*) AS runs, count(DISTINCT CASE WHEN nan = 0 THEN value END) AS "values" FROM latest_metrics
        WHERE run IN ${reader.dialect.intSet([...few])} GROUP BY key`,
  );
  const inSample = new Map(sampled.map((row) => [row.id, row]));
  // Where only some runs of the sample were looked at, what they have stands for all.
  const scale = few.length === 0 ? 1 : sample.length / few.length;
  const keys = [...ranges.values()].map(({ id, key, low, high }): ColumnKey => {
    const { runs, values } = inSample.get(id) ?? { runs: 0, values: 0 };
    const least = low === high || (alone && few.length === sample.length) ? 1 : 2;
    return { key, runs: Math.round(runs * scale), distinct: Math.max(least, values), texts: 0 };
  });
  return byUse(keys);
}

function datasetsOf(reader: Reader, place: RunPlace): Promise<{ name: string; digest: string }[]> {
  const { intSet } = reader.dialect;
  return reader.all(
    sql`SELECT DISTINCT d.name, d.digest FROM datasets d WHERE d.experiment IN ${intSet(place.experiments)}
        AND EXISTS (SELECT 1 FROM run_datasets rd JOIN runs r ON r.id = rd.run WHERE rd.dataset = d.id AND ${inPlace('r', place, reader.dialect)})
        ORDER BY d.name, d.digest LIMIT ${mostDatasets}`,
  );
}

/** Names of the registered models and the logged ones that runs of the place made. */
async function modelsOf(reader: Reader, place: RunPlace): Promise<string[]> {
  const where = inPlace('r', place, reader.dialect);
  const rows = await reader.all<{ name: string }>(
    sql`SELECT g.name FROM registered_models g WHERE EXISTS (
          SELECT 1 FROM model_versions v JOIN runs r ON r.uuid = v.run_id WHERE v.model = g.id AND ${where})
        UNION SELECT m.name FROM logged_models m
          WHERE m.lifecycle = 0 AND m.source_run_id <> '' AND m.experiment IN ${reader.dialect.intSet(place.experiments)}
        ORDER BY 1 LIMIT ${mostModels}`,
  );
  return rows.map(({ name }) => name);
}
