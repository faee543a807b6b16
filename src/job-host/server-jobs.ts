/** The jobs of a server, of whatever kind: what may be asked of them. */
import { ApiError, invalidParameter } from '../protocol/errors.ts';
import { jobStates, type getJobLog, type listJobs } from '../protocol/jobs.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded, Int64 } from '../protocol/schema.ts';
import { hasEnded } from '../jobs/job-queue.ts';
import type { Job, NewJob } from '../jobs/job.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import { plainText } from '../search/text-search.ts';
import type { ExperimentService } from '../tracking/experiment-service.ts';
import type { RunService } from '../tracking/run-service.ts';
import { answerOf, type JobAnswer } from './job-answer.ts';
import { findJobs } from './job-finder.ts';
import { JobHost, type HostParts } from './job-host.ts';
import { readLog } from './job-log.ts';
import { ProjectSubmissions } from './project-submissions.ts';
import { RunsOfJobs } from './runs-of-jobs.ts';
import { SearchSubmissions } from './search-submissions.ts';

export interface JobParts extends Omit<HostParts, 'runs'> {
  readonly experiments: ExperimentService;
  readonly runs: RunService;
  /** Where this server keeps data: no project is run from there, and no data is read from there. */
  readonly ownFolders: readonly string[];
}

export class ServerJobs {
  readonly projects: ProjectSubmissions;
  readonly searches: SearchSubmissions;
  readonly #parts: JobParts;
  readonly #host: JobHost;

  /** Takes over what runs, and begins what waits. */
  static async open(parts: JobParts): Promise<ServerJobs> {
    const jobs = new ServerJobs(parts);
    await jobs.#host.refresh();
    return jobs;
  }

  private constructor(parts: JobParts) {
    this.#parts = parts;
    this.#host = new JobHost({ ...parts, runs: new RunsOfJobs(parts.runs) });
    const submission = {
      ...parts,
      ownFolders: [...parts.ownFolders, parts.folder],
      checkEnabled: () => this.#checkEnabled(),
      enqueue: (job: NewJob) => this.#enqueue(job),
    };
    this.projects = new ProjectSubmissions(submission);
    this.searches = new SearchSubmissions(submission);
  }

  async retry(uuid: string): Promise<JobAnswer> {
    this.#checkEnabled();
    const { kind, payload, experiment, maxAttempts } = await this.#host.queue.ended(uuid, 'submitted again');
    return this.#enqueue({ kind, payload, experiment, maxAttempts, retryOf: uuid });
  }

  async get(uuid: string): Promise<JobAnswer> {
    return this.#answer(await this.#host.queue.get(uuid));
  }

  async list(request: Decoded<(typeof listJobs)['request']>): Promise<Encoded<(typeof listJobs)['response']>> {
    const { max_results: most, experiment_id: experiment, page_token: token } = request;
    if (most < 1 || most > limits.jobs) throw invalidParameter(`max_results is from 1 to ${limits.jobs}, not ${most}.`);
    const state = jobStates.find((known) => known === request.state);
    if (request.state && !state)
      throw invalidParameter(`state is one of ${jobStates.join(', ')}, not '${request.state}'.`);
    const before = decodeOffsetToken(token) || undefined;
    const query = { state, experiment: experiment || undefined, before, limit: most + 1 };
    const text = plainText(request.text);
    const found = await this.#parts.database.read((reader) => findJobs(reader, query, text));
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

  async cancel(uuid: string): Promise<JobAnswer> {
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

  async #enqueue(job: NewJob): Promise<JobAnswer> {
    const { uuid } = await this.#host.queue.enqueue(job);
    await this.#host.refresh();
    return this.get(uuid);
  }

  async #answer(found: Job): Promise<JobAnswer> {
    const position = await this.#host.queue.position(found);
    return answerOf(found, { position, logSize: this.#host.folders.of(found).logSize() });
  }

  #checkEnabled(): void {
    if (this.#parts.refusal !== undefined) throw new ApiError('PERMISSION_DENIED', this.#parts.refusal);
  }
}
