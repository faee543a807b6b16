import type { TestServer } from '../support/start-server.ts';
import { insideOf } from './error-text.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The parsed body; {} where it is not a JSON object. */
  readonly json: Record<string, unknown>;
}

const limit = 15_000;

/** Calls JSON methods of the API; every error that comes back is checked for what it tells of the server's inside. */
export class ApiClient {
  constructor(
    readonly server: TestServer,
    readonly api = '/api/2.0/mlflow',
  ) {}

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.send(method, path, body === undefined ? undefined : JSON.stringify(body));
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.call('POST', path, body);
  }

  async send(method: string, path: string, body?: string): Promise<Answer> {
    const response = await fetch(`${this.server.url}${this.api}/${path}`, {
      method,
      signal: AbortSignal.timeout(limit),
      ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
    });
    const text = await response.text();
    const told = response.ok ? [] : insideOf(text, this.server.dir, `${path} ${body ?? ''}`);
    if (told.length > 0) throw new Error(`${method} ${path} tells ${told.join(', ')}: ${text.slice(0, 500)}`);
    return { status: response.status, text, json: objectOf(text) };
  }

  /** Creates a run and answers its id. */
  async createRun(experimentId = '0'): Promise<string> {
    const { json, text } = await this.post('runs/create', { experiment_id: experimentId });
    const info = at(json, 'run', 'info', 'run_id');
    if (typeof info !== 'string') throw new Error(`no run: ${text}\n${this.server.log()}`);
    return info;
  }
}

/** The value at a path of keys; undefined where there is none. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
