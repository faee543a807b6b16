/** Numbers as Python reads them from text, and values as its errors name them. */

const floatText = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/;
const wordText = /^([+-]?)(inf(?:inity)?|nan)$/i;

/** `float(text)`; undefined for what is none. */
export function floatOf(text: string): number | undefined {
  const trimmed = text.trim();
  if (floatText.test(trimmed)) return Number(trimmed.replaceAll('_', ''));
  const [, sign, word] = wordText.exec(trimmed) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? -Infinity : Infinity;
}

/** `int(text)`; undefined for what is none. */
export function intOf(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?\d+(?:_\d+)*$/.test(trimmed)) return undefined;
  return BigInt(trimmed.replaceAll('_', '').replace(/^\+/, ''));
}

/** The value in an error, cut. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  const text = typeof value === 'string' ? `'${value}'` : textOf(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** `str(value)`, but lists and records as JSON has them. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
      return value ? 'True' : 'False';
    case 'number':
    case 'bigint':
      return String(value);
    case 'object':
      return value === null
        ? 'None'
        : JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
    default:
      return 'None';
  }
}

/** Its type by Python's name. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    default:
      return 'dict';
  }
}
