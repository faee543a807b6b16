/** A run, what stands around it, and its lines. Everything of a run has a key that starts with `['run', runId]`. */
import { queryOptions } from '@tanstack/react-query';
import type { Encoded, Int64 } from '../../../src/protocol/schema.ts';
import { getRun, type RunStatus } from '../../../src/protocol/runs.ts';
import { getRunLines, getRunSummary, searchMetricSeries, searchMetricSummaries } from '../../../src/protocol/views.ts';
import { batcher } from './batcher.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';
import { bringBackRun, removeRun, renameRun, tagRun, untagRun } from './run-changes.ts';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface LastMetric {
  readonly key: string;
  readonly value: number;
  readonly step: Int64;
}

export interface RunDataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string;
  readonly profile: string;
  readonly context: string;
}

export interface RunDetail {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly user: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly artifactUri: string;
  readonly deleted: boolean;
  readonly metrics: readonly LastMetric[];
  readonly params: readonly KeyValue[];
  readonly tags: ReadonlyMap<string, string>;
  readonly datasets: readonly RunDataset[];
}

/** `layer.2` before `layer.10`. Ten thousand keys are compared as plain texts: a collator takes ten times as long. */
export function byKey<T extends { readonly key: string }>(items: readonly T[]): T[] {
  const padded = items.map(
    (item) => [item.key.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(8, '0')), item] as const,
  );
  return padded.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

/** The wire leaves out what is empty; a page wants to say so. */
function detailOf({ run }: Encoded<(typeof getRun)['response']>): RunDetail {
  const { info = {}, data = {}, inputs = {} } = run ?? {};
  return {
    id: info.run_id ?? '',
    experimentId: info.experiment_id ?? '',
    name: info.run_name ?? '',
    status: info.status ?? 'RUNNING',
    user: info.user_id ?? '',
    start: timeOf(info.start_time),
    end: timeOf(info.end_time),
    artifactUri: info.artifact_uri ?? '',
    deleted: info.lifecycle_stage === 'deleted',
    metrics: byKey(
      (data.metrics ?? []).map(({ key = '', value, step }) => ({ key, value: Number(value), step: step ?? 0 })),
    ),
    params: byKey((data.params ?? []).map(({ key = '', value = '' }) => ({ key, value }))),
    tags: new Map(
      byKey((data.tags ?? []).map(({ key = '', value = '' }) => ({ key, value }))).map(({ key, value }) => [
        key,
        value,
      ]),
    ),
    datasets: (inputs.dataset_inputs ?? []).map(({ tags = [], dataset = {} }) => ({
      name: dataset.name ?? '',
      digest: dataset.digest ?? '',
      sourceType: dataset.source_type ?? '',
      source: dataset.source ?? '',
      schema: dataset.schema ?? '',
      profile: dataset.profile ?? '',
      context: tags.find(({ key }) => key === 'mlflow.data.context')?.value ?? '',
    })),
  };
}

/** 0 is how a client says that it does not know. */
function timeOf(time: Int64 | undefined): number | undefined {
  return time === undefined || Number(time) === 0 ? undefined : Number(time);
}

export function runQuery(runId: string) {
  return queryOptions({
    queryKey: ['run', runId],
    queryFn: async ({ signal }) => detailOf(await call(getRun, { run_id: runId }, signal)),
  });
}

export type RunSurroundings = Encoded<(typeof getRunSummary)['response']>;

export function surroundingsQuery(runId: string) {
  return queryOptions({
    queryKey: ['run', runId, 'surroundings'],
    queryFn: ({ signal }) => call(getRunSummary, { run_id: runId }, signal),
  });
}

export interface MetricSummary {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly spark: readonly number[];
}

const askSummary = batcher<string, MetricSummary>({
  most: 200,
  wait: 40,
  load: async (runId, keys) => {
    const { summaries = [] } = await call(searchMetricSummaries, { run_id: runId, keys });
    return new Map(
      summaries.map(({ key = '', min, max, count = 0, spark = [] }) => [
        key,
        { min: min ?? NaN, max: max ?? NaN, count, spark: spark.map(Number) },
      ]),
    );
  },
});

