/** The runs that jobs make: closed by the server where the process could not. */
import type { EndState } from '../jobs/job.ts';
import { isApiError } from '../protocol/errors.ts';
import type { RunService } from '../tracking/run-service.ts';

const statusOf = { finished: 'FINISHED', failed: 'FAILED', canceled: 'KILLED' } as const;

export class RunsOfJobs {
  readonly #runs: RunService;

  constructor(runs: RunService) {
    this.#runs = runs;
  }

  /** A run that still seems to go on gets the status of its job; one that is gone does not matter. */
  async close(run: string | null, state: EndState): Promise<void> {
    if (run === null) return;
    try {
      const status = (await this.#runs.get(run)).info?.status;
      if (status !== 'RUNNING' && status !== 'SCHEDULED') return;
      await this.#runs.update(run, { status: statusOf[state], endTime: Date.now() });
    } catch (error) {
      if (!isApiError(error) || error.code === 'TEMPORARILY_UNAVAILABLE') throw error;
    }
  }
}
