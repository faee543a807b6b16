import type { ArtifactRepository } from '../artifacts/artifact-repository.ts';
import type { Database } from '../database/database.ts';
import type { EndpointParts } from '../endpoints/endpoints.ts';
import { JobFinder } from '../job-host/job-finder.ts';
import type { JobParts } from '../job-host/server-jobs.ts';
import { ErasureService } from '../tracking/erasure-service.ts';
import { ExperimentService } from '../tracking/experiment-service.ts';
import { LoggedModelService } from '../tracking/logged-model-service.ts';
import { MetricService } from '../tracking/metric-service.ts';
import { modelSources } from '../tracking/model-sources.ts';
import { RunMoveService } from '../tracking/run-move-service.ts';
import { RunService } from '../tracking/run-service.ts';
import { sourceRuns } from '../tracking/source-runs.ts';
import { ViewService } from '../tracking/view-service.ts';
import { filesInUse, hasFilesInUse } from '../registry/files-in-use.ts';
import { ModelVersionService } from '../registry/model-version-service.ts';
import { ModelViewService } from '../registry/model-view-service.ts';
import { RegisteredModelService } from '../registry/registered-model-service.ts';
import { RegistryFinder } from '../registry/registry-finder.ts';
import { AutomlSearches } from './automl-searches.ts';
import { EndpointAccess } from './endpoint-access.ts';
import { InferenceNotebooks } from './inference-notebooks.ts';
import { JobAccess } from './job-access.ts';

/** What the handlers of the JSON methods call. */
export interface Services {
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  readonly runMoves: RunMoveService;
  readonly erasure: ErasureService;
  readonly metrics: MetricService;
  readonly loggedModels: LoggedModelService;
  readonly registeredModels: RegisteredModelService;
  readonly modelVersions: ModelVersionService;
  readonly views: ViewService;
  readonly registryFinder: RegistryFinder;
  readonly modelViews: ModelViewService;
  readonly endpoints: EndpointAccess;
  readonly jobs: JobAccess;
  readonly jobFinder: JobFinder;
  readonly automlSearches: AutomlSearches;
  readonly inferenceNotebooks: InferenceNotebooks;
}

export interface ServiceOptions {
  /** The URI below which experiments keep their artifacts. */
  readonly artifactRoot: string;
  /** Schemes that name a host, which artifact locations and sources may use. */
  readonly allowedArtifactSchemes: readonly string[];
}

/** What the processes of endpoints and jobs need to know of the server that starts them. */
export interface ServerPlace {
  readonly endpoints: Omit<EndpointParts, 'database' | 'experiments' | 'runs' | 'artifacts'>;
  readonly jobs: Omit<JobParts, 'database' | 'experiments' | 'runs'>;
}

/**
 * @param artifacts what this server may read, write and remove; undefined where it has none
 * @param place known once the server listens; undefined where no process is started
 */
export function createServices(
  database: Database,
  options: ServiceOptions,
  artifacts?: ArtifactRepository,
  place?: () => ServerPlace,
): Services {
  const experiments = new ExperimentService(database, options);
  const runs = new RunService(database);
  const registeredModels = new RegisteredModelService(database);
  const modelVersions = new ModelVersionService(database, modelSources, options.allowedArtifactSchemes);
  return {
    experiments,
    runs,
    runMoves: new RunMoveService(database),
    erasure: new ErasureService({ database, artifacts, filesInUse, hasFilesInUse }),
    metrics: new MetricService(database),
    loggedModels: new LoggedModelService(database),
    registeredModels,
    modelVersions,
    views: new ViewService(database),
    registryFinder: new RegistryFinder(database),
    modelViews: new ModelViewService(database, sourceRuns),
    jobFinder: new JobFinder(database),
    automlSearches: new AutomlSearches({ runs, registeredModels, modelVersions }),
    inferenceNotebooks: new InferenceNotebooks(modelVersions, artifacts),
    endpoints: new EndpointAccess(() => {
      if (!place) throw new Error('no endpoint is started here');
      return { database, experiments, runs, artifacts, ...place().endpoints };
    }),
    jobs: new JobAccess(() => {
      if (!place) throw new Error('no job is started here');
      return { database, experiments, runs, ...place().jobs };
    }),
  };
}
