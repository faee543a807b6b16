/** The fluent functions that find runs and read their metrics. */
import { getMetricHistory as getMetricHistoryContract } from '../protocol/metrics.ts';
import * as api from '../protocol/runs.ts';
import { call } from './call.ts';
import { metricPointOf, runOf, type MetricPoint, type Run } from './entities.ts';
import { experimentIdForRuns, getExperimentByName, searchExperiments } from './fluent-experiments.ts';
import { collect, type ViewType } from './pages.ts';
import { settingsOf } from './settings.ts';

export interface SearchRunsOptions {
  /** Default: the experiment that `setExperiment` chose. */
  readonly experimentIds?: readonly string[] | undefined;
  readonly experimentNames?: readonly string[] | undefined;
  readonly searchAllExperiments?: boolean | undefined;
  /** Such as `metrics.loss < 0.1 and params.optimizer = 'adam'`. */
  readonly filter?: string | undefined;
  /** `filter` by its name in the Python client. */
  readonly filterString?: string | undefined;
  /** Such as `['metrics.loss ASC']`. Default: newest first. */
  readonly orderBy?: readonly string[] | undefined;
  readonly viewType?: ViewType | undefined;
  /** Default: 100,000. */
  readonly maxResults?: number | undefined;
}

/** @throws InvalidParameterValueError for a wrong filter, saying what is wrong */
export async function searchRuns(options: SearchRunsOptions = {}): Promise<Run[]> {
  const settings = settingsOf();
  const experiment_ids = await experimentIdsOf(options);
  const found = await collect(options.maxResults ?? 100_000, 1000, async (max_results, page_token) => {
    const { runs, next_page_token } = await call(settings, api.searchRuns, {
      experiment_ids,
      filter: options.filter ?? options.filterString,
      order_by: options.orderBy,
      run_view_type: options.viewType,
      max_results,
      page_token,
    });
    return { items: runs, next: next_page_token };
  });
  return found.map(runOf);
}

async function experimentIdsOf(options: SearchRunsOptions): Promise<readonly string[]> {
  if (options.searchAllExperiments) return (await searchExperiments()).map(({ experimentId }) => experimentId);
  if (options.experimentIds) return options.experimentIds;
  if (!options.experimentNames) return [await experimentIdForRuns()];
  return Promise.all(
    options.experimentNames.map(async (name) => {
      const experiment = await getExperimentByName(name);
      if (!experiment) throw new Error(`There is no experiment ${JSON.stringify(name)}.`);
      return experiment.experimentId;
    }),
  );
}

/** Every point of a metric of a run, by step and time. */
export async function getMetricHistory(runId: string, key: string): Promise<MetricPoint[]> {
  const settings = settingsOf();
  const points = await collect(undefined, 25_000, async (max_results, page_token) => {
    const request = { run_id: runId, metric_key: key, max_results, page_token };
    const { metrics, next_page_token } = await call(settings, getMetricHistoryContract, request);
    return { items: metrics, next: next_page_token };
  });
  return points.map(metricPointOf);
}

/** It can be restored. */
export async function deleteRun(runId: string): Promise<void> {
  await call(settingsOf(), api.deleteRun, { run_id: runId });
}

export async function restoreRun(runId: string): Promise<void> {
  await call(settingsOf(), api.restoreRun, { run_id: runId });
}
