/** The endpoints of a server: what may be asked of them, and who answers a request. */
import type { endpoint, getEndpointLogs, listEndpointCaptures } from '../protocol/endpoints.ts';
import { ApiError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Encoded, Int64 } from '../protocol/schema.ts';
import type { MetricsWindow } from './endpoint-metrics.ts';
import { capturesOf } from './captured-requests.ts';
import { artifactsOf } from './capture-home.ts';
import { answerOf } from './endpoint-answer.ts';
import { EndpointHost, type HostedEndpoint, type HostParts } from './endpoint-host.ts';
import { metricsOf } from './endpoint-metrics.ts';
import { leaseOf, refusalOf, type Lease, type Refusal } from './lease.ts';
import * as rules from './endpoint-rules.ts';
import * as store from './endpoint-store.ts';

export interface EndpointParts extends HostParts {
  /** `/prefix` or ''. */
  readonly staticPrefix: string;
}

type Answer = Encoded<typeof endpoint>;

export class Endpoints {
  readonly #parts: EndpointParts;
  readonly #host: EndpointHost;

  /** Starts those that are to run. */
  static async open(parts: EndpointParts): Promise<Endpoints> {
    const endpoints = new Endpoints(parts);
    await endpoints.#host.refresh();
    return endpoints;
  }

  private constructor(parts: EndpointParts) {
    this.#parts = parts;
    this.#host = new EndpointHost(parts);
  }

  async create(request: { name: string; served_models: readonly rules.GivenModel[] } & rules.GivenSettings) {
    const { name } = request;
    rules.checkName(name);
    const settings = rules.settingsOf(request, rules.usualSettings);
    this.#checkCapture(settings);
    await this.#parts.database.write(async (writer) => {
      if (await store.findEndpoint(writer, name)) throw rules.nameTaken(name);
      if ((await store.findEndpoints(writer)).length >= limits.endpoints) {
        throw new ApiError('BAD_REQUEST', `This server has ${limits.endpoints} endpoints already. Delete one first.`);
      }
      const models = await rules.wantedModels(writer, request.served_models);
      const id = await store.insertEndpoint(writer, name, settings, Date.now());
      await store.setModels(writer, id, models);
    });
    return this.#refreshed(name);
  }

  async get(name: string): Promise<Answer> {
    return this.#answer(this.#existing(name));
  }

  async list(modelName: string | undefined): Promise<Answer[]> {
    const answers = await Promise.all(this.#host.all().map((one) => this.#answer(one)));
    if (modelName === undefined || modelName === '') return answers;
    return answers.filter(({ served_models: models = [], serving = [] }) =>
      [...models, ...serving].some((one) => one.model_name === modelName),
    );
  }

  async update(request: { name: string; served_models: readonly rules.GivenModel[] } & rules.GivenSettings) {
    await this.#parts.database.write(async (writer) => {
      const before = await rules.existingEndpoint(writer, request.name);
      const settings = rules.settingsOf(request, before);
      this.#checkCapture(settings);
      await store.updateEndpoint(writer, before.id, settings, Date.now());
      if (request.served_models.length > 0) {
        await store.setModels(writer, before.id, await rules.wantedModels(writer, request.served_models));
      }
    });
    return this.#retried(request.name);
  }

  async start(name: string): Promise<Answer> {
    await this.#setRunning(name, true);
    return this.#retried(name);
  }

  async stop(name: string): Promise<Answer> {
    await this.#setRunning(name, false);
    return this.#refreshed(name);
  }

  async delete(name: string): Promise<void> {
    await this.#host.find(name)?.capture.flush();
    await this.#parts.database.write(async (writer) => {
      const { id } = await rules.existingEndpoint(writer, name);
      await store.deleteEndpoint(writer, id);
    });
    await this.#host.refresh();
  }

  async logs(request: {
    name: string;
    max_lines: number;
    since?: Int64 | undefined;
    after_id?: Int64 | undefined;
  }): Promise<Encoded<(typeof getEndpointLogs)['response']>> {
    const { log } = this.#existing(request.name);
    rules.checkRange('max_lines', request.max_lines, 1, limits.endpointLogLines);
    const { max_lines: most, since = 0, after_id: afterId = 0 } = request;
    return { lines: log.lines({ most, since: Number(since), afterId: Number(afterId) }) };
  }

  async metrics(name: string, window: MetricsWindow) {
    const { wanted } = this.#existing(name);
    await this.#host.counts.flush();
    return metricsOf(this.#parts.database, wanted.id, window);
  }

  async captures(request: {
    name: string;
    max_results: number;
    page_token?: string | undefined;
  }): Promise<Encoded<(typeof listEndpointCaptures)['response']>> {
    const { capture } = this.#existing(request.name);
    rules.checkRange('max_results', request.max_results, 1, limits.endpointCaptures);
    await capture.flush();
    return capturesOf(await capture.home(), { most: request.max_results, token: request.page_token });
  }

  /** Who answers the next request; 404 for an unknown name. */
  lease(name: string): Lease | Refusal {
    return leaseOf(this.#existing(name), this.#host.counts);
  }

  /** Undefined while requests are answered. */
  ping(name: string): Refusal | undefined {
    const hosted = this.#existing(name);
    return hosted.running.answering().length > 0 ? undefined : refusalOf(hosted);
  }

  stopStarting(): void {
    this.#host.stopStarting();
  }

  async close(): Promise<void> {
    await this.#host.close();
  }

  async #setRunning(name: string, running: boolean): Promise<void> {
    await this.#parts.database.write(async (writer) => {
      const { id } = await rules.existingEndpoint(writer, name);
      await store.setRunning(writer, id, running, Date.now());
    });
  }

  async #refreshed(name: string): Promise<Answer> {
    await this.#host.refresh();
    return this.get(name);
  }

  /** What waits for its next attempt is tried at once. */
  async #retried(name: string): Promise<Answer> {
    await this.#host.refresh();
    this.#existing(name).running.retry();
    return this.get(name);
  }

  #existing(name: string): HostedEndpoint {
    const found = this.#host.find(name);
    if (!found) throw rules.noEndpoint(name);
    return found;
  }

  #answer(hosted: HostedEndpoint): Promise<Answer> {
    return answerOf(hosted, this.#parts);
  }

  #checkCapture({ captureRate }: store.EndpointSettings): void {
    if (captureRate > 0) artifactsOf(this.#parts);
  }
}
