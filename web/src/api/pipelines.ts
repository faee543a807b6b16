/**
 * What the pages of pipelines read: a pipeline is what its builds tell of it. Builds are runs, found by a tag; what a
 * build did stands in an artifact of its run.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { pipelineRecordPath, pipelineTags } from '../../../src/protocol/pipeline-record.ts';
import { searchRuns, type RunStatus } from '../../../src/protocol/runs.ts';
import { searchExperimentOverview } from '../../../src/protocol/views.ts';
import { textIfThere } from './artifacts.ts';
import { call } from './client.ts';
import { quoted } from './filter-text.ts';
import { readRecord } from './pipeline-record.ts';

export { pipelineTags };

export interface Build {
  readonly runId: string;
  readonly experimentId: string;
  readonly pipeline: string;
  readonly runName: string;
  readonly status: RunStatus;
  readonly start: number;
  readonly end: number | undefined;
}

export interface RunOfTask {
  readonly runId: string;
  /** The run of the build that it was a part of. */
  readonly buildId: string;
  readonly finished: boolean;
}

const mostExperiments = 2000;
const mostBuilds = 1000;
const mostTasks = 200;

/** The experiments in which builds are looked for, those that are busy first. */
export function experimentsOfPipelines() {
  return queryOptions({
    queryKey: ['experiments', 'of-pipelines'],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly { id: string; name: string }[]> => {
      const question = { view_type: 'ACTIVE_ONLY', order_by: 'last_activity', max_results: mostExperiments } as const;
      const { experiments = [] } = await call(searchExperimentOverview, question, signal);
      // In an order of their own: the key of what is asked next must not change with each activity.
      return experiments
        .map(({ experiment_id: id = '', name = '' }) => ({ id, name }))
        .toSorted((a, b) => Number(a.id) - Number(b.id));
    },
  });
}

function searchOf(experimentIds: readonly string[], filter: string, most: number) {
  return {
    experiment_ids: [...experimentIds],
    filter,
    run_view_type: 'ACTIVE_ONLY' as const,
    max_results: most,
    order_by: ['attributes.start_time DESC'],
  };
}

function tag(name: string): string {
  return `tags.\`${name}\``;
}

/** Newest first; of one pipeline where it is named. */
export function buildsIn(experimentIds: readonly string[], pipeline?: string) {
  return queryOptions({
    queryKey: ['runs', experimentIds.join(), 'builds', pipeline ?? ''],
    enabled: experimentIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<readonly Build[]> => {
      const named = pipeline === undefined ? '' : ` AND ${tag(pipelineTags.name)} = ${quoted(pipeline)}`;
      const question = searchOf(experimentIds, `${tag(pipelineTags.role)} = 'build'${named}`, mostBuilds);
      const { runs = [] } = await call(searchRuns, question, signal);
      return runs.map(({ info = {}, data = {} }) => ({
        runId: info.run_id ?? '',
        experimentId: info.experiment_id ?? '',
        pipeline: data.tags?.find(({ key }) => key === pipelineTags.name)?.value ?? '',
        runName: info.run_name ?? '',
        status: info.status ?? 'RUNNING',
        start: Number(info.start_time ?? 0),
        end: Number(info.end_time ?? 0) || undefined,
      }));
    },
  });
}

/** The runs of one task, of whichever build, newest first. */
export function runsOfTask(experimentId: string, task: string) {
  return queryOptions({
    queryKey: ['runs', experimentId, 'tasks', task],
    queryFn: async ({ signal }): Promise<readonly RunOfTask[]> => {
      const filter = `${tag(pipelineTags.role)} = 'task' AND ${tag(pipelineTags.task)} = ${quoted(task)}`;
      const { runs = [] } = await call(searchRuns, searchOf([experimentId], filter, mostTasks), signal);
      return runs.map(({ info = {}, data = {} }) => ({
        runId: info.run_id ?? '',
        buildId: data.tags?.find(({ key }) => key === 'mlflow.parentRunId')?.value ?? '',
        finished: info.status === 'FINISHED',
      }));
    },
  });
}

/** What a build did, or does; null when it has said nothing yet. */
export function buildRecord(runId: string) {
  return queryOptions({
    queryKey: ['run', runId, 'pipeline'],
    queryFn: async ({ signal }) => {
      const record = await textIfThere({ run_id: runId }, pipelineRecordPath, signal);
      return record === null ? null : readRecord(record);
    },
  });
}
