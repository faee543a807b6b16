/** Asks an endpoint as any caller would. */
import { servedByHeader } from '../../../src/protocol/endpoints.ts';
import { parseJson } from '../../../src/common/json.ts';
import { reach } from './client.ts';

export interface Invocation {
  readonly status: number;
  /** The version that answered, such as `models:/churn/3`. */
  readonly servedBy: string | undefined;
  readonly milliseconds: number;
  readonly text: string;
  /** The answer as JSON; undefined where it is none. */
  readonly json: unknown;
}

/** @param path of the invocations on this server */
export async function invoke(path: string, body: string, signal?: AbortSignal): Promise<Invocation> {
  const begin = performance.now();
  const headers = { 'content-type': 'application/json' };
  const response = await reach(path, { method: 'POST', headers, body, signal: signal ?? null });
  const text = await response.text();
  const milliseconds = performance.now() - begin;
  const servedBy = response.headers.get(servedByHeader) ?? undefined;
  return { status: response.status, servedBy, milliseconds, text, json: jsonOf(text) };
}

/** Integers of any size stay exact; undefined where it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
