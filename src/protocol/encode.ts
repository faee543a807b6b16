/**
 * Typed value → JSON text, by schema: int64 as plain numbers at full width, doubles always with a point or exponent,
 * NaN as `"NaN"`, undefined and empty lists left out (clients loop for ever on `"next_page_token": ""`).
 */
import type { Encoded, Field, Fields } from './schema.ts';

declare global {
  interface JSON {
    /** What `stringify` writes as this text. ES2025, which the type checker does not know yet. */
    rawJSON(text: string): object;
  }
}

/** Value → what `JSON.stringify` writes as the wire wants it. One native call is twice as fast as text put together. */
type Shaper = (value: unknown) => unknown;

function shapeDouble(value: number): unknown {
  if (Number.isInteger(value)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return JSON.rawJSON(text.includes('e') ? text : `${text}.0`);
  }
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

/** The kinds that JSON.stringify would write otherwise, or not at all. */
const scalarShapers: Partial<Record<Field['kind'], Shaper>> = {
  int64: (value) => (typeof value === 'bigint' ? JSON.rawJSON(String(value)) : value),
  double: (value) => shapeDouble(value as number),
};

/** Undefined for a field that goes as it is. */
function fieldShaper(field: Field): Shaper | undefined {
  const shape = field.kind === 'message' ? messageShaper(field.message ?? {}) : scalarShapers[field.kind];
  return shape && field.repeated ? (value) => (value as unknown[]).map((item) => shape(item)) : shape;
}

function messageShaper(fields: Fields): Shaper {
  const plan = Object.entries(fields).map(([name, field]) => ({
    name,
    leaveOutEmpty: field.repeated && !field.sendEmpty,
    shape: fieldShaper(field),
  }));
  return (input) => {
    const value = input as Record<string, unknown>;
    const shaped: Record<string, unknown> = {};
    for (const { name, leaveOutEmpty, shape } of plan) {
      const part = value[name];
      if (part === undefined || part === null || (leaveOutEmpty && (part as unknown[]).length === 0)) continue;
      shaped[name] = shape ? shape(part) : part;
    }
    return shaped;
  };
}

/** Compiles a schema to its encoder, with the first answer. */
export function compileEncoder<M extends Fields>(fields: M): (value: Encoded<M>) => string {
  let shape: Shaper | undefined;
  return (value) => JSON.stringify((shape ??= messageShaper(fields))(value));
}
