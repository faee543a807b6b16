/** A method of the API by its contract: path, HTTP method, types, and the answer's numbers come from `src/protocol`. */
import { compileDecoder } from '../protocol/decode.ts';
import type { RouteContract } from '../protocol/route.ts';
import type { Decoded, Fields, Sent } from '../protocol/schema.ts';
import { parseAnswer } from './answer.ts';
import type { Settings } from './settings.ts';
import { send, type CallOptions } from './transport.ts';

/**
 * Calls a method.
 *
 * @returns the answer by the contract: lists are there even when empty, int64 are numbers or bigint, NaN is NaN
 * @throws MlflowError when the server refuses, ConnectionError, TimeoutError
 */
export async function call<Request extends Fields, Answer extends Fields>(
  settings: Settings,
  contract: RouteContract<Request, Answer>,
  request: Sent<Request>,
  options?: CallOptions,
): Promise<Decoded<Answer>> {
  const [method = 'GET'] = contract.methods;
  const { path, rest } = filled(
    `/${contract.ajaxOnly ? 'ajax-api' : 'api'}/${contract.version}${contract.path}`,
    request,
  );
  const query = method === 'GET';
  // Bodies keep what stands in the path, which MLflow's server wants there too.
  const response = await send(
    settings,
    {
      method,
      path: query ? path + queryOf(rest) : path,
      ...(query ? {} : { body: JSON.stringify(request, jsonOf), headers: { 'content-type': 'application/json' } }),
      idempotent: query || contract.idempotent === true,
    },
    options,
  );
  return decoderOf(contract)(parseAnswer(await response.text(), `${method} ${path}`, response.status));
}

const decoders = new WeakMap<RouteContract, (answer: Record<string, unknown>) => unknown>();

function decoderOf<Answer extends Fields>(
  contract: RouteContract<Fields, Answer>,
): (answer: Record<string, unknown>) => Decoded<Answer> {
  let decoder = decoders.get(contract);
  if (!decoder) decoders.set(contract, (decoder = compileDecoder(contract.response)));
  return decoder as (answer: Record<string, unknown>) => Decoded<Answer>;
}

/** What JSON does not know goes as text, which every server of this API reads as a number again. */
export function jsonOf(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** The path with its `{parameter}` segments filled, and what is left of the request. */
function filled(pattern: string, request: object): { path: string; rest: object } {
  const rest: Record<string, unknown> = { ...request };
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path, rest };
}

function queryOf(request: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) query.append(name, String(item));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
