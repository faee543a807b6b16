/**
 * The way of a request: host and origin, route, decode, one service call, encode. Errors of any kind end in one mapper.
 */
import { listsOfQuery } from '../protocol/decode.ts';
import { invocationsPath, pingPath } from '../protocol/endpoints.ts';
import { ApiError, isApiError } from '../protocol/errors.ts';
import { pathsOf, type HttpMethod, type Permission } from '../protocol/route.ts';
import { serverLog } from '../logging/loggers.ts';
import type { ArtifactRepository } from '../artifacts/artifact-repository.ts';
import { acceptedCodings } from './accepted-codings.ts';
import { isServedInPlace, redirectTo, singleSlashes } from './doubled-slashes.ts';
import type { Handler } from './handler.ts';
import { createCors } from './cors.ts';
import { createHostGuard } from './host-guard.ts';
import { answerInvocation, answerPing } from './endpoint-proxy.ts';
import { feedPaths, type LiveFeed } from './live-feed.ts';
import type { ReaderThread } from './reader-thread.ts';
import { bodyInput, decodeParameter, queryInput, splitUrl } from './request-input.ts';
import { commonHeaders, corsRefusal, errorResponse, hostRefusal, json, varyByCoding } from './responses.ts';
import { Router, type Mounted } from './router.ts';
import { artifactPathsOf, artifactRoutes, type ArtifactRoute } from './routes/artifacts.ts';
import { jsonRoutes } from './routes/json-routes.ts';
import { artifactsOnlyPage, systemRoutes, type SystemContext, type SystemRoute } from './routes/system.ts';
import type { Services } from './services.ts';
import { unbuiltFamily, unbuiltTransfer } from './unbuilt-families.ts';
import { asksForPage, assetPath, pagePaths, type WebPages } from './web-pages.ts';

export interface AppOptions {
  /** Undefined for a server of artifacts only. */
  readonly services: Services | undefined;
  /** Undefined for a server that does not touch artifacts. */
  readonly repository: ArtifactRepository | undefined;
  /** Answers long reads off this thread. */
  readonly askReader: ReaderThread['ask'];
  readonly webPages: WebPages;
  /** Undefined for a server of artifacts only. */
  readonly feed: LiveFeed | undefined;
  readonly serveArtifacts: boolean;
  readonly staticPrefix: string;
  readonly allowedHosts: readonly string[] | undefined;
  readonly corsAllowedOrigins: readonly string[] | undefined;
  /** For /health. */
  readonly refusesWrites: SystemContext['refusesWrites'];
  /** What lets the processes that this server started in under any host name. */
  readonly ownTokens: ReadonlySet<string>;
}

type Target =
  | { readonly kind: 'json'; readonly handler: Handler }
  | { readonly kind: 'artifact'; readonly route: ArtifactRoute }
  | { readonly kind: 'system'; readonly route: SystemRoute }
  | { readonly kind: 'page' }
  | { readonly kind: 'asset' }
  | { readonly kind: 'feed'; readonly feed: LiveFeed }
  | { readonly kind: 'invocation' }
  | { readonly kind: 'ping' };

