/** What a model takes, as its MLmodel file says it: columns or tensors, and parameters. */
import { parseJson } from '../common/json.ts';

/**
 * `boolean`, `integer`, `long`, `float`, `double`, `string`, `binary`, `datetime` or `any`; an `array` of `items`, an
 * `object` of `properties`, or a `map` from strings to `values`.
 */
export interface ValueType {
  readonly type: string;
  readonly required: boolean;
  readonly items?: ValueType;
  readonly properties?: Readonly<Record<string, ValueType>>;
  readonly values?: ValueType;
}

/** A column without a name goes by its place. */
export interface ColumnField extends ValueType {
  readonly name: string | undefined;
}

/** A tensor of numpy's type; -1 is a length that varies. */
export interface TensorField {
  readonly name: string | undefined;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly required: boolean;
}

export type InputSchema =
  | { readonly kind: 'columns'; readonly named: boolean; readonly fields: readonly ColumnField[] }
  | { readonly kind: 'tensors'; readonly named: boolean; readonly fields: readonly TensorField[] };

export interface ParamField {
  readonly name: string;
  readonly type: ValueType;
  readonly default: unknown;
  /** A list of values of the type instead of one. */
  readonly list: boolean;
}

/** The `inputs` or `outputs` of a signature. @throws SyntaxError */
export function schemaOf(text: string): InputSchema | undefined {
  const parts = partsOf(text);
  const [first] = parts;
  if (first === undefined) return undefined;
  const named = first['name'] !== undefined && first['name'] !== null;
  return first['type'] === 'tensor'
    ? { kind: 'tensors', named, fields: parts.map(tensorOf) }
    : { kind: 'columns', named, fields: parts.map((part) => ({ ...typeOf(part), name: nameOf(part) })) };
}

/** The `params` of a signature. @throws SyntaxError */
export function paramsOf(text: string): readonly ParamField[] {
  return partsOf(text).map((part) => ({
    name: String(part['name']),
    // Files of early releases say `dtype`.
    type: typeOf({ ...part, type: part['type'] ?? part['dtype'] }),
    default: part['default'],
    list: Array.isArray(part['shape']),
  }));
}

function partsOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  const parts = parseJson(text);
  if (Array.isArray(parts) && parts.every(isRecord)) return parts;
  throw new SyntaxError('its signature is no list of columns, tensors or parameters.');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tensorOf(part: Readonly<Record<string, unknown>>): TensorField {
  const { dtype, shape } = isRecord(part['tensor-spec']) ? part['tensor-spec'] : {};
  if (typeof dtype !== 'string' || !Array.isArray(shape)) {
    throw new SyntaxError('its signature has a tensor without a type and a shape.');
  }
  return { name: nameOf(part), dtype, shape: shape as number[], required: part['required'] !== false };
}

function nameOf({ name }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof name === 'string' ? name : undefined;
}

function typeOf(part: Readonly<Record<string, unknown>>): ValueType {
  const { items, properties, values } = part;
  return {
    type: String(part['type']),
    required: part['required'] !== false && part['optional'] !== true,
    ...(items ? { items: typeOf(items as Record<string, unknown>) } : {}),
    ...(values ? { values: typeOf(values as Record<string, unknown>) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties as Record<string, Record<string, unknown>>).map(([name, inner]) => [
              name,
              typeOf(inner),
            ]),
          ),
        }
      : {}),
  };
}
