/** Rules for the keys and values that users choose: metric, param and tag names and their lengths. */
import { ApiError, invalidParameter, type ErrorCode } from './errors.ts';
import { limits } from './limits.ts';

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item));
  } catch {
    return '[nested too deeply]';
  }
}

/** A value as JSON in ASCII, as messages show it. */
export function showJson(value: unknown): string {
  return stringify(value).replace(/[^\x00-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const allowed = /^[/\p{L}\p{N}\p{M}_.\- :]*$/u;

/** The name as a relative path, with `.` and `..` resolved. */
function normalPath(name: string): string {
  const absolute = name.startsWith('/');
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !absolute) parts.push(part);
  }
  const path = parts.join('/');
  return absolute ? `/${path}` : path || '.';
}

/**
 * Throws unless `name` may name a metric, param or tag.
 * @param path how the request calls it, such as `metrics[0].name`
 */
export function checkKey(name: string, path: string): void {
  if (!allowed.test(name)) {
    throw invalidParameter(
      `Invalid value ${showJson(name)} for parameter '${path}' supplied: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
    );
  }
  checkNoPath(name, path);
}

/** Throws for what can be the id of no run, where MLflow tells that apart from one it does not find. */
export function checkRunId(id: string): void {
  if (!/^[a-zA-Z0-9][\w-]{0,255}$/.test(id)) {
    throw invalidParameter(`Invalid value ${showJson(id)} for parameter 'run_id' supplied.`);
  }
}

/** Throws when `name`, taken for a path, would be another one: `..`, `a//b`, `/a`. */
export function checkNoPath(name: string, path: string): void {
  const normal = normalPath(name);
  if (normal !== name || normal === '.' || normal.startsWith('..') || normal.startsWith('/')) {
    throw invalidParameter(
      `Invalid value ${showJson(name)} for parameter '${path}' supplied: Names may be treated as files in certain cases, and must not resolve to other names when treated as such. This name would resolve to '${normal}'`,
    );
  }
}

/** Throws when `value` is longer than `limit` characters; `what` is the name in the message. */
export function checkLength(value: string, limit: number, what: string): void {
  if (value.length > limit && [...value].length > limit) {
    throw invalidParameter(`'${what}' exceeds the maximum length of ${limit} characters`);
  }
}

/** Cuts a value to `limit` characters, as MLflow does with long params and tags. */
export function truncate(value: string, limit: number): string {
  return value.length <= limit ? value : [...value].slice(0, limit).join('');
}

const plain = /^[A-Za-z0-9_]{1,200}$/;

/** A metric's name; `path` is `name`, or `metrics[i].name` in a batch. */
export function checkMetricKey(key: string, path = 'name'): void {
  if (plain.test(key)) return;
  checkKey(key, path);
  checkLength(key, limits.entityKey, 'Metric name');
}

/** A param's key; `path` is `key`, or `params[i].key` in a batch. */
export function checkParamKey(key: string, path = 'key'): void {
  checkKey(key, path);
  checkLength(key, limits.entityKey, 'Param key');
}

/** A tag's key; `path` is `key`, or `tags[i].key` in a batch. */
export function checkTagKey(key: string, path = 'key'): void {
  checkKey(key, path);
  checkLength(key, limits.entityKey, path);
}

/** Throws when a list of one request gives a key twice. */
export function checkNotRepeated(
  items: readonly { readonly key: string }[],
  what: string,
  code: ErrorCode = 'BAD_REQUEST',
): void {
  const seen = new Set<string>();
  for (const { key } of items) {
    if (seen.has(key)) throw new ApiError(code, `The ${what} '${key}' is given more than once. Send each key once.`);
    seen.add(key);
  }
}
