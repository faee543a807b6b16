/**
 * Request → typed value, by schema. Numbers may come as strings (`"1000"`, `"1e+05"`), as the Java and R clients send
 * them; null means absent. Error texts are those MLflow's clients show.
 */
import { invalidParameter } from './errors.ts';
import { showJson } from './names.ts';
import type { Decoded, Field, Fields, Int64 } from './schema.ts';

type Json = unknown;

const hint = 'See the API docs for more information about request parameters.';

export function missingParameter(path: string): Error {
  return invalidParameter(`Missing value for required parameter '${path}'. ${hint}`);
}

/** The error for a value of the wrong type or beyond its limit. */
export function wrongType(value: Json, path: string): Error {
  const shown = showJson(value);
  return invalidParameter(
    `Invalid value ${shown.length > 500 ? `${shown.slice(0, 500)}...` : shown} for parameter '${path}' supplied: ` +
      ` Hint: Value was of type '${typeName(value)}'. ${hint}`,
  );
}

/** The type's name as Python says it, because that is what clients' users know. */
function typeName(value: Json): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  return Array.isArray(value) ? 'list' : 'dict';
}

const int64Min = -(2n ** 63n);
const int64Max = 2n ** 63n - 1n;
const plainInteger = /^[+-]?\d{1,20}$/;
const decimal = /^[+-]?\d{1,40}(\.\d{0,40})?([eE][+-]?\d{1,4})?$/;

/** An int64 from a number, a bigint, `"12"`, `"1e+05"` or `"1.7e+12"`; undefined when it is none. */
function toInt64(value: Json): Int64 | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : fromBigInt(value);
  if (typeof value === 'bigint') return value >= int64Min && value <= int64Max ? narrow(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (plainInteger.test(text)) return toInt64(BigInt(text.startsWith('+') ? text.slice(1) : text));
  return decimal.test(text) ? toInt64(Number(text)) : undefined;
}

function fromBigInt(value: number): Int64 | undefined {
  return Number.isInteger(value) ? toInt64(BigInt(value)) : undefined;
}

function narrow(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const wordsForNumbers: Record<string, number> = {
  nan: NaN,
  inf: Infinity,
  '+inf': Infinity,
  '-inf': -Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-infinity': -Infinity,
};

/** A double from a number, a boolean, `"2.5"`, `"NaN"`, `"Infinity"`; undefined when it is none. */
function toDouble(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) || /[xob]/i.test(text) ? wordsForNumbers[text.toLowerCase()] : number;
}

function toBool(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

type Decoder = (value: Json, path: string) => unknown;

function required<T>(convert: (value: Json) => T | undefined): Decoder {
  return (value, path) => {
    const result = convert(value);
    if (result === undefined) throw wrongType(value, path);
    return result;
  };
}

const toInt32 = (value: Json): number | undefined => {
  const number = toInt64(value);
  return typeof number === 'number' && number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
};

const scalarDecoders: Record<string, Decoder> = {
  string: (value, path) => {
    if (typeof value !== 'string' || !value.isWellFormed()) throw wrongType(value, path);
    return value;
  },
  int64: required(toInt64),
  int32: required(toInt32),
  double: required(toDouble),
  bool: required(toBool),
  // Of answers, which the SDK decodes.
  json: (value) => value,
};

function valueDecoder(field: Field): Decoder {
  if (field.kind === 'message') {
    const decode = messageDecoder(field.message ?? {});
    return (value, path) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(value, path);
      return decode(value as Record<string, Json>, `${path}.`);
    };
  }
  if (field.kind === 'enum') {
    const names = field.values ?? [];
    // A name that is not known counts as absent, as in MLflow; a number must be known.
    return (value, path) => {
      const number = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value;
      if (typeof number === 'string') return names.includes(number) ? number : field.default;
      const name = typeof number === 'number' ? names[number - (field.firstNumber ?? 1)] : undefined;
      if (name === undefined) throw wrongType(value, path);
      return name;
    };
  }
  const decode = scalarDecoders[field.kind];
  if (!decode) throw new Error(`no decoder for ${field.kind}`);
  return decode;
}

type MessageDecoder = (input: Record<string, Json>, prefix: string) => Record<string, unknown>;

function messageDecoder(fields: Fields): MessageDecoder {
  const plan = Object.entries(fields).map(([name, field]) => ({
    name,
    // Protobuf's JSON knows every field by a second name: run_id is also runId.
    secondName: name.includes('_') ? name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()) : undefined,
    field,
    decode: valueDecoder(field),
  }));
  return (input, prefix) => {
    const output: Record<string, unknown> = {};
    for (const { name, secondName, field, decode } of plan) {
      const value = input[name] ?? (secondName === undefined ? undefined : input[secondName]);
      if (value === undefined || value === null || (value === '' && field.required)) {
        if (field.required) throw missingParameter(prefix + name);
        output[name] = field.repeated ? [] : field.default;
      } else if (field.repeated) {
        output[name] = decodeList(value, field, decode, prefix + name);
      } else {
        output[name] = decode(value, prefix + name);
      }
    }
    return output;
  };
}

function decodeList(value: Json, field: Field, decode: Decoder, path: string): unknown[] {
  if (!Array.isArray(value)) throw wrongType(value, path);
  const items = value as Json[];
  if (field.required && items.length === 0 && field.kind === 'message') throw missingParameter(path);
  if (field.kind === 'string' && items.some((item) => typeof item !== 'string')) throw wrongType(value, path);
  const output: unknown[] = new Array(items.length);
  for (let i = 0; i < items.length; i++) output[i] = decode(items[i], `${path}[${i}]`);
  return output;
}

/** A query names a list by repeating its key, so a list of one arrives as a string. */
export function listsOfQuery(fields: Fields, query: Record<string, Json>): Record<string, Json> {
  for (const [name, value] of Object.entries(query)) {
    if (fields[name]?.repeated && !Array.isArray(value)) query[name] = [value];
  }
  return query;
}

/**
 * Compiles a schema to its decoder, with the first request: a start needs few of them. The input is a parsed JSON
 * object or the query's names and values.
 */
export function compileDecoder<M extends Fields>(fields: M): (input: Record<string, Json>) => Decoded<M> {
  let decode: MessageDecoder | undefined;
  return (input) => (decode ??= messageDecoder(fields))(input, '') as Decoded<M>;
}
