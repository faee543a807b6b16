/** Projects that are to run as jobs: read, checked, put into the queue. */
import { checkEntryPoint, ProjectDescriptions, type ProjectDescription } from './project-descriptions.ts';
import type { JobAnswer } from './job-answer.ts';
import { experimentFor } from './experiment-for.ts';
import { jobEnvironment } from './job-environment.ts';
import { checkAddress } from './project-address.ts';
import type { ProjectPayload } from './project-payload.ts';
import { checkSubmission, parametersOf, type Submission } from './project-checks.ts';
import type { SubmissionParts } from './submission-parts.ts';

export class ProjectSubmissions {
  readonly #parts: SubmissionParts;
  readonly #descriptions: ProjectDescriptions;

  constructor(parts: SubmissionParts) {
    this.#parts = parts;
    this.#descriptions = new ProjectDescriptions(() => jobEnvironment(parts.address, parts.token()));
  }

  async describe({ uri, version = '' }: { uri: string; version?: string | undefined }): Promise<ProjectDescription> {
    this.#parts.checkEnabled();
    checkAddress(uri, this.#parts.ownFolders);
    return this.#descriptions.of(uri, version);
  }

  async submit(request: Submission): Promise<JobAnswer> {
    checkSubmission(request);
    const parameters = parametersOf(request.parameters);
    const entryPoint = request.entry_point || 'main';
    checkEntryPoint(await this.describe(request), entryPoint, parameters);
    const { experiment_id: id, experiment_name: name } = request;
    const experimentId = await experimentFor(this.#parts.experiments, { id, name });
    const payload: ProjectPayload = {
      uri: request.uri,
      version: request.version ?? '',
      entryPoint,
      parameters,
      experimentId,
      runName: request.run_name ?? '',
      envManager: request.env_manager ?? '',
    };
    return this.#parts.enqueue({
      kind: 'project',
      payload: JSON.stringify(payload),
      experiment: experimentId,
      maxAttempts: request.max_attempts,
      retryOf: null,
    });
  }
}
