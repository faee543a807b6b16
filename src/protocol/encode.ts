/**
 * Typed value → JSON text, by schema: int64 as plain numbers at full width, doubles always with a point or exponent,
 * NaN as `"NaN"`, undefined and empty lists left out (clients loop for ever on `"next_page_token": ""`).
 */
import type { Encoded, Field, Fields } from './schema.ts';

type Encoder = (value: unknown) => string;

// A lone surrogate must be escaped too, or the bytes would not be UTF-8.
// eslint-disable-next-line no-control-regex
const needsEscape = /[\u0000-\u001f"\\\ud800-\udfff]/;

function encodeString(value: string): string {
  return needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`;
}

function encodeDouble(value: number): string {
  if (Number.isInteger(value)) {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return text.includes('e') ? text : `${text}.0`;
  }
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"';
}

const scalarEncoders: Record<string, Encoder> = {
  string: (value) => encodeString(value as string),
  enum: (value) => `"${value as string}"`,
  int64: String,
  int32: String,
  bool: String,
  double: (value) => encodeDouble(value as number),
};

function fieldEncoder(field: Field): Encoder {
  const encode = field.kind === 'message' ? messageEncoder(field.message ?? {}) : scalarEncoders[field.kind];
  if (!encode) throw new Error(`no encoder for ${field.kind}`);
  if (!field.repeated) return encode;
  return (value) => {
    let text = '';
    for (const item of value as unknown[]) text += text === '' ? encode(item) : `,${encode(item)}`;
    return `[${text}]`;
  };
}

function messageEncoder(fields: Fields): Encoder {
  const plan = Object.entries(fields).map(([name, field]) => ({
    name,
    prefix: `"${name}":`,
    leaveOutEmpty: field.repeated && !field.sendEmpty,
    encode: fieldEncoder(field),
  }));
  return (input) => {
    const value = input as Record<string, unknown>;
    let text = '';
    for (const { name, prefix, leaveOutEmpty, encode } of plan) {
      const part = value[name];
      if (part === undefined || part === null || (leaveOutEmpty && (part as unknown[]).length === 0)) continue;
      text += (text === '' ? prefix : `,${prefix}`) + encode(part);
    }
    return `{${text}}`;
  };
}

/** Compiles a schema to its encoder. */
export function compileEncoder<M extends Fields>(fields: M): (value: Encoded<M>) => string {
  return messageEncoder(fields);
}