export function createApp(options: AppOptions): (request: Request) => Promise<Response> {
  const router = new Router<Target>(mounts(options));
  const hostAllowed = createHostGuard(options.allowedHosts);
  // What load balancers ask under any host name.
  const openToAnyHost = new Set(['/health', '/version'].map((path) => options.staticPrefix + path));
  // Where every Host is accepted, it says nothing about where a page came from.
  const hostIsChecked = !options.allowedHosts?.includes('*');
  const cors = createCors(options.corsAllowedOrigins, { hostIsChecked });

  // Sent by no page: it would have to know the token.
  const isOwn = (request: Request): boolean => {
    const [scheme, token] = request.headers.get('authorization')?.split(' ') ?? [];
    return scheme === 'Bearer' && token !== undefined && options.ownTokens.has(token);
  };

  return async (request) => {
    const { path, query } = splitUrl(request.url);
    const host = request.headers.get('host');
    if (!hostAllowed(host) && !openToAnyHost.has(path) && !isOwn(request)) return hostRefusal();
    const origin = request.headers.get('origin');
    if (origin === null) return answerOrError(request, path, query);
    const preflight = cors.preflight(request);
    if (preflight) return preflight;
    if (cors.blocks(request.method, path, origin, host)) return corsRefusal();
    const response = await answerOrError(request, path, query);
    for (const [name, value] of Object.entries(cors.headers(origin) ?? {})) {
      // An answer may vary by more than the origin.
      if (name.toLowerCase() !== 'vary' || !response.headers.get('vary')?.includes(value))
        response.headers.set(name, value);
    }
    return response;
  };

  async function answerOrError(request: Request, path: string, query: string): Promise<Response> {
    try {
      return await answer(request, path, query);
    } catch (error) {
      return errorResponse(toApiError(error, request, path));
    }
  }

  async function answer(request: Request, path: string, query: string): Promise<Response> {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const match = router.find(method, path);
    if (!match)
      return withSingleSlashes(request, path, query) ?? noPage(request, path) ?? noRoute(router, method, path, options);
    const { target, parameters } = match;
    switch (target.kind) {
      case 'json':
        return answerJson(target.handler, request, query, parameters);
      case 'artifact':
        return answerArtifact(target.route, { request, query: queryInput(query), parameters });
      case 'system':
        return target.route.handle(options);
      case 'page':
        return options.webPages.page(options.feed?.position ?? '');
      case 'feed':
        return target.feed.open(new URLSearchParams(query).get('since') ?? undefined);
      case 'invocation':
      case 'ping':
        return answerEndpoint(target.kind, decodeParameter(parameters['name'] ?? ''), request);
      case 'asset':
        return options.webPages.asset(parameters['name'] ?? '', request.headers.get('accept-encoding'));
    }
  }

  async function answerEndpoint(kind: 'invocation' | 'ping', name: string, request: Request): Promise<Response> {
    if (!options.services) throw new Error('no services');
    const endpoints = await options.services.endpoints.get();
    if (kind === 'ping') return answerPing(endpoints, name);
    const response = await answerInvocation(endpoints, name, request);
    for (const [header, value] of Object.entries(commonHeaders)) response.headers.set(header, value);
    return response;
  }

  /** The UI's own words for an address that a person mistyped; undefined for what programs ask. */
  function noPage(request: Request, path: string): Response | undefined {
    const { services, staticPrefix, webPages, feed } = options;
    if (!services || !path.startsWith(`${staticPrefix}/`) || router.methodsOf(path).length > 0) return undefined;
    if (!asksForPage(request, path.slice(staticPrefix.length))) return undefined;
    return webPages.page(feed?.position ?? '', 404);
  }

  /** Answers a path that is known but for doubled slashes; undefined for another. */
  function withSingleSlashes(request: Request, path: string, query: string): Promise<Response> | Response | undefined {
    const single = singleSlashes(path);
    if (single === path) return undefined;
    const kind = router.find(request.method === 'HEAD' ? 'GET' : request.method, single)?.target.kind;
    if (kind === undefined) return undefined;
    const inPlace = isServedInPlace(path);
    // Not where a file's path is part of the address: the guard of `dot-segments.ts` knows these without doubled slashes.
    if (kind === 'artifact' && (!inPlace || single.includes('/mlflow-artifacts/'))) return undefined;
    return inPlace ? answer(request, single, query) : redirectTo(single, query);
  }

  async function answerJson(
    handler: Handler,
    request: Request,
    query: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const { contract } = handler;
    const fromQuery = request.method === 'GET' || request.method === 'HEAD';
    if (fromQuery && !contract.permission.endsWith(':read') && isOfOtherPage(request)) return corsRefusal();
    const input = fromQuery ? listsOfQuery(contract.request, queryInput(query)) : await bodyInput(request);
    for (const [name, value] of Object.entries(parameters)) input[name] = decodeParameter(value);
    const decoded = handler.decode(input);
    if (contract.longRead) return answerLongRead(contract, request, decoded);
    if (!options.services) throw new Error('no services');
    return json(await handler.answer(decoded, options.services));
  }

  /** Compressed for our own pages alone: MLflow's clients stand beside their server and count each millisecond. */
  async function answerLongRead(
    { name, path }: Handler['contract'],
    request: Request,
    decoded: Record<string, unknown>,
  ): Promise<Response> {
    const ours = path.startsWith('/modelyard/');
    const asked = ours && acceptedCodings(request.headers.get('accept-encoding')).has('gzip');
    const { body, gzip } = await options.askReader(name, decoded, asked);
    const response = json(body);
    if (ours) response.headers.set('vary', varyByCoding);
    if (gzip) response.headers.set('content-encoding', 'gzip');
    return response;
  }

  /** For a GET that does more than read: other pages could have it done by an image, which has no origin. */
  function isOfOtherPage({ headers }: Request): boolean {
    const origin = headers.get('origin');
    if (origin !== null) return cors.blocks('POST', '', origin, headers.get('host'));
    return ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '');
  }

  async function answerArtifact(
    route: ArtifactRoute,
    call: { request: Request; query: Record<string, unknown>; parameters: Readonly<Record<string, string>> },
  ): Promise<Response> {
    const { services, repository } = options;
    if (!repository || (!services && !route.proxy)) throw new Error(`${route.name} is mounted without its parts`);
    const response = await route.handle(call, {
      services: services as Services,
      repository,
      runChanged: (id) => options.feed?.changed('run', id),
    });
    for (const [name, value] of Object.entries(commonHeaders)) response.headers.set(name, value);
    return response;
  }
}

