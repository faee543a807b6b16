/** Calls the server's methods by their own contracts: path, method and types come from `src/protocol`. */
import { parseExactly } from '../../../src/common/json.ts';
import type { RouteContract } from '../../../src/protocol/route.ts';
import type { Encoded, Fields, Sent } from '../../../src/protocol/schema.ts';

/** An error that the server answered, in its own words. `code` is MLflow's error_code. */
export class ApiFailure extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.status = status;
  }
}

/** The server could not be reached; the request may be sent again. */
export class ConnectionFailure extends Error {
  constructor() {
    super('The server cannot be reached.');
    this.name = 'ConnectionFailure';
  }
}

/** Path under which the server stands behind a proxy, such as `/ml`; mostly empty. */
export const prefix = document.querySelector<HTMLMetaElement>('meta[name=modelyard-prefix]')?.content ?? '';

export async function call<Request extends Fields, Response extends Fields>(
  contract: RouteContract<Request, Response>,
  question: Sent<Request>,
  signal?: AbortSignal,
): Promise<Encoded<Response>> {
  const [method = 'GET'] = contract.methods;
  const { path, rest } = addressed(contract.path, question);
  const url = `${prefix}/ajax-api/${contract.version}${path}`;
  const response =
    method === 'GET'
      ? await reach(`${url}${queryOf(rest)}`, { signal: signal ?? null })
      : await reach(url, {
          method,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(rest),
          signal: signal ?? null,
        });
  if (!response.ok) throw await failureOf(response);
  const answer = await response.text();
  return parseExactly(answer, (key) => int64Names(contract.response).has(key)) as Encoded<Response>;
}

/** The fields that stand in the path, such as `/endpoints/{name}`, and what is left of the question. */
function addressed(path: string, question: Readonly<Record<string, unknown>>) {
  const rest = { ...question };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path: filled, rest };
}

const namesOf = new WeakMap<Fields, ReadonlySet<string>>();

/** The int64 fields of an answer, which may be bigint. Lists of numbers for charts have no names: they stay doubles. */
function int64Names(fields: Fields): ReadonlySet<string> {
  let names = namesOf.get(fields);
  if (!names) {
    names = new Set(
      Object.entries(fields).flatMap(([name, { kind, message }]) =>
        message ? [...int64Names(message)] : kind === 'int64' ? [name] : [],
      ),
    );
    namesOf.set(fields, names);
  }
  return names;
}

/** `fetch`, with one error for every way of not being reached. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ConnectionFailure();
  }
}

export async function failureOf(response: Response): Promise<Error> {
  // A proxy in front of a server that is down answers in its own words.
  if ([502, 503, 504].includes(response.status) && !response.headers.get('content-type')?.includes('json')) {
    return new ConnectionFailure();
  }
  const body = (await response.json().catch(() => ({}))) as { error_code?: string; message?: string };
  return new ApiFailure(
    body.error_code ?? 'INTERNAL_ERROR',
    body.message ?? `The server answered ${response.status}.`,
    response.status,
  );
}

function queryOf(question: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) query.append(name, String(item));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
