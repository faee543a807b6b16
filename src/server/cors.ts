/**
 * Which pages may call this server from a browser. Two guards: answers carry the headers that let a page read them only
 * for known origins, and changes that a page of an unknown origin sends are refused before anything is done.
 */
import { hostPattern, parseAuthority, textPattern, type Authority } from './host-guard.ts';

/** What a change from an unknown origin is answered with: MLflow's status and text, as text/plain. */
export const refusedOrigin = { status: 403, text: 'Cross-origin request blocked' } as const;

/** What a preflight is answered with that asks for too much; the text goes on with what was wrong. */
const refusedPreflight = { status: 400, text: 'Disallowed CORS ' } as const;

export interface Cors {
  /** The answer to a preflight; undefined for every other request. */
  preflight(request: Request): Response | undefined;
  /**
   * Whether a request is a change sent by a page of an unknown origin. A page is at home when its origin is the Host
   * that it asks, so the Host has to be checked before.
   */
  blocks(method: string, path: string, origin: string | null, host: string | null): boolean;
  /** The headers that let the page of this origin read the answer. */
  headers(origin: string | null): Readonly<Record<string, string>> | undefined;
}

export interface CorsOptions {
  /** False when every Host is accepted: the Host then proves nothing, and only listed origins may change things. */
  readonly hostIsChecked?: boolean;
}

interface Origin extends Authority {
  readonly scheme: string;
}

const localHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const methods: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
const methodsForAll: readonly string[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY'];

const preflightVary =
  'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network';
const longestOrigin = 280;

/**
 * MLflow's rules: pages of this machine may always call, others when listed; `*` alone lets every page in, then without
 * credentials. Safer than MLflow: a listed `https://*.example.com` never means `https://xexample.com.evil.net` (MLflow
 * lets that page read with credentials), every path is guarded and not only those of the API (MLflow leaves `/graphql`
 * and `/v1/traces` open), and 'null', the origin of sandboxed frames, cannot be listed.
 */
export function createCors(allowedOrigins: readonly string[] | undefined, options: CorsOptions = {}): Cors {
  const listed = (allowedOrigins ?? []).map((entry) => entry.trim());
  if (listed.includes('*')) return openToAll();
  const tests = listed.map(compileOrigin);
  const isListed = (origin: Origin): boolean => tests.some((test) => test(origin));
  const { hostIsChecked = true } = options;

  const mayRead = (text: string | null): text is string => {
    const origin = parseOrigin(text);
    return origin !== undefined && ((origin.scheme === 'http' && localHosts.has(origin.host)) || isListed(origin));
  };
  return {
    preflight: (request) =>
      answerPreflight(request, methods, (origin) => (mayRead(origin) ? credentialed(origin) : {})),
    blocks: (method, _path, text, host) => {
      if (readingMethods.has(method) || text === null || text === '') return false;
      const origin = parseOrigin(text);
      if (!origin) return true;
      return !(isLocal(origin) || (hostIsChecked && isSameHost(origin, host)) || isListed(origin));
    },
    headers: (origin) =>
      mayRead(origin) ? { ...credentialed(origin), 'Access-Control-Expose-Headers': '*', Vary: 'Origin' } : undefined,
  };
}

/** For a user who asked for `*`. Without credentials: browsers then send no cookies and no passwords. */
function openToAll(): Cors {
  const open = { 'Access-Control-Allow-Origin': '*' };
  const headers = { ...open, 'Access-Control-Expose-Headers': '*' };
  return {
    preflight: (request) => answerPreflight(request, methodsForAll, () => open),
    blocks: () => false,
    headers: () => headers,
  };
}

function credentialed(origin: string): Record<string, string> {
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' };
}

function answerPreflight(
  request: Request,
  allowedMethods: readonly string[],
  grant: (origin: string) => Record<string, string>,
): Response | undefined {
  if (request.method !== 'OPTIONS') return undefined;
  const origin = request.headers.get('origin');
  const method = request.headers.get('access-control-request-method');
  if (origin === null || method === null) return undefined;
  const granted = grant(origin);
  const refused: string[] = [];
  if (!granted['Access-Control-Allow-Origin']) refused.push('origin');
  if (!allowedMethods.includes(method)) refused.push('method');
  // A page from the internet may not reach into a private network through its visitor's browser.
  if (request.headers.has('access-control-request-private-network')) refused.push('private-network');
  const headers: Record<string, string> = {
    ...granted,
    'Access-Control-Allow-Methods': allowedMethods.join(', '),
    'Access-Control-Max-Age': '600',
    'Content-Type': 'text/plain; charset=utf-8',
    Vary: preflightVary,
  };
  const wanted = request.headers.get('access-control-request-headers');
  if (wanted !== null) headers['Access-Control-Allow-Headers'] = wanted;
  if (refused.length === 0) return new Response('OK', { headers });
  return new Response(refusedPreflight.text + refused.join(', '), { status: refusedPreflight.status, headers });
}

/** An origin as browsers write it, nothing more: no path, no userinfo, not 'null'. */
function parseOrigin(text: string | null): Origin | undefined {
  if (text === null || text.length > longestOrigin) return undefined;
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@]+)$/i.exec(text);
  const authority = match?.[2] === undefined ? undefined : parseAuthority(match[2]);
  if (match?.[1] === undefined || authority === undefined) return undefined;
  const scheme = match[1].toLowerCase();
  return { scheme, host: authority.host, port: authority.port === defaultPort(scheme) ? '' : authority.port };
}

/** A listed origin; `*` may stand in its scheme, host and port, and never reaches over the colons between them. */
function compileOrigin(entry: string): (origin: Origin) => boolean {
  const text = entry.toLowerCase().replace(/\/$/, '').replaceAll('[[]', '[');
  const split = /^([a-z*][a-z0-9+.*-]*):\/\/(\[[^\]]*\]|[^:/?#@[\]]+)(?::([\d*]+))?$/.exec(text);
  if (!split) return () => false;
  const [, scheme = '', host = '', port = ''] = split;
  const matchesScheme = textPattern(scheme);
  const matchesHost = hostPattern(parseAuthority(host)?.host ?? host);
  const matchesPort = port === '*' ? () => true : textPattern(port === defaultPort(scheme) ? '' : port);
  // `https://*` alone means every port too, as it does for MLflow.
  const anyPort = port === '' && host.endsWith('*');
  return (origin) => matchesScheme(origin.scheme) && matchesHost(origin.host) && (anyPort || matchesPort(origin.port));
}

function isLocal({ scheme, host }: Origin): boolean {
  return (scheme === 'http' || scheme === 'https') && localHosts.has(host);
}

/** The scheme is left out: behind a proxy that ends TLS the page says https and this server sees http. */
function isSameHost(origin: Origin, header: string | null): boolean {
  const own = header === null ? undefined : parseAuthority(header);
  if (own === undefined || own.host !== origin.host) return false;
  return origin.port === (own.port === defaultPort(origin.scheme) ? '' : own.port);
}

function defaultPort(scheme: string): string {
  return scheme === 'https' ? '443' : scheme === 'http' ? '80' : '';
}
