/** Metric values on their way to the UI: infinities are stored as the greatest double, JSON has neither them nor NaN. */
import type { JsonNumber } from '../protocol/views.ts';

export function fromStoredValue(value: number): number {
  return Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Infinity : value;
}

export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
