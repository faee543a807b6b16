/**
 * The low-level client: every method of the API under its own name, with the field names of the wire.
 *
 * ```ts
 * const client = new Client();
 * const { experiment } = await client.getExperimentByName({ experiment_name: 'Default' });
 * for await (const { info } of client.each('searchRuns', { experiment_ids: ['0'] })) console.log(info?.run_id);
 * ```
 */
import * as artifacts from '../protocol/artifacts.ts';
import * as endpoints from '../protocol/endpoints.ts';
import * as experiments from '../protocol/experiments.ts';
import * as loggedModels from '../protocol/logged-models.ts';
import * as metrics from '../protocol/metrics.ts';
import * as modelVersions from '../protocol/model-versions.ts';
import * as registeredModels from '../protocol/registered-models.ts';
import * as runs from '../protocol/runs.ts';
import type { RouteContract } from '../protocol/route.ts';
import type { Decoded, Fields, Sent } from '../protocol/schema.ts';
import { call } from './call.ts';
import { settingsOf, type ClientOptions, type Settings } from './settings.ts';
import type { CallOptions } from './transport.ts';

const families = {
  ...experiments,
  ...runs,
  ...metrics,
  ...artifacts,
  ...loggedModels,
  ...registeredModels,
  ...modelVersions,
  ...endpoints,
};

type Contracts<F> = { [K in keyof F as F[K] extends RouteContract ? K : never]: F[K] };
type Api = Contracts<typeof families>;
type RequestOf<C> = C extends { request: infer R extends Fields } ? Sent<R> : never;
type AnswerOf<C> = C extends { response: infer A extends Fields } ? Decoded<A> : never;

/** Every method of the API as a typed call. */
export type ApiMethods = {
  [K in keyof Api]: (request: RequestOf<Api[K]>, options?: CallOptions) => Promise<AnswerOf<Api[K]>>;
};

type Paged = {
  [K in keyof Api]: AnswerOf<Api[K]> extends { next_page_token?: string | undefined } ? K : never;
}[keyof Api];
type Item<A> = { [K in keyof A]-?: A[K] extends readonly (infer T)[] ? T : never }[keyof A];

class BaseClient {
  readonly settings: Settings;

  /** Options that are left out come from the environment variables of the Python client. */
  constructor(options: ClientOptions = {}) {
    this.settings = settingsOf(options);
  }

  /** Calls a method by its contract, for methods that are not MLflow's. */
  call<R extends Fields, A extends Fields>(
    contract: RouteContract<R, A>,
    request: Sent<R>,
    options?: CallOptions,
  ): Promise<Decoded<A>> {
    return call(this.settings, contract, request, options);
  }

  /** The items of all pages of a method that answers in pages; the next page is asked for when it is reached. */
  async *each<K extends Paged>(
    method: K,
    request: RequestOf<Api[K]>,
    options?: CallOptions,
  ): AsyncGenerator<Item<AnswerOf<Api[K]>>, void> {
    const contract: RouteContract = families[method];
    const [list = ''] = Object.entries(contract.response).find(([, field]) => field.repeated) ?? [];
    for (let token: unknown; ;) {
      const question = { ...request, ...(token ? { page_token: token } : {}) };
      const page: Record<string, unknown> = await this.call<Fields, Fields>(contract, question, options);
      yield* page[list] as Item<AnswerOf<Api[K]>>[];
      token = page['next_page_token'];
      if (!token) return;
    }
  }
}

// Each contract is a method of its name.
for (const [name, contract] of Object.entries(families)) {
  if (!isContract(contract)) continue;
  Object.defineProperty(BaseClient.prototype, name, {
    value(this: BaseClient, request: object, options?: CallOptions) {
      return this.call<Fields, Fields>(contract, request, options);
    },
  });
}

function isContract(value: unknown): value is RouteContract {
  return typeof value === 'object' && value !== null && 'methods' in value && 'path' in value;
}

export type Client = BaseClient & ApiMethods;
export const Client = BaseClient as new (options?: ClientOptions) => Client;
