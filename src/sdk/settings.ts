/**
 * Where the server is and how to talk to it: options, else the environment variables of the Python client, else the
 * defaults. Browsers have no environment; there a page's own origin is the default.
 */

export interface ClientOptions {
  /** `http://host:port`, with the prefix below which the server stands, if any. Default: `MLFLOW_TRACKING_URI`. */
  readonly trackingUri?: string | undefined;
  /** Basic authentication. Default: `MLFLOW_TRACKING_USERNAME`, `MLFLOW_TRACKING_PASSWORD`, or those in the address. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A bearer token. Default: `MLFLOW_TRACKING_TOKEN`. */
  readonly token?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until a request without an answer is given up. Default: `MLFLOW_HTTP_REQUEST_TIMEOUT` s, 120,000. */
  readonly timeout?: number | undefined;
  /** How often a request that may be sent again is. Default: `MLFLOW_HTTP_REQUEST_MAX_RETRIES`, 5. */
  readonly retries?: number | undefined;
  /** Milliseconds before the first retry, twice as many before each further one. Default: 200. */
  readonly backoff?: number | undefined;
  /** Default: the global one. */
  readonly fetch?: typeof fetch | undefined;
}

export interface Settings {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
  readonly retries: number;
  readonly backoff: number;
  readonly fetch: typeof fetch;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The value of an environment variable; undefined when it is not set, empty, or there is no environment. */
export function environment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Environment } };
  return process?.env?.[name] || undefined;
}

/** The same, for this time alone: it is no longer set, for programs that this one starts either. */
export function takeEnvironment(name: string): string | undefined {
  const value = environment(name);
  if (value !== undefined)
    Reflect.deleteProperty((globalThis as { process?: { env: object } }).process?.env ?? {}, name);
  return value;
}

/** `true` or `1`. */
export function isSet(name: string): boolean {
  return /^(true|1)$/i.test(environment(name) ?? '');
}

const defaultTrackingUri = 'http://127.0.0.1:5000';

let trackingUri: string | undefined;

/** Tells every client that is made from now on, and the fluent functions, where the server is. */
export function setTrackingUri(uri: string): void {
  addressOf(uri);
  trackingUri = uri;
}

/** The address that `setTrackingUri` or `MLFLOW_TRACKING_URI` names; else the page's origin, else the default port here. */
export function getTrackingUri(): string {
  const { location } = globalThis as { location?: { origin?: string } };
  const here = location?.origin?.startsWith('http') ? location.origin : defaultTrackingUri;
  return trackingUri ?? environment('MLFLOW_TRACKING_URI') ?? here;
}

let usualRetries = 5;

/** How often a request that may be sent again is, where neither an option nor the environment says it. */
export function setRetries(count: number): void {
  usualRetries = count;
}

export function settingsOf(options: ClientOptions = {}): Settings {
  const url = addressOf(options.trackingUri ?? getTrackingUri());
  const authorization = authorizationOf(options, url);
  url.username = '';
  url.password = '';
  return {
    baseUrl: url.href.replace(/\/+$/, ''),
    headers: { ...(authorization === undefined ? {} : { authorization }), ...options.headers },
    timeout: options.timeout ?? seconds('MLFLOW_HTTP_REQUEST_TIMEOUT') ?? 120_000,
    retries: options.retries ?? whole('MLFLOW_HTTP_REQUEST_MAX_RETRIES') ?? usualRetries,
    backoff: options.backoff ?? 200,
    // Bound, because browsers refuse to call it as a method of something else.
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
  };
}

function addressOf(uri: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const advice = 'Give the address of a server, such as http://127.0.0.1:5000 (`modelyard server` starts one).';
  throw new TypeError(`The tracking URI ${JSON.stringify(uri)} is not an http address. ${advice}`);
}

/** Name and password win over a token, as in the Python client. */
function authorizationOf(options: ClientOptions, url: URL): string | undefined {
  const given = options.username !== undefined || options.token !== undefined;
  const username =
    options.username ??
    (given ? undefined : decodeURIComponent(url.username) || environment('MLFLOW_TRACKING_USERNAME'));
  const password =
    options.password ?? (decodeURIComponent(url.password) || environment('MLFLOW_TRACKING_PASSWORD') || '');
  if (username !== undefined) return `Basic ${base64(`${username}:${password}`)}`;
  const token = options.token ?? environment('MLFLOW_TRACKING_TOKEN');
  return token === undefined ? undefined : `Bearer ${token}`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function whole(name: string): number | undefined {
  const text = environment(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new TypeError(`${name} must be a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function seconds(name: string): number | undefined {
  const value = whole(name);
  return value === undefined ? undefined : value * 1000;
}
