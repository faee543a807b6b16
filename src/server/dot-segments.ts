/**
 * Refuses artifact paths with `.` or `..` segments. The URL a handler sees has them resolved already, so that
 * `run/artifacts/../../x` would quietly become another file of the store; the route parameters still have them.
 */
import { deepestPath, invalidPath } from '../artifacts/artifact-path.ts';
import type { AroundHandler } from './access-log.ts';
import { errorResponse } from './responses.ts';

type Handler = (request: Request) => Promise<Response>;
type ParameterHandler = (request: Bun.BunRequest, server: Bun.Server<undefined>) => Promise<Response>;

/**
 * Routes for `Bun.serve` over every artifact path below the prefix; what is clean goes on to `next`.
 * @param around each handler
 */
export function dotSegmentRoutes(
  prefix: string,
  next: Handler,
  around: AroundHandler,
): Record<string, ParameterHandler> {
  const routes: Record<string, ParameterHandler> = {};
  const guarded = around(async (request: Bun.BunRequest) => {
    const clean = Object.values<string>(request.params).every((segment) => !segment.split('/').some(isDots));
    return clean ? next(request) : errorResponse(invalidPath());
  });
  let path = prefix;
  for (let depth = 1; depth <= deepestPath; depth++) {
    path += `/:s${depth}`;
    routes[path] = guarded;
  }
  routes[`${path}/*`] = around(async () => errorResponse(invalidPath()));
  return routes;
}

function isDots(segment: string): boolean {
  return segment === '.' || segment === '..';
}
