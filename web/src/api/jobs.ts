/** What the pages of jobs read. Everything of one has a key that starts with `['job', id]`. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AutomlConfig } from '../../../src/protocol/automl-config.ts';
import {
  defaultsTag,
  getJob,
  jobTag,
  listJobs,
  type job,
  type jobStates as states,
} from '../../../src/protocol/jobs.ts';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { call } from './client.ts';

export { defaultsTag, jobTag };

export type JobState = (typeof states)[number];

export interface ProjectOfJob {
  readonly uri: string;
  readonly version: string;
  readonly entryPoint: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly runName: string;
  /** The empty text: as the project says. */
  readonly envManager: string;
}

export interface Job {
  readonly id: string;
  readonly state: JobState;
  /** Why it ended so, or what it waits for. */
  readonly message: string;
  readonly title: string;
  readonly project: ProjectOfJob;
  /** Of a job that searches for a model; then it has no project. */
  readonly automl: AutomlConfig | undefined;
  /** There once the run is. */
  readonly runId: string | undefined;
  readonly experimentId: string | undefined;
  readonly exitCode: number | undefined;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly retryOf: string | undefined;
  /** From 1 on, while it waits. */
  readonly place: number | undefined;
  readonly created: number;
  readonly started: number | undefined;
  readonly ended: number | undefined;
  readonly logSize: number;
}

/** The wire leaves out what is empty; a page wants to say so. */
export function wholeJob(answer: Encoded<typeof job> = {}): Job {
  const { project = {} } = answer;
  return {
    id: answer.job_id ?? '',
    state: answer.state ?? 'queued',
    message: answer.message ?? '',
    title: answer.title || project.uri || answer.job_id || '',
    project: {
      uri: project.uri ?? '',
      version: project.version ?? '',
      entryPoint: project.entry_point || 'main',
      parameters: project.parameters ?? {},
      runName: project.run_name ?? '',
      envManager: project.env_manager ?? '',
    },
    automl: answer.automl,
    runId: answer.run_id || undefined,
    experimentId: answer.experiment_id || project.experiment_id || undefined,
    exitCode: answer.exit_code,
    attempts: answer.attempts ?? 0,
    maxAttempts: answer.max_attempts ?? 1,
    retryOf: answer.retry_of || undefined,
    place: answer.queue_position || undefined,
    created: Number(answer.creation_time ?? 0),
    started: timeOf(answer.start_time),
    ended: timeOf(answer.end_time),
    logSize: Number(answer.log_size ?? 0),
  };
}

function timeOf(time: number | bigint | undefined): number | undefined {
  return time === undefined || Number(time) === 0 ? undefined : Number(time);
}

export function hasEnded({ state }: { readonly state: JobState }): boolean {
  return state !== 'queued' && state !== 'running';
}

export interface JobPage {
  readonly jobs: readonly Job[];
  readonly next: string | undefined;
  /** How many run at a time. */
  readonly concurrency: number;
  /** Whether this server runs projects. */
  readonly enabled: boolean;
  readonly counts: Readonly<Partial<Record<JobState, number>>>;
}

/** Newest first; of one state where one is named, with this text in what they are called. */
export function jobList(state: JobState | undefined, words: string) {
  return infiniteQueryOptions({
    queryKey: ['jobs', 'list', state ?? '', words],
    initialPageParam: '',
    getNextPageParam: ({ next }: JobPage) => next,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }): Promise<JobPage> => {
      const page = pageParam === '' ? {} : { page_token: pageParam };
      const asked = { ...(state && { state }), ...(words !== '' && { text: words }) };
      const answer = await call(listJobs, { ...asked, max_results: 200, ...page }, signal);
      return pageOf(answer);
    },
  });
}

/** Whether this server runs projects, without the jobs themselves. */
export function jobSettings() {
  return queryOptions({
    queryKey: ['jobs', 'settings'],
    queryFn: async ({ signal }) => pageOf(await call(listJobs, { max_results: 1 }, signal)).enabled,
  });
}

function pageOf(answer: Encoded<(typeof listJobs)['response']>): JobPage {
  return {
    jobs: (answer.jobs ?? []).map((one) => wholeJob(one)),
    next: answer.next_page_token || undefined,
    concurrency: answer.concurrency ?? 0,
    enabled: answer.enabled ?? false,
    counts: answer.counts ?? {},
  };
}

export function jobNamed(id: string) {
  return queryOptions({
    queryKey: ['job', id, 'facts'],
    queryFn: async ({ signal }) => wholeJob((await call(getJob, { job_id: id }, signal)).job),
  });
}
