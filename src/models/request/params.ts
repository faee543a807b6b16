/** The parameters of a request, held to the schema that the model has for them. */
import type { ParamField, ValueType } from '../schema.ts';
import { ScoringError } from '../scoring-error.ts';
import { shown, typeName } from './python-text.ts';

export type Params = Readonly<Record<string, unknown>>;

/** Those of the schema with their defaults; others are left out. undefined for a model without a schema. */
export function paramsFor(given: unknown, schema: readonly ParamField[] | undefined): Params | undefined {
  if (!schema) return undefined;
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given))) {
    throw invalid(`Parameters must be a dictionary. Got type '${typeName(given)}'.`);
  }
  const record = (given ?? {}) as Params;
  const wrong: string[] = [];
  const entries = schema.map((field): [string, unknown] => {
    if (!Object.hasOwn(record, field.name)) return [field.name, field.default];
    const value = record[field.name];
    const reason = reasonAgainst(value, field);
    if (reason !== undefined) wrong.push(`('${field.name}', '${reason}')`);
    return [field.name, value];
  });
  if (wrong.length > 0) throw invalid(`Invalid parameters found: {${wrong.join(', ')}}`);
  return Object.fromEntries(entries);
}

function reasonAgainst(value: unknown, { type, list }: ParamField): string | undefined {
  if (!list) return type.type === 'object' ? reasonAgainstObject(value) : reasonAgainstScalar(value, type);
  if (!Array.isArray(value) || value.some(Array.isArray)) return `Value must be a 1D array, got ${typeName(value)}`;
  return value.map((item) => reasonAgainstScalar(item, type)).find((reason) => reason !== undefined);
}

function reasonAgainstObject(value: unknown): string | undefined {
  return typeName(value) === 'dict' ? undefined : `Expected data to be dictionary, got ${typeName(value)}`;
}

function reasonAgainstScalar(value: unknown, { type }: ValueType): string | undefined {
  const given = typeName(value);
  if (value === null || value === undefined) return undefined;
  if (given === 'list' || given === 'dict') return `Value must be a scalar for type ${type}, got ${shown(value)}`;
  return accepted[type]?.(value) === false
    ? `Can not safely convert ${given} to ${type} for value ${shown(value)}`
    : undefined;
}

const isWhole = (value: unknown): boolean => typeof value === 'bigint' || Number.isInteger(value);
const isNumber = (value: unknown): boolean => typeof value === 'bigint' || typeof value === 'number';

const accepted: Readonly<Record<string, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  integer: isWhole,
  long: isWhole,
  float: isNumber,
  double: isNumber,
  string: (value) => typeof value === 'string',
  datetime: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

function invalid(message: string): ScoringError {
  return new ScoringError('INVALID_PARAMETER_VALUE', message);
}