export function metricSummaryQuery(runId: string, key: string) {
  return queryOptions({
    queryKey: ['run', runId, 'summary', key],
    queryFn: async ({ signal }) => (await askSummary(runId, key, signal)) ?? null,
  });
}

/** The keys of the metrics with more than one point. */
export function runLinesQuery(runId: string) {
  return queryOptions({
    queryKey: ['run', runId, 'lines'],
    queryFn: async ({ signal }): Promise<ReadonlySet<string>> =>
      new Set((await call(getRunLines, { run_id: runId }, signal)).keys),
  });
}

/** Which points of lines are asked for. */
export interface PointScope {
  /** `relative` in milliseconds since each run's own start. */
  readonly x: 'step' | 'time' | 'relative';
  /** Of one line; more are thinned. */
  readonly mostPoints: number;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Around the stretch, for smoothing: a share of the whole x, and points on either side. */
  readonly marginShare?: number;
  readonly marginPoints?: number;
}

export interface SeriesScope extends PointScope {
  readonly runId: string;
}

/** Of a whole line, whatever part of it is at hand. */
export interface Extent {
  readonly first: number;
  readonly last: number;
  readonly points: number;
}

export interface Series {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points in the stretch that was asked for, of which those here may be a sample. */
  readonly total: number;
  /** Undefined without points. */
  readonly whole?: Extent | undefined;
}

const askSeries = batcher<SeriesScope, Series>({
  most: 50,
  wait: 0,
  load: async ({ runId, ...scope }, keys) => {
    const { lines = [] } = await call(searchMetricSeries, pointQuestion(scope, [runId], keys));
    return new Map(lines.map((line) => [line.key ?? '', seriesOf(line)]));
  },
});

/** As many as one question may name. */
export const mostRunsAsked = 1000;

export function pointQuestion(scope: PointScope, runIds: readonly string[], keys: readonly string[]) {
  const { x, mostPoints, from, to, marginShare, marginPoints } = scope;
  return {
    run_ids: runIds,
    metric_keys: keys,
    max_points: mostPoints,
    x,
    from,
    to,
    margin_share: marginShare,
    margin_points: marginPoints,
  };
}

type AnswerLine = NonNullable<Encoded<(typeof searchMetricSeries)['response']>['lines']>[number];

export function seriesOf({ x = [], y = [], total = 0, points = 0, first, last }: AnswerLine): Series {
  return {
    x: Float64Array.from(x),
    y: Float64Array.from(y, Number),
    total,
    ...(first !== undefined && last !== undefined && { whole: { first, last, points } }),
  };
}

export function seriesQuery(scope: SeriesScope, key: string) {
  const { runId, ...points } = scope;
  return queryOptions({
    queryKey: ['run', runId, 'series', key, points],
    queryFn: async ({ signal }) => (await askSeries(scope, key, signal)) ?? seriesOf({}),
  });
}

/** Every point, for a download. */
export async function allPoints(runId: string, key: string): Promise<{ step: number; time: number; value: number }[]> {
  const question = { run_ids: [runId], metric_keys: [key], max_points: 2_000_000, times: true };
  const { lines = [] } = await call(searchMetricSeries, question);
  const [{ x = [], y = [], t = [] } = {}] = lines;
  return x.map((step, i) => ({ step, time: t[i] ?? NaN, value: Number(y[i]) }));
}

/** Reads a run anew, and the lists it stands in. */
async function changed(run: RunDetail): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['run', run.id], exact: true }),
    queryClient.invalidateQueries({ queryKey: ['runs', run.experimentId] }),
  ]);
}

export async function rename(run: RunDetail, name: string): Promise<void> {
  await renameRun(run.id, name);
  await changed(run);
}

export async function changeTag(run: RunDetail, key: string, value: string): Promise<void> {
  await tagRun(run.id, key, value);
  await changed(run);
}

export async function removeTag(run: RunDetail, key: string): Promise<void> {
  await untagRun(run.id, key);
  await changed(run);
}

export async function setDeleted(run: RunDetail, deleted: boolean): Promise<void> {
  await (deleted ? removeRun(run.id) : bringBackRun(run.id));
  await changed(run);
}
