/** Doubled slashes in a path, which clients make of a server's address that ends in one. */
import { commonHeaders } from './responses.ts';

/** The path with each run of slashes as one. */
export function singleSlashes(path: string): string {
  return path.replace(/\/{2,}/g, '/');
}

/** As in MLflow: doubled at the start only, they count as one; others send the client to the path without them. */
export function isServedInPlace(path: string): boolean {
  return !path.slice(1).replace(/^\/+/, '').includes('//');
}

export function redirectTo(path: string, query: string): Response {
  // 308: the client sends its method and body again.
  const location = query === '' ? path : `${path}?${query}`;
  return new Response(null, { status: 308, headers: { location, ...commonHeaders } });
}
