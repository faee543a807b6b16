/** Erasing for good what is deleted, call by call, so that a large experiment shows how far it is. */
import { eraseExperiment, eraseRuns } from '../../../src/protocol/erasure.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';

export interface Erased {
  readonly runs: number;
  /** Where artifacts still lie; not every one when they are many. */
  readonly keptArtifacts: readonly string[];
}

type Progress = (erased: number) => void;

const runsInCall = 500;

export function eraseExperimentForGood(id: string, name: string, onProgress: Progress): Promise<Erased> {
  return whileAnyIsLeft(onProgress, async () => {
    const answer = await call(eraseExperiment, { experiment_id: id, name, max_runs: runsInCall });
    return { ...answer, left: (answer.remaining_runs ?? 0) > 0 };
  });
}

export function eraseRunsForGood(ids: readonly string[], onProgress: Progress): Promise<Erased> {
  let from = 0;
  return whileAnyIsLeft(onProgress, async () => {
    const answer = await call(eraseRuns, { run_ids: ids.slice(from, from + runsInCall) });
    from += runsInCall;
    return { ...answer, left: from < ids.length };
  });
}

interface Part {
  readonly erased_runs?: number | undefined;
  readonly kept_artifacts?: readonly string[] | undefined;
  readonly left: boolean;
}

async function whileAnyIsLeft(onProgress: Progress, next: () => Promise<Part>): Promise<Erased> {
  const keptArtifacts: string[] = [];
  let runs = 0;
  try {
    for (;;) {
      const { erased_runs = 0, kept_artifacts = [], left } = await next();
      runs += erased_runs;
      keptArtifacts.push(...kept_artifacts);
      onProgress(runs);
      if (!left) return { runs, keptArtifacts };
    }
  } finally {
    // What went before a failure is gone too.
    for (const key of ['experiments', 'experiment', 'runs', 'run']) {
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
  }
}
