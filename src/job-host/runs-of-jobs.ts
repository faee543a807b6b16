/** The runs that jobs make: closed by the server where the process could not. */
import type { EndState } from '../jobs/job.ts';
import { isApiError } from '../protocol/errors.ts';
import type { RunService } from '../tracking/run-service.ts';

const statusOf = { finished: 'FINISHED', failed: 'FAILED', canceled: 'KILLED' } as const;

/** More do not run at a time. */
const mostChildren = 1000;

export class RunsOfJobs {
  readonly #runs: RunService;

  constructor(runs: RunService) {
    this.#runs = runs;
  }

  /** A run that still seems to go on gets the status of its job; one that is gone does not matter. */
  async close(run: string | null, state: EndState): Promise<void> {
    if (run === null) return;
    try {
      const { info } = await this.#runs.get(run);
      if (info?.status !== 'RUNNING' && info?.status !== 'SCHEDULED') return;
      for (const child of await this.#openChildren(run, info.experiment_id ?? '')) {
        await this.#runs.update(child, { status: 'KILLED', endTime: Date.now() });
      }
      await this.#runs.update(run, { status: statusOf[state], endTime: Date.now() });
    } catch (error) {
      if (!isApiError(error) || error.code === 'TEMPORARILY_UNAVAILABLE') throw error;
    }
  }

  /** What the process began within the run: trials of a search, tasks of a project. */
  async #openChildren(run: string, experiment: string): Promise<string[]> {
    const { runs } = await this.#runs.search({
      experimentIds: [experiment],
      filter: `tags.mlflow.parentRunId = '${run}' AND attributes.status = 'RUNNING'`,
      orderBy: [],
      view: 'ACTIVE_ONLY',
      maxResults: mostChildren,
      pageToken: undefined,
    });
    return runs.flatMap(({ info }) => info?.run_id ?? []);
  }
}
