/** Which params go with a metric: how much of the order of the runs a param tells, and in which direction. */
import { ranksOf, spearman } from '../common/correlation.ts';
import { areSureGroups, isSureCorrelation } from '../common/significance.ts';
import { join, sql } from '../common/sql.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { inWords } from '../protocol/limits.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { searchParamImportance } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { paramFeature, type ParamFeature } from './param-feature.ts';
import { forestOf } from './random-forest.ts';
import { keysOf, sampleOf } from './run-columns.ts';
import { listRuns } from './run-list.ts';
import { inPlace, scopeOf, type RunScope } from './run-scope.ts';
import { idsOfRuns } from './run-table.ts';
import { fromStoredValue } from './shown-number.ts';

/** With these a forest takes a good part of a second. */
const mostRuns = 2000;
const mostParams = 50;
/** With fewer, every param seems to tell something. */
const leastRuns = 10;
/** Longer values are told apart by their beginning. */
const longestValue = 500;

type Answer = Encoded<(typeof searchParamImportance)['response']>;
type ImportanceRequest = Decoded<(typeof searchParamImportance)['request']>;

export async function paramImportance(reader: Reader, request: ImportanceRequest): Promise<Answer> {
  if (request.run_ids.length > mostRuns) {
    throw invalidParameter(`Invalid value for parameter 'run_ids' supplied: at most ${inWords(mostRuns)} runs.`);
  }
  const scope = scopeOf(request);
  const values = await metricValues(reader, scope, request.metric);
  const wanted = request.run_ids.length === 0 ? undefined : await idsOfRuns(reader, request.run_ids);
  const found = await listRuns(reader, scope);
  const measured = found.filter((id) => values.has(id) && wanted?.has(id) !== false);
  const sample = sampleOf(measured, mostRuns);
  // By ranks: one run that went astray, with a loss of 1e30, would be all there is to explain.
  const order = ranksOf(Float64Array.from(sample, (id) => values.get(id) ?? 0));
  const keys = await keysOf(reader, 'params', sample);
  const features = await featuresOf(reader, sample, keys.slice(0, mostParams).map(({ key }) => key)); // prettier-ignore
  const forest = sample.length < leastRuns ? undefined : forestOf([...features.values()], order);
  const params = [...features].map(([key, feature], i) => {
    const { kind, runs, distinct } = feature;
    return { key, kind, runs, distinct, importance: forest?.importances[i], ...directionOf(feature, order) };
  });
  const strength = ({ importance = 0, spearman: sign = 0 }: (typeof params)[number]): number[] => [
    importance,
    Math.abs(sign),
  ];
  return {
    runs: measured.length,
    sampled_runs: sample.length,
    params_total: keys.length,
    explained: forest?.explained,
    params: params.sort((a, b) => compareLists(strength(b), strength(a)) || (a.key < b.key ? -1 : 1)),
  };
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sign, value, i) => sign || value - (b[i] ?? 0), 0);
}

/** Finite ones only. */
async function metricValues(reader: Reader, scope: RunScope, metric: string): Promise<Map<number, number>> {
  const rows = await reader.all<{ id: number; value: number }>(
    sql`SELECT l.run AS id, l.value AS value FROM latest_metrics l WHERE ${inPlace('l', scope, reader.dialect)}
        AND l.key = (SELECT id FROM metric_keys WHERE name = ${metric}) AND l.nan = 0`,
  );
  return new Map(
    rows.flatMap(({ id, value }) => (Number.isFinite(fromStoredValue(value)) ? [[id, value] as const] : [])),
  );
}

async function featuresOf(
  reader: Reader,
  sample: Uint32Array,
  keys: readonly string[],
): Promise<Map<string, ParamFeature>> {
  if (keys.length === 0) return new Map();
  const wanted = join(keys.map((key) => sql`${key}`), ', '); // prettier-ignore
  const rows = await reader.all<{ id: number; key: string; value: string }>(
    sql`SELECT run AS id, key, substr(value, 1, ${longestValue}) AS value FROM params
        WHERE run IN ${reader.dialect.intSet([...sample])} AND key IN (${wanted})`,
  );
  const byKey = Map.groupBy(rows, ({ key }) => key);
  const features = new Map<string, ParamFeature>();
  for (const key of keys) {
    const values = new Map(byKey.get(key)?.map(({ id, value }) => [id, value]));
    const feature = paramFeature(Array.from(sample, (id) => values.get(id)));
    if (feature) features.set(key, feature);
  }
  return features;
}

/** Whether the metric grows with a number; of categories, which go with the least and the most of it. */
function directionOf(
  feature: ParamFeature,
  order: Float64Array,
): Pick<NonNullable<Answer['params']>[number], 'spearman' | 'significant' | 'lowest' | 'highest'> {
  const { kind, numbers, codes, names } = feature;
  if (kind === 'number') {
    const has = Uint32Array.from(numbers.keys()).filter((i) => !Number.isNaN(numbers[i]));
    const rho = spearman(
      Float64Array.from(has, (i) => numbers[i] ?? 0),
      Float64Array.from(has, (i) => order[i] ?? 0),
    );
    return rho === undefined ? {} : { spearman: rho, significant: isSureCorrelation(rho, has.length) };
  }
  const named = [...Map.groupBy(codes.keys(), (i) => codes[i] ?? 0)]
    .flatMap(([code, places]) => {
      const name = names[code];
      return name === undefined ? [] : [{ name, ranks: places.map((i) => order[i] ?? 0) }];
    })
    .map((one) => ({ ...one, middle: middleOf(one.ranks) }))
    .sort((a, b) => a.middle - b.middle);
  if (named.length < 2) return {};
  const significant = areSureGroups(named.map(({ ranks }) => ranks));
  return { significant, lowest: named[0]?.name, highest: named.at(-1)?.name };
}

function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2;
}
