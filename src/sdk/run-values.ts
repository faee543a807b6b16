/** Values of users, as the API takes them; a wrong one is refused before it leaves, in words. */
import { limits } from '../protocol/limits.ts';
import { checkKey } from '../protocol/names.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { QueuedPoint } from './metric-queue.ts';

/** What params and tags take; all are kept as text, objects and lists as JSON. */
export type TextValue =
  string | number | bigint | boolean | null | Date | readonly unknown[] | { readonly [key: string]: unknown };

export interface MetricOptions {
  /** Any whole number up to 2^63. Default: 0. */
  readonly step?: Int64 | undefined;
  /** Milliseconds since 1970. Default: now. */
  readonly timestamp?: Int64 | Date | undefined;
  /** The logged model that the value belongs to. */
  readonly modelId?: string | undefined;
  readonly dataset?: { readonly name: string; readonly digest: string } | undefined;
}

/** @throws TypeError for undefined, functions and symbols */
export function textOf(value: unknown, key: string): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value instanceof Date ? value.toISOString() : JSON.stringify(value, bigIntAsText);
    default: {
      const wanted = 'give a text, number, boolean, null, list or record';
      throw new TypeError(`The value of ${JSON.stringify(key)} is ${typeof value}; ${wanted}.`);
    }
  }
}

function bigIntAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** @throws TypeError when it is none, ApiError for a name that the API does not allow */
export function pointOf(key: string, value: number, options: Int64 | MetricOptions = {}): QueuedPoint {
  checkMetricKey(key);
  if (typeof value !== 'number')
    throw new TypeError(`The metric ${JSON.stringify(key)} is ${typeof value}, not a number.`);
  const { step = 0, timestamp, modelId, dataset } = typeof options === 'object' ? options : { step: options };
  return {
    key,
    value,
    step: int64Of(step, 'step'),
    timestamp: int64Of(timestamp instanceof Date ? timestamp.getTime() : (timestamp ?? Date.now()), 'timestamp'),
    ...(modelId === undefined ? {} : { model_id: modelId }),
    ...(dataset === undefined ? {} : { dataset_name: dataset.name, dataset_digest: dataset.digest }),
  };
}

function int64Of(value: Int64, what: string): Int64 {
  const whole = typeof value === 'bigint' || Number.isInteger(value);
  if (!whole) throw new TypeError(`The ${what} ${String(value)} is not a whole number.`);
  if (value >= -(2 ** 63) && value < 2 ** 63) return value;
  throw new RangeError(`The ${what} ${value} is beyond 2^63.`);
}

const known = new Set<string>();

/** A training loop logs the same few names all the time. */
function checkMetricKey(key: string): void {
  if (known.has(key)) return;
  if (typeof key !== 'string') throw new TypeError(`A metric's name is a text, not ${typeof key}.`);
  checkKey(key, 'key');
  if (key.length > limits.entityKey)
    throw new RangeError(`A metric's name has at most ${limits.entityKey} characters.`);
  if (known.size < 10_000) known.add(key);
}
