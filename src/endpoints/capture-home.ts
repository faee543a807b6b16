/** Where captured requests go: a run named for the endpoint, with a dataset that points at its files. */
import { hexId } from '../common/ids.ts';
import type { ArtifactRepository } from '../artifacts/artifact-repository.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import type { Database } from '../database/database.ts';
import { ApiError, isApiError } from '../protocol/errors.ts';
import type { ExperimentService } from '../tracking/experiment-service.ts';
import type { RunService } from '../tracking/run-service.ts';
import { setCaptureRun } from './endpoint-store.ts';

const captureExperiment = 'Endpoint captures';
/** Folder among the artifacts of the run. */
export const captureFolder = 'captures';

export interface CaptureParts {
  readonly database: Database;
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  /** Undefined for a server that does not touch artifacts. */
  readonly artifacts: ArtifactRepository | undefined;
  /** A run has other files now. */
  readonly runChanged: (id: string) => void;
}

export interface CaptureHome {
  readonly run: string;
  readonly experiment: string;
  readonly store: ArtifactStore;
}

/** The run that holds what was captured; undefined when there is none any more. */
export async function findCaptureHome(parts: CaptureParts, run: string | null): Promise<CaptureHome | undefined> {
  if (run === null) return undefined;
  try {
    const { info } = await parts.runs.get(run);
    if (info?.lifecycle_stage !== 'active') return undefined;
    const store = artifactsOf(parts).storeFor(info.artifact_uri ?? '');
    return { run, experiment: info.experiment_id ?? '', store };
  } catch (error) {
    if (isApiError(error) && error.code === 'RESOURCE_DOES_NOT_EXIST') return undefined;
    throw error;
  }
}

export async function makeCaptureHome(
  parts: CaptureParts,
  endpoint: { id: number; name: string },
): Promise<CaptureHome> {
  const experiment = await experimentId(parts.experiments);
  const { info } = await parts.runs.create({
    experimentId: experiment,
    userId: '',
    name: endpoint.name,
    startTime: Date.now(),
    tags: [
      { key: 'modelyard.endpoint', value: endpoint.name },
      { key: 'mlflow.note.content', value: `What the endpoint ${endpoint.name} was asked and answered.` },
    ],
  });
  const run = info?.run_id ?? '';
  const location = info?.artifact_uri ?? '';
  const store = artifactsOf(parts).storeFor(location);
  const dataset = {
    name: `${endpoint.name} requests`,
    // What is captured later belongs to it too, so it is known by a name of its own.
    digest: hexId().slice(0, 8),
    source: JSON.stringify({ uri: `${location}/${captureFolder}` }),
    source_type: 'local',
    schema: undefined,
    profile: undefined,
  };
  await parts.runs.logInputs(run, { datasets: [{ dataset, tags: [] }], models: [] });
  await parts.database.write(async (writer) => setCaptureRun(writer, endpoint.id, run));
  return { run, experiment, store };
}

async function experimentId(experiments: ExperimentService): Promise<string> {
  const known = await experiments.getByName(captureExperiment).catch(() => undefined);
  if (!known) return experiments.create(captureExperiment, undefined, []);
  const id = known.experiment_id ?? '';
  // A deleted one keeps the name.
  if (known.lifecycle_stage !== 'active') await experiments.restore(id);
  return id;
}

export function artifactsOf({ artifacts }: CaptureParts): ArtifactRepository {
  if (artifacts) return artifacts;
  throw new ApiError(
    'NOT_IMPLEMENTED',
    'This server keeps no artifacts, so it cannot capture requests. Leave capture out, or start it with --artifacts-destination.',
  );
}
