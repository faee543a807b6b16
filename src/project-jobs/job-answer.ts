/** A job as a caller sees it. */
import { withoutPassword } from '../common/without-password.ts';
import type { Job } from '../jobs/job.ts';
import type { job } from '../protocol/jobs.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { ProjectPayload, ProjectResult } from './project-payload.ts';

export function answerOf(found: Job, more: { position: number; logSize: number }): Encoded<typeof job> {
  const project = JSON.parse(found.payload) as ProjectPayload;
  const uri = withoutPassword(project.uri);
  const result = found.result === null ? undefined : (JSON.parse(found.result) as ProjectResult);
  return {
    job_id: found.uuid,
    kind: 'project',
    state: found.state,
    message: found.state === 'running' && found.canceled ? 'It is being canceled.' : found.message,
    title: `${project.entryPoint || 'main'} of ${uri}`,
    project: {
      uri,
      version: project.version,
      entry_point: project.entryPoint || 'main',
      parameters: project.parameters,
      experiment_id: project.experimentId,
      run_name: project.runName,
      env_manager: project.envManager,
    },
    run_id: found.run ?? undefined,
    experiment_id: found.experiment,
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
