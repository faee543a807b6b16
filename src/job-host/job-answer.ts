/** A job as a caller sees it. */
import { withoutPassword } from '../common/without-password.ts';
import type { Job } from '../jobs/job.ts';
import type { job } from '../protocol/jobs.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { KeptResult } from './job-end.ts';
import type { ProjectPayload } from './project-payload.ts';
import type { SearchPayload } from './search-payload.ts';

export type JobAnswer = Encoded<typeof job>;

export function answerOf(found: Job, more: { position: number; logSize: number }): JobAnswer {
  const result = found.result === null ? undefined : (JSON.parse(found.result) as KeptResult);
  return {
    job_id: found.uuid,
    ...taskOf(found),
    state: found.state,
    message: found.state === 'running' && found.canceled ? 'It is being canceled.' : found.message,
    run_id: found.run ?? undefined,
    experiment_id: found.experiment || undefined,
    exit_code: result?.exitCode,
    attempts: found.attempts,
    max_attempts: found.maxAttempts,
    retry_of: found.retryOf ?? undefined,
    queue_position: more.position || undefined,
    creation_time: found.creationTime,
    start_time: found.startTime ?? undefined,
    end_time: found.endTime ?? undefined,
    log_size: more.logSize,
  };
}

/** What it is to do, and what that is called. */
export function taskOf(found: Job): JobAnswer {
  return found.kind === 'automl' ? searchOf(found) : projectOf(found);
}

function projectOf({ payload }: Job): JobAnswer {
  const project = JSON.parse(payload) as ProjectPayload;
  const uri = withoutPassword(project.uri);
  const entryPoint = project.entryPoint || 'main';
  return {
    kind: 'project',
    title: `${entryPoint} of ${uri}`,
    project: {
      uri,
      version: project.version,
      entry_point: entryPoint,
      parameters: project.parameters,
      experiment_id: project.experimentId,
      run_name: project.runName,
      env_manager: project.envManager,
    },
  };
}

function searchOf({ payload }: Job): JobAnswer {
  const { config } = JSON.parse(payload) as SearchPayload;
  const dataset = withoutPassword(config.dataset);
  const file = dataset.slice(dataset.lastIndexOf('/') + 1) || dataset;
  return {
    kind: 'automl',
    title: `${config.problem_type} of ${config.target_col} in ${file}`,
    automl: { ...config, dataset },
  };
}
