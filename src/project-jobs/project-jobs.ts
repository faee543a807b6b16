/** The jobs of a server: what may be asked of them. */
import { ApiError, invalidParameter } from '../protocol/errors.ts';
import { jobStates, type getJobLog, type job, type listJobs } from '../protocol/jobs.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded, Int64 } from '../protocol/schema.ts';
import { hasEnded } from '../jobs/job-queue.ts';
import type { Job } from '../jobs/job.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import type { ExperimentService } from '../tracking/experiment-service.ts';
import type { RunService } from '../tracking/run-service.ts';
import { checkEntryPoint, ProjectDescriptions, type ProjectDescription } from './describe-project.ts';
import { answerOf } from './job-answer.ts';
import { jobEnvironment } from './job-environment.ts';
import { JobHost, type HostParts } from './job-host.ts';
import { readLog } from './job-log.ts';
import { checkAddress } from './project-address.ts';
import type { ProjectPayload } from './project-payload.ts';
import { RunsOfJobs } from './runs-of-jobs.ts';
import { checkSubmission, parametersOf, type Submission } from './submission.ts';

export interface JobParts extends Omit<HostParts, 'runs'> {
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  /** Where this server keeps data: no project is run from there. */
  readonly ownFolders: readonly string[];
}

type Answer = Encoded<typeof job>;

export class ProjectJobs {
  readonly #parts: JobParts;
  readonly #host: JobHost;
  readonly #descriptions: ProjectDescriptions;

  /** Takes over what runs, and begins what waits. */
  static async open(parts: JobParts): Promise<ProjectJobs> {
    const jobs = new ProjectJobs(parts);
    await jobs.#host.refresh();
    return jobs;
  }

  private constructor(parts: JobParts) {
    this.#parts = parts;
    this.#host = new JobHost({ ...parts, runs: new RunsOfJobs(parts.runs) });
    this.#descriptions = new ProjectDescriptions(() => jobEnvironment(parts.address, parts.token()));
  }

  async describe({ uri, version = '' }: { uri: string; version?: string | undefined }): Promise<ProjectDescription> {
    this.#checkEnabled();
    checkAddress(uri, [...this.#parts.ownFolders, this.#parts.folder]);
    return this.#descriptions.of(uri, version);
  }

  async submit(request: Submission): Promise<Answer> {
    checkSubmission(request);
    const parameters = parametersOf(request.parameters);
    const entryPoint = request.entry_point || 'main';
    checkEntryPoint(await this.describe(request), entryPoint, parameters);
    const experimentId = await this.#experimentOf(request);
    const payload: ProjectPayload = {
      uri: request.uri,
      version: request.version ?? '',
      entryPoint,
      parameters,
      experimentId,
      runName: request.run_name ?? '',
      envManager: request.env_manager ?? '',
    };
    return this.#enqueue(payload, request.max_attempts, null);
  }

  async retry(uuid: string): Promise<Answer> {
    this.#checkEnabled();
    const before = await this.#host.queue.ended(uuid, 'submitted again');
    return this.#enqueue(JSON.parse(before.payload) as ProjectPayload, before.maxAttempts, uuid);
  }

  async get(uuid: string): Promise<Answer> {
    return this.#answer(await this.#host.queue.get(uuid));
  }

  async list(request: Decoded<(typeof listJobs)['request']>): Promise<Encoded<(typeof listJobs)['response']>> {
    const { max_results: most, experiment_id: experiment, page_token: token } = request;
    if (most < 1 || most > limits.jobs) throw invalidParameter(`max_results is from 1 to ${limits.jobs}, not ${most}.`);
    const state = jobStates.find((known) => known === request.state);
    if (request.state && !state)
      throw invalidParameter(`state is one of ${jobStates.join(', ')}, not '${request.state}'.`);
    const before = decodeOffsetToken(token) || undefined;
    const found = await this.#host.queue.search({
      state,
      experiment: experiment || undefined,
      before,
      limit: most + 1,
    });
    const page = found.slice(0, most);
    const last = page.at(-1);
    return {
      jobs: await Promise.all(page.map((one) => this.#answer(one))),
      next_page_token: found.length > most && last ? encodeOffsetToken(last.id) : undefined,
      concurrency: this.#parts.concurrency,
      enabled: this.#parts.refusal === undefined,
      counts: await this.#host.queue.counts(),
    };
  }

  async cancel(uuid: string): Promise<Answer> {
    await this.#host.queue.cancel(uuid);
    await this.#host.refresh();
    return this.get(uuid);
  }

  /** The folder first: the row is all that knows of it. */
  async delete(uuid: string): Promise<void> {
    const found = await this.#host.queue.ended(uuid, 'deleted');
    this.#host.folders.of(found).remove();
    await this.#host.queue.delete(found);
  }

  async log(uuid: string, offset: Int64 = 0): Promise<Encoded<(typeof getJobLog)['response']>> {
    const found = await this.#host.queue.get(uuid);
    return { ...readLog(this.#host.folders.of(found).log, Number(offset), hasEnded(found)), state: found.state };
  }

  /** What runs goes on; the next server takes it over. */
  async close(): Promise<void> {
    await this.#host.close();
  }

  async #enqueue(payload: ProjectPayload, maxAttempts: number, retryOf: string | null): Promise<Answer> {
    const { uuid } = await this.#host.queue.enqueue({
      kind: 'project',
      payload: JSON.stringify(payload),
      experiment: payload.experimentId,
      maxAttempts,
      retryOf,
    });
    await this.#host.refresh();
    return this.get(uuid);
  }

  async #answer(found: Job): Promise<Answer> {
    const position = await this.#host.queue.position(found);
    return answerOf(found, { position, logSize: this.#host.folders.of(found).logSize() });
  }

  async #experimentOf({ experiment_id: id, experiment_name: name }: Submission): Promise<string> {
    const { experiments } = this.#parts;
    if (!name) {
      const found = await experiments.get(id || '0');
      if (found.lifecycle_stage === 'active') return id || '0';
      throw invalidParameter(`The experiment ${id || '0'} is deleted. Restore it, or name another.`);
    }
    const found = await experiments.getByName(name).catch(() => undefined);
    if (found?.lifecycle_stage === 'deleted') {
      throw invalidParameter(`The experiment '${name}' is deleted. Restore it, or name another.`);
    }
    return found?.experiment_id ?? experiments.create(name, undefined, []);
  }

  #checkEnabled(): void {
    if (this.#parts.refusal !== undefined) throw new ApiError('PERMISSION_DENIED', this.#parts.refusal);
  }
}
