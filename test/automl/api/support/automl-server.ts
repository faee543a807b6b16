/** A server that searches, and what tests ask of it. */
import type { describeData, uploadedData } from '../../../../src/protocol/automl.ts';
import type { Decoded } from '../../../../src/protocol/schema.ts';
import { Api } from '../../../support/api.ts';
import type { StartOptions, TestServer } from '../../../support/start-server.ts';
import { JobApi, startJobServer, type Job } from '../../../jobs/support/job-server.ts';

type Description = Decoded<(typeof describeData)['response']>;
type Uploaded = Decoded<typeof uploadedData>;

export async function startAutomlServer(
  dir: string,
  args: readonly string[] = [],
  options: StartOptions = {},
): Promise<{ server: TestServer; automl: AutomlApi }> {
  // Environments are made once for all tests.
  const env = { XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? '', ...options.env };
  const server = await startJobServer(dir, args, { ...options, env });
  return { server, automl: new AutomlApi(server) };
}

export class AutomlApi {
  readonly jobs: JobApi;
  readonly runs: Api;
  readonly #server: Pick<TestServer, 'url'>;
  readonly api: Api;

  constructor(server: Pick<TestServer, 'url'>) {
    this.#server = server;
    this.jobs = new JobApi(server);
    this.runs = this.jobs.runs;
    this.api = new Api(server, '/api/2.0/modelyard/automl');
  }

  async submit(config: Readonly<Record<string, unknown>>): Promise<Job> {
    return (await this.api.post<{ job: Job }>('searches', { config })).job;
  }

  async describe(dataset: string, query?: string): Promise<Description> {
    return this.api.post<Description>('describe', { dataset, query });
  }

  async put(
    name: string,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<{ status: number; answer: Uploaded & { message?: string } }> {
    const path = `${this.#server.url}/api/2.0/modelyard/automl/data/${encodeURIComponent(name)}`;
    const response = await fetch(path, { method: 'PUT', body, signal: AbortSignal.timeout(30_000) });
    return { status: response.status, answer: (await response.json()) as Uploaded & { message?: string } };
  }

  async upload(name: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
    const { status, answer } = await this.put(name, body);
    if (status !== 200 || answer.dataset === undefined) throw new Error(JSON.stringify(answer));
    return answer.dataset;
  }

  async tagsOf(run: string): Promise<Readonly<Record<string, string>>> {
    const { data } = await this.runs.run(run);
    return Object.fromEntries((data.tags ?? []).map(({ key, value }) => [key, value]));
  }

  /** As the engine of a search does. */
  async setTag(run: string, key: string, value: string): Promise<void> {
    await this.runs.post('runs/set-tag', { run_id: run, key, value });
  }
}
