/** Runs side by side. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { compareRuns } from '../../../src/protocol/comparison.ts';
import type { RunStatus } from '../../../src/protocol/runs.ts';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { call } from './client.ts';
import { runNameOf } from './run-name.ts';

export interface ComparedRun {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly status: RunStatus;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly user: string;
  readonly deleted: boolean;
}

/** Values are in the order of the runs; undefined where a run has none. */
export interface KeyRow<Value> {
  readonly key: string;
  readonly values: readonly (Value | undefined)[];
}

export interface ComparedDataset {
  /** Place of the run. */
  readonly run: number;
  readonly name: string;
  readonly digest: string;
  readonly source: string;
  readonly sourceType: string;
  readonly schema: string;
  readonly context: string;
}

export interface ComparedModel {
  readonly run: number;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly made: boolean;
}

export interface Comparison {
  readonly runs: readonly ComparedRun[];
  readonly params: readonly KeyRow<string>[];
  readonly tags: readonly KeyRow<string>[];
  readonly metrics: readonly KeyRow<number>[];
  /** Metrics of which some run has a line. */
  readonly lines: readonly string[];
  readonly datasets: readonly ComparedDataset[];
  readonly models: readonly ComparedModel[];
  /** Long texts were too many to be sent whole. */
  readonly cut: boolean;
}

export const mostCompared = 100;

export function comparisonQuery(ids: readonly string[]) {
  return queryOptions({
    queryKey: ['compare', ids.join()],
    queryFn: async ({ signal }) => comparisonOf(await call(compareRuns, { run_ids: ids }, signal)),
    // A run that is added or taken away leaves the others where they are.
    placeholderData: keepPreviousData,
  });
}

function comparisonOf(answer: Encoded<(typeof compareRuns)['response']>): Comparison {
  const {
    runs = [],
    texts = [],
    params = [],
    tags = [],
    metrics = [],
    lines = [],
    datasets = [],
    models = [],
  } = answer;
  const textRow = ({ key = '', values = [] }: (typeof params)[number]): KeyRow<string> => ({
    key,
    values: values.map((place) => (place === null ? undefined : texts[place])),
  });
  return {
    runs: runs.map((run) => ({
      id: run.run_id ?? '',
      number: Number(run.run_number ?? 0),
      name: runNameOf(run),
      experimentId: run.experiment_id ?? '',
      experimentName: run.experiment_name ?? '',
      status: run.status ?? 'RUNNING',
      start: timeOf(run.start_time),
      end: timeOf(run.end_time),
      user: run.user_id ?? '',
      deleted: run.lifecycle_stage === 'deleted',
    })),
    params: params.map(textRow),
    tags: tags.map(textRow),
    metrics: metrics.map(({ key = '', values = [] }) => ({
      key,
      values: values.map((value) => (value === null ? undefined : Number(value))),
    })),
    lines,
    datasets: datasets.map((one) => ({
      run: one.run ?? 0,
      name: one.name ?? '',
      digest: one.digest ?? '',
      source: one.source ?? '',
      sourceType: one.source_type ?? '',
      schema: one.schema ?? '',
      context: one.context ?? '',
    })),
    models: models.map((one) => ({
      run: one.run ?? 0,
      id: one.model_id ?? '',
      name: one.name || (one.model_id ?? ''),
      type: one.model_type ?? '',
      made: one.direction === 'output',
    })),
    cut: answer.cut ?? false,
  };
}

/** 0 is how a client says that it does not know. */
function timeOf(time: number | bigint | undefined): number | undefined {
  return time === undefined || Number(time) === 0 ? undefined : Number(time);
}
