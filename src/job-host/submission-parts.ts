import type { NewJob } from '../jobs/job.ts';
import type { ExperimentService } from '../tracking/experiment-service.ts';
import type { JobAnswer } from './job-answer.ts';

/** What every kind of job is submitted with. */
export interface SubmissionParts {
  readonly experiments: ExperimentService;
  /** Holds a folder for each job. */
  readonly folder: string;
  readonly address: string;
  readonly token: () => string;
  /** Where this server keeps data. */
  readonly ownFolders: readonly string[];
  /** @throws ApiError where no job begins */
  readonly checkEnabled: () => void;
  readonly enqueue: (job: NewJob) => Promise<JobAnswer>;
}
