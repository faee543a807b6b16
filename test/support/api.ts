/** A plain client of the JSON API, with the few types that the tests look at. */
import type { TestServer } from './start-server.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** NaN and the infinities come as strings. */
export interface Metric {
  readonly key: string;
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

export interface Run {
  readonly info: {
    readonly run_id: string;
    readonly experiment_id: string;
    readonly run_name: string;
    readonly status: string;
    readonly start_time: number;
    readonly lifecycle_stage: string;
    readonly artifact_uri: string;
  };
  readonly data: {
    readonly metrics?: readonly Metric[];
    readonly params?: readonly KeyValue[];
    readonly tags?: readonly KeyValue[];
  };
}

export interface RunPage {
  readonly runs?: readonly Run[];
  readonly next_page_token?: string;
}

export interface HistoryPage {
  readonly metrics?: readonly Metric[];
  readonly next_page_token?: string;
}

export interface ErrorBody {
  readonly error_code: string;
  readonly message: string;
}

const limit = 30_000;

export class Api {
  readonly #server: Pick<TestServer, 'url'>;
  readonly #path: string;

  constructor(server: Pick<TestServer, 'url'>, path = '/api/2.0/mlflow') {
    this.#server = server;
    this.#path = path;
  }

  /** The answer as it came; a string is sent as it is. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.#server.url}${this.#path}/${path}`, {
      method,
      signal: AbortSignal.timeout(limit),
      ...(body === undefined ? {} : { body: text, headers: { 'Content-Type': 'application/json' } }),
    });
    return { status: response.status, text: await response.text() };
  }

  /** The parsed answer to a request that must succeed. */
  async get<T>(path: string): Promise<T> {
    return parsed<T>(await this.send('GET', path), path);
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    return parsed<T>(await this.send('POST', path, body), path);
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    return parsed<T>(await this.send('PATCH', path, body), path);
  }

  /** Status and error of a request that must fail. */
  async refused(method: string, path: string, body?: unknown): Promise<ErrorBody & { readonly status: number }> {
    const { status, text } = await this.send(method, path, body);
    if (status < 400) throw new Error(`${method} ${path} was to fail and answered ${status}: ${text.slice(0, 300)}`);
    return { status, ...(JSON.parse(text) as ErrorBody) };
  }

  async createExperiment(name: string): Promise<string> {
    return (await this.post<{ experiment_id: string }>('experiments/create', { name })).experiment_id;
  }

  async createRun(more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return (await this.post<{ run: Run }>('runs/create', { experiment_id: '0', ...more })).run.info.run_id;
  }

  async run(id: string): Promise<Run> {
    return (await this.get<{ run: Run }>(`runs/get?run_id=${id}`)).run;
  }

  async history(id: string, key: string): Promise<readonly Metric[]> {
    return (await this.get<HistoryPage>(`metrics/get-history?run_id=${id}&metric_key=${key}`)).metrics ?? [];
  }

  /** All pages of a search, at most `most` of them. */
  async searchAll(query: Readonly<Record<string, unknown>>, most = 1000): Promise<Run[]> {
    const found: Run[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < most; pages++) {
      const page: RunPage = await this.post<RunPage>('runs/search', { ...query, page_token: token });
      found.push(...(page.runs ?? []));
      token = page.next_page_token;
      if (token === undefined) return found;
    }
    throw new Error(`the search did not end after ${most} pages`);
  }
}

function parsed<T>(answer: Answer, path: string): T {
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
  return JSON.parse(answer.text) as T;
}
