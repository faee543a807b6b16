import { ApiError } from '../protocol/errors.ts';
import type { Comparison, Ordering } from './syntax.ts';

function showValue(value: Comparison['value']): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `(${value.map((item) => JSON.stringify(item)).join(', ')})`;
  return String(value);
}

function show(item: Comparison | Ordering): string {
  const key = `${item.kind}[${item.key}]`;
  if ('ascending' in item) return `${key} ${item.ascending ? 'ASC' : 'DESC'}`;
  return `${key} ${item.comparator} ${showValue(item.value)}`;
}

/** For tables in tests: what was parsed in one line, or `! ` and the message of the error a client would see. */
export function outcome(parse: () => readonly (Comparison | Ordering)[]): string {
  try {
    return parse()
      .map((item) => show(item))
      .join(' AND ');
  } catch (error) {
    if (error instanceof ApiError && error.code === 'INVALID_PARAMETER_VALUE') return `! ${error.message}`;
    throw error;
  }
}
