import type { Fields } from './schema.ts';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What a caller must be allowed to do. A route without one does not start: the router denies by default. */
export type Permission =
  | 'public'
  | 'experiment:create'
  | 'experiment:read'
  | 'experiment:edit'
  | 'experiment:delete'
  | 'model:create'
  | 'model:read'
  | 'model:edit'
  | 'model:delete'
  | 'artifact:read'
  | 'artifact:write'
  | 'artifact:delete'
  | 'endpoint:create'
  | 'endpoint:read'
  | 'endpoint:edit'
  | 'endpoint:delete'
  | 'job:create'
  | 'job:read'
  | 'job:edit'
  | 'job:delete'
  | 'endpoint:query';

/** One method of the API, as on the wire. */
export interface RouteContract<Request extends Fields = Fields, Response extends Fields = Fields> {
  /** The API's own name of the method. */
  readonly name: string;
  readonly methods: readonly HttpMethod[];
  /** Path below `/api/<version>`, with `{parameter}` segments. */
  readonly path: string;
  readonly version: '2.0' | '3.0';
  /** Methods of the web UI alone are not mounted below `/api`, only below `/ajax-api`. */
  readonly ajaxOnly?: boolean;
  readonly permission: Permission;
  /** May read for long: runs on the reader thread, so that it never holds up a write. */
  readonly longRead?: boolean;
  /** Sent twice it does what it does once, so a client may send it again after a lost answer. All of GET may. */
  readonly idempotent?: boolean;
  readonly summary: string;
  readonly request: Request;
  readonly response: Response;
}

/** Where a method is mounted, without a static prefix. */
export function pathsOf({ path, version, ajaxOnly }: RouteContract): string[] {
  return (ajaxOnly ? ['/ajax-api'] : ['/api', '/ajax-api']).map((base) => `${base}/${version}${path}`);
}

export function route<Request extends Fields, Response extends Fields>(
  contract: Omit<RouteContract<Request, Response>, 'version'> & { readonly version?: '2.0' | '3.0' },
): RouteContract<Request, Response> {
  return { version: '2.0', ...contract };
}
