/** A server whose endpoints serve small models, and what tests ask of it. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { endpoint, endpointStates } from '../../../../src/protocol/endpoints.ts';
import type { Decoded } from '../../../../src/protocol/schema.ts';
import { startServer, type StartOptions, type TestServer } from '../../../support/start-server.ts';
import { askOf } from './models.ts';

export type Endpoint = Decoded<typeof endpoint>;
type State = (typeof endpointStates)[number];

const libraries = join(import.meta.dir, '../../../sdk/libraries/node_modules');
/** Nothing that a test starts may outlive it. */
const untilTestEnds = ['setpriv', '--pdeathsig', 'TERM'];
/** Milliseconds. A loaded machine imports Python's libraries slowly. */
const limit = 150_000;

/** @param dir a folder of the caller's, which holds what must outlive one server */
export async function startServing(
  dir: string,
  args: readonly string[] = [],
  options: StartOptions = {},
): Promise<TestServer> {
  mkdirSync(join(dir, 'cache'), { recursive: true });
  try {
    // Where the serving processes find ONNX Runtime.
    symlinkSync(libraries, join(dir, 'node_modules'));
  } catch {
    // Linked by the server before.
  }
  const env = { XDG_CACHE_HOME: join(dir, 'cache'), ...options.env };
  return startServer(args, { through: untilTestEnds, ...options, dir, env });
}

export interface Predicted {
  readonly status: number;
  readonly model: string | null;
  readonly retryAfter: string | null;
  readonly predictions: unknown;
  readonly text: string;
}

const row = JSON.stringify({ inputs: [[1, -2]] });

export class EndpointApi {
  readonly url: string;
  readonly ask: ReturnType<typeof askOf>;

  constructor(url: string) {
    this.url = url;
    this.ask = askOf(url);
  }

  async create(name: string, uris: string | readonly [uri: string, traffic: number][], more = {}): Promise<Endpoint> {
    const models = typeof uris === 'string' ? [[uris] as const] : uris;
    const served = models.map(([uri, traffic]) => ({ model_uri: uri, traffic_percentage: traffic }));
    return one(await this.ask('POST', '/modelyard/endpoints', { name, served_models: served, ...more }));
  }

  async get(name: string): Promise<Endpoint> {
    return one(await this.ask('GET', `/modelyard/endpoints/${name}`));
  }

  async update(name: string, change: object): Promise<Endpoint> {
    return one(await this.ask('PATCH', `/modelyard/endpoints/${name}`, change));
  }

  async start(name: string): Promise<Endpoint> {
    return one(await this.ask('POST', `/modelyard/endpoints/${name}/start`, {}));
  }

  async stop(name: string): Promise<Endpoint> {
    return one(await this.ask('POST', `/modelyard/endpoints/${name}/stop`, {}));
  }

  async log(name: string): Promise<string[]> {
    const { lines } = await this.ask('GET', `/modelyard/endpoints/${name}/logs?max_lines=1000`);
    return (lines as { text: string }[]).map(({ text }) => text);
  }

  /** Waits until it is so. */
  async until(name: string, isSo: State | ((endpoint: Endpoint) => boolean)): Promise<Endpoint> {
    const holds = typeof isSo === 'string' ? ({ state }: Endpoint) => state === isSo : isSo;
    let last: Endpoint | undefined;
    for (const end = Date.now() + limit; Date.now() < end; await Bun.sleep(20)) {
      last = await this.get(name);
      if (holds(last)) return last;
    }
    throw new Error(`the endpoint did not come to it: ${JSON.stringify(last)}\n${(await this.log(name)).join('\n')}`);
  }

  /** Resolves when all that it is to serve is ready. */
  ready(name: string): Promise<Endpoint> {
    return this.until(
      name,
      (one) => one.state === 'ready' && one.served_models.every(({ state }) => state === 'ready'),
    );
  }

  async predict(name: string, body: string = row, type = 'application/json'): Promise<Predicted> {
    const response = await fetch(`${this.url}/endpoints/${name}/invocations`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
      signal: AbortSignal.timeout(limit),
    });
    const text = await response.text();
    const { headers, status } = response;
    const answer = response.ok ? (JSON.parse(text) as { predictions: { y?: unknown } }).predictions : undefined;
    const predictions = answer?.y ?? answer;
    return {
      status,
      text,
      predictions,
      model: headers.get('modelyard-model-uri'),
      retryAfter: headers.get('retry-after'),
    };
  }

  async ping(name: string): Promise<number> {
    return (await fetch(`${this.url}/endpoints/${name}/ping`)).status;
  }
}

function one(answer: Record<string, unknown>): Endpoint {
  return answer['endpoint'] as Endpoint;
}