function mounts({ services, repository, feed, serveArtifacts, staticPrefix }: AppOptions): Mounted<Target>[] {
  const all: Mounted<Target>[] = [];
  const add = (methods: readonly HttpMethod[], path: string, permission: Permission, target: Target): void => {
    for (const method of methods) all.push({ method, path: staticPrefix + path, permission, target });
  };
  for (const route of services ? systemRoutes : [...systemRoutes, artifactsOnlyPage])
    add(['GET'], route.path, route.permission, { kind: 'system', route });
  if (services) {
    for (const path of pagePaths) add(['GET'], path, 'public', { kind: 'page' });
    if (staticPrefix !== '') add(['GET'], '', 'public', { kind: 'page' });
    add(['GET'], assetPath, 'public', { kind: 'asset' });
    for (const handler of jsonRoutes) {
      const { contract } = handler;
      for (const path of pathsOf(contract)) add(contract.methods, path, contract.permission, { kind: 'json', handler });
    }
  }
  if (services) {
    add(['POST'], invocationsPath, 'endpoint:query', { kind: 'invocation' });
    add(['GET'], pingPath, 'endpoint:read', { kind: 'ping' });
  }
  if (feed) for (const path of feedPaths) add(['GET'], path, 'experiment:read', { kind: 'feed', feed });
  if (repository) {
    for (const route of artifactRoutes) {
      if (route.proxy ? !serveArtifacts : !services) continue;
      for (const path of artifactPathsOf(route))
        add([route.method], path, route.permission, { kind: 'artifact', route });
    }
  }
  return all;
}

function noRoute(router: Router<Target>, method: string, path: string, options: AppOptions): Response {
  const methods = router.methodsOf(path);
  if (methods.length > 0 && method === 'OPTIONS') {
    return new Response(null, {
      status: 204,
      headers: { allow: [...methods, 'OPTIONS'].join(', '), ...commonHeaders },
    });
  }
  if (methods.length > 0) {
    throw new ApiError('ENDPOINT_NOT_FOUND', `${path} takes ${methods.join(' or ')}, not ${method}.`, { status: 405 });
  }
  const off = turnedOff(path, options);
  const transfer = off === undefined ? unbuiltTransfer(path) : undefined;
  if (transfer !== undefined) throw new ApiError('NOT_IMPLEMENTED', transfer);
  const family = unbuiltFamily(path);
  const reason = family ? `${family} are not offered by this server yet: ${method} ${path}` : undefined;
  const { staticPrefix } = options;
  const below = path.startsWith(`${staticPrefix}/`) ? '' : `. This server answers below ${staticPrefix}.`;
  throw new ApiError('ENDPOINT_NOT_FOUND', off ?? reason ?? `No route: ${method} ${path}${below}`);
}

/** MLflow answers these with 503, which its clients repeat for minutes. */
function turnedOff(path: string, { services, serveArtifacts }: AppOptions): string | undefined {
  if (!serveArtifacts && path.includes('/mlflow-artifacts/'))
    return `${path} is not offered: this server was started with --no-serve-artifacts. Start it with --serve-artifacts.`;
  if (!services && /\/(?:ajax-)?api\//.test(path))
    return `${path} is not offered: this server was started with --artifacts-only. Track runs on a server without it.`;
  return undefined;
}

function toApiError(error: unknown, request: Request, path: string): ApiError {
  if (isApiError(error)) return error;
  // The client left, or was cut off by a stop: nobody hears the answer, and nothing is wrong here.
  const isCutOff = request.signal.aborted && error instanceof Error && error.name === 'AbortError';
  if (isCutOff) return new ApiError('INTERNAL_ERROR', 'The connection was closed.');
  const reference = crypto.randomUUID().slice(0, 8);
  serverLog.error(`${request.method} ${path} failed [${reference}]`, error);
  return new ApiError('INTERNAL_ERROR', `The server failed to answer. Its log says why: look for [${reference}].`);
}
