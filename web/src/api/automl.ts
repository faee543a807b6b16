/**
 * What the pages of AutoML read. A search is a run and its trials are the children of that, found by their tags, so that
 * searches show wherever they were started.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AutomlConfig } from '../../../src/protocol/automl-config.ts';
import {
  automlPhases,
  automlTags,
  bestMetric,
  searchFiles,
  type AutomlPhase,
  type DataProfile,
} from '../../../src/protocol/automl-record.ts';
import { jobTag } from '../../../src/protocol/jobs.ts';
import { searchRuns, type RunStatus } from '../../../src/protocol/runs.ts';
import { searchRunGroups } from '../../../src/protocol/views.ts';
import { downloadUrl, listing, parentOf } from './artifacts.ts';
import { fields, readConfig } from './automl-config.ts';
import { call, failureOf, reach } from './client.ts';
import { queryClient } from './query-client.ts';
import type { RunDetail } from './run.ts';

export interface Search {
  readonly runId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly phase: AutomlPhase;
  /** Undefined: written by something that this server does not know. */
  readonly config: AutomlConfig | undefined;
  /** Of the metric that was asked for. */
  readonly best: number | undefined;
  readonly bestRun: string | undefined;
  readonly started: number;
  readonly ended: number | undefined;
  readonly deadline: number | undefined;
  readonly heartbeat: number | undefined;
  /** What was asked of it and is not done yet: `stop`, or a new deadline. */
  readonly wish: string | undefined;
  readonly message: string;
  /** What was left out that the result is worse for: sentences. */
  readonly warnings: readonly string[];
  /** Such as `churn/3`. */
  readonly registered: string | undefined;
  /** The job of this server that it is. */
  readonly jobId: string | undefined;
}

type Tags = ReadonlyMap<string, string>;

function searchFrom(
  run: Pick<Search, 'runId' | 'experimentId' | 'name' | 'status' | 'started' | 'ended'>,
  tags: Tags,
  best: number | undefined,
): Search {
  const phase = automlPhases.find((one) => one === tags.get(automlTags.phase)) ?? 'preparing';
  return {
    ...run,
    phase: isOver(phase) || run.status === 'RUNNING' ? phase : run.status === 'FINISHED' ? 'finished' : 'failed',
    config: readConfig(tags.get(automlTags.config) ?? ''),
    best,
    bestRun: tags.get(automlTags.best) || undefined,
    deadline: numberOf(tags.get(automlTags.deadline)),
    heartbeat: numberOf(tags.get(automlTags.heartbeat)),
    wish: tags.get(automlTags.wish) || undefined,
    message: tags.get(automlTags.message) ?? '',
    warnings: (tags.get(automlTags.warning) ?? '').split('\n').filter((line) => line !== ''),
    registered: tags.get(automlTags.registered) || undefined,
    jobId: tags.get(jobTag) || undefined,
  };
}

function isOver(phase: AutomlPhase): boolean {
  return phase === 'finished' || phase === 'stopped' || phase === 'failed';
}

export function isRunning({ status, phase }: Pick<Search, 'status' | 'phase'>): boolean {
  return status === 'RUNNING' && !isOver(phase);
}

function numberOf(tag: string | undefined): number | undefined {
  const value = Number(tag);
  return tag === undefined || tag === '' || !Number.isFinite(value) ? undefined : value;
}

/** Undefined for a run that is no search. */
export function searchOf(run: RunDetail): Search | undefined {
  if (run.tags.get(automlTags.role) !== 'search') return undefined;
  const { id: runId, experimentId, name, status, start = 0, end: ended } = run;
  const best = run.metrics.find(({ key }) => key === bestMetric)?.value;
  return searchFrom({ runId, experimentId, name, status, started: start, ended }, run.tags, best);
}

const mostSearches = 1000;

export function tagColumn(name: string): string {
  return `tags.\`${name}\``;
}

/** Newest first. */
export function searchesIn(experimentIds: readonly string[]) {
  return queryOptions({
    queryKey: ['runs', experimentIds.join(), 'automl'],
    enabled: experimentIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly Search[]> => {
      const { runs = [] } = await call(
        searchRuns,
        {
          experiment_ids: [...experimentIds],
          filter: `${tagColumn(automlTags.role)} = 'search'`,
          run_view_type: 'ACTIVE_ONLY',
          max_results: mostSearches,
          order_by: ['attributes.start_time DESC'],
        },
        signal,
      );
      return runs.map(({ info = {}, data = {} }) =>
        searchFrom(
          {
            runId: info.run_id ?? '',
            experimentId: info.experiment_id ?? '',
            name: info.run_name ?? '',
            status: info.status ?? 'RUNNING',
            started: Number(info.start_time ?? 0),
            ended: Number(info.end_time ?? 0) || undefined,
          },
          new Map((data.tags ?? []).map(({ key = '', value = '' }) => [key, value])),
          numberOf(String(data.metrics?.find(({ key }) => key === bestMetric)?.value ?? '')),
        ),
      );
    },
  });
}

/** How many trials each search has, by the search's run. */
export function trialCounts(experimentIds: readonly string[]) {
  return queryOptions({
    queryKey: ['runs', experimentIds.join(), 'automl', 'counts'],
    enabled: experimentIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, number>> => {
      const { groups = [] } = await call(
        searchRunGroups,
        {
          experiment_ids: experimentIds,
          filter: `${tagColumn(automlTags.role)} = 'trial'`,
          by: ['tags.mlflow.parentRunId'],
        },
        signal,
      );
      return new Map(groups.map(({ values = [], count = 0 }) => [values[0] ?? '', count]));
    },
  });
}

/** What the data is like; null when the search has not told it yet. */
export function profileOf(runId: string) {
  return queryOptions({
    queryKey: ['run', runId, 'automl', 'profile'],
    queryFn: async ({ signal }): Promise<DataProfile | null> => {
      const text = await textAt(runId, searchFiles.profile, signal);
      const value: unknown = parsed(text);
      return Array.isArray(fields(value)['columns']) ? (value as DataProfile) : null;
    },
  });
}

function parsed(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return null;
  }
}

/** A small text among the artifacts of a run; null when there is none. */
export function fileTextOf(runId: string, path: string) {
  return queryOptions({
    queryKey: ['run', runId, 'automl', 'file', path],
    queryFn: ({ signal }) => textAt(runId, path, signal),
  });
}

/** Asked for only when it is there: what is missing is no error. */
async function textAt(runId: string, path: string, signal: AbortSignal): Promise<string | null> {
  const entries = await queryClient.query(listing(runId, parentOf(path)));
  if (!entries.some((entry) => entry.path === path)) return null;
  const response = await reach(downloadUrl(runId, path), { signal, cache: 'no-cache' });
  if (!response.ok) throw await failureOf(response);
  return response.text();
}
