/** The run that a project is recorded as, the way MLflow records it. */
import { jobVariable } from '../config/job-variable.ts';
import { defaultsTag, jobTag } from '../protocol/jobs.ts';
import { limits } from '../protocol/limits.ts';
import { createRun, getRun, logBatch, setTag, updateRun, type RunStatus } from '../protocol/runs.ts';
import { artifactStoreFor } from '../sdk/artifact-store.ts';
import { call } from '../sdk/call.ts';
import { experimentIdForRuns, setExperiment } from '../sdk/fluent-experiments.ts';
import { userName } from '../sdk/node/user-name.ts';
import { environment, type Settings } from '../sdk/settings.ts';
import type { Body } from '../sdk/transport.ts';
import { shellWord } from '../common/shell-word.ts';
import type { Checkout } from './checkout.ts';
import { ProjectError } from './project-error.ts';
import type { ParameterValues } from './parameters.ts';

export interface RunWish {
  readonly experimentName?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly runName?: string | undefined;
  /** A run that is there; it gets no params and no tags of the project. */
  readonly runId?: string | undefined;
  readonly entryPoint: string;
  readonly checkout: Checkout;
  /** How the environment is made; undefined: it is the one that is here. */
  readonly environment: string | undefined;
}

export interface RecordedRun {
  readonly runId: string;
  readonly experimentId: string;
  readonly runName: string;
  params(values: ParameterValues): Promise<void>;
  tag(key: string, value: string): Promise<void>;
  keep(path: string, content: Body): Promise<void>;
  /** KILLED by its own hand stays. @returns how it ended */
  end(status: RunStatus, reason?: string): Promise<RunStatus>;
}

export const failureTag = 'modelyard.project.failure';
const retriesVariable = 'MLFLOW_HTTP_REQUEST_MAX_RETRIES';
/** About a minute and a half. */
const endRetries = 9;

/** @param giveUp ends waiting for a server that is away */
export async function recordRun(settings: Settings, wish: RunWish, giveUp: AbortSignal): Promise<RecordedRun> {
  const info = wish.runId === undefined ? await newRun(settings, wish) : await existingRun(settings, wish.runId);
  const runId = info?.run_id ?? '';
  // What has taken hours is not lost because the server is started anew at its end.
  const patient = environment(retriesVariable) === undefined ? { ...settings, retries: endRetries } : settings;
  const options = { signal: giveUp };
  const recorded: RecordedRun = {
    runId,
    experimentId: info?.experiment_id ?? '',
    runName: info?.run_name ?? '',
    params: (values) => logParams(settings, runId, values),
    tag: async (key, value) => void (await call(patient, setTag, { run_id: runId, key, value }, options)),
    keep: (path, content) => artifactStoreFor(patient, info?.artifact_uri ?? '').upload(path, content, options),
    async end(status, reason) {
      const { run } = await call(patient, getRun, { run_id: runId }, options);
      if (run?.info?.lifecycle_stage === 'deleted') {
        throw new ProjectError(`the run was deleted while the project ran: that it is ${status} is not recorded.`);
      }
      if (reason !== undefined) await this.tag(failureTag, reason.slice(0, limits.runTagValue));
      const own = run?.info?.status;
      const last = own === 'KILLED' ? own : status;
      await call(patient, updateRun, { run_id: runId, status: last, end_time: Date.now() }, options);
      return last;
    },
  };
  return recorded;
}

async function newRun(settings: Settings, wish: RunWish) {
  const user = userName();
  const tags = Object.entries(tagsOf(wish, user)).flatMap(([key, value]) =>
    value === undefined ? [] : { key, value },
  );
  const { run } = await call(settings, createRun, {
    experiment_id: await experimentIdOf(wish),
    user_id: user,
    start_time: Date.now(),
    run_name: wish.runName,
    tags,
  });
  return run?.info;
}

function tagsOf({ checkout, entryPoint, environment: env }: RunWish, user: string): Record<string, string | undefined> {
  return {
    'mlflow.user': user,
    'mlflow.source.name': checkout.sourceName,
    'mlflow.source.type': 'PROJECT',
    'mlflow.project.entryPoint': entryPoint,
    'mlflow.project.env': env,
    // A step of another project, which started this one.
    'mlflow.parentRunId': environment('MLFLOW_RUN_ID'),
    [jobTag]: environment(jobVariable),
    'mlflow.source.git.commit': checkout.commit,
    'mlflow.source.git.repoURL': checkout.repository,
    'mlflow.source.git.branch': checkout.branch,
  };
}

async function existingRun(settings: Settings, runId: string) {
  const { run } = await call(settings, getRun, { run_id: runId });
  if (run?.info?.lifecycle_stage === 'deleted')
    throw new ProjectError(`the run ${runId} is deleted. Restore it first.`);
  await call(settings, updateRun, { run_id: runId, status: 'RUNNING' });
  return run?.info;
}

async function experimentIdOf({ experimentId, experimentName }: RunWish): Promise<string> {
  if (experimentId !== undefined) return experimentId;
  try {
    if (experimentName === undefined) return await experimentIdForRuns();
    return (await setExperiment(experimentName)).experimentId;
  } catch (error) {
    // One that is deleted; what a server refuses is an error of another name.
    throw error instanceof Error && error.name === 'Error' ? new ProjectError(error.message) : error;
  }
}

/** As they would be typed; the client of Python cuts them at the same length. */
async function logParams(settings: Settings, runId: string, values: ParameterValues): Promise<void> {
  const params = [...values.declared, ...values.more].map(({ name, value }) => ({
    key: name,
    value: shellWord(value).slice(0, limits.paramValue),
  }));
  const defaults = values.declared.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  // For the job's page; a run that is no job's is recorded as MLflow records it.
  const told = defaults.length > 0 && environment(jobVariable) !== undefined;
  const tags = told ? [{ key: defaultsTag, value: JSON.stringify(defaults) }] : [];
  for (let start = 0; start < params.length; start += limits.batchParams) {
    await call(settings, logBatch, {
      run_id: runId,
      metrics: [],
      params: params.slice(start, start + limits.batchParams),
      tags: start === 0 ? tags : [],
    });
  }
}
