/** What the pages of AutoML ask the server to do. */
import { queryOptions } from '@tanstack/react-query';
import type { SemanticType } from '../../../src/protocol/automl-record.ts';
import { describeData, extendSearch, registerBest, stopSearch, submitSearch } from '../../../src/protocol/automl.ts';
import type { AutomlRequest } from './automl-request.ts';
import { call, failureOf, prefix, reach } from './client.ts';
import { wholeJob, type Job } from './jobs.ts';
import { queryClient } from './query-client.ts';

export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  readonly semantic: SemanticType;
  readonly missing: number;
  readonly unique: number;
  readonly examples: readonly string[];
  /** Why models would not see it. */
  readonly unused: string | undefined;
}

export interface DescribedData {
  readonly columns: readonly DescribedColumn[];
  /** Undefined: not counted. */
  readonly rows: number | undefined;
  readonly sampled: boolean;
  readonly warnings: readonly string[];
}

/** What a search would see of a data set. */
export function dataAt(dataset: string, query: string) {
  return queryOptions({
    queryKey: ['automl', 'data', dataset, query],
    retry: false,
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<DescribedData> => {
      const answer = await call(describeData, { dataset, ...(query !== '' && { query }) }, signal);
      return {
        columns: (answer.columns ?? []).map((column) => ({
          name: column.name ?? '',
          type: column.type ?? '',
          semantic: column.semantic ?? 'categorical',
          missing: Number(column.missing ?? 0),
          unique: Number(column.unique ?? 0),
          examples: column.examples ?? [],
          unused: column.used === false ? (column.reason ?? '') : undefined,
        })),
        rows: answer.rows === undefined ? undefined : Number(answer.rows),
        sampled: answer.sampled ?? false,
        warnings: answer.warnings ?? [],
      };
    },
  });
}

/** Gives what to call the data set from now on. */
export async function uploadData(file: File): Promise<string> {
  const url = `${prefix}/ajax-api/2.0/modelyard/automl/data/${encodeURIComponent(file.name)}`;
  const response = await reach(url, { method: 'PUT', body: file });
  if (!response.ok) throw await failureOf(response);
  return ((await response.json()) as { dataset: string }).dataset;
}

export async function beginSearch(config: AutomlRequest): Promise<Job> {
  const made = wholeJob((await call(submitSearch, { config })).job);
  void queryClient.invalidateQueries({ queryKey: ['jobs'] });
  return made;
}

/** A running search ends with what it has. */
export async function askToStop(search: string): Promise<void> {
  await call(stopSearch, { run_id: search });
  await queryClient.invalidateQueries({ queryKey: ['run', search], exact: true });
}

/** A running search gets more time. */
export async function askForMore(search: string, seconds: number): Promise<void> {
  await call(extendSearch, { run_id: search, seconds });
  await queryClient.invalidateQueries({ queryKey: ['run', search], exact: true });
}

interface Registration {
  /** Run ids. */
  readonly search: string;
  readonly trial: string;
  readonly name: string;
  readonly description: string;
}

/** Gives the version. The best of a search gets an alias too. */
export async function registerTrial({ search, trial, name, description }: Registration): Promise<string> {
  const asked = { run_id: search, trial_run_id: trial, name, ...(description !== '' && { description }) };
  const { model_version: made } = await call(registerBest, asked);
  await Promise.all(
    [['models'], ['model', name], ['run', search], ['run', trial]].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
  return made?.version ?? '';
}
