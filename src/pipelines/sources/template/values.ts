/** What values of a template are as text, what they have, and what can be done with them. */

/** A table or a view; as text its name, with its schema where it has one. */
export class Relation {
  readonly schema: string | undefined;
  readonly name: string;
  readonly kind: string;

  constructor(identifier: string, kind: string) {
    const dot = identifier.lastIndexOf('.');
    this.schema = dot < 0 ? undefined : identifier.slice(0, dot);
    this.name = identifier.slice(dot + 1);
    this.kind = kind;
  }

  toString(): string {
    return this.schema === undefined ? this.name : `${this.schema}.${this.name}`;
  }
}

/** As Python writes it, which is what templates of pipelines count on: `True`, `None`, `[1, 'a']`. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : written(value);
}

function written(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (value instanceof Relation) return value.toString();
  if (typeof value === 'number') return String(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${written(key)}: ${written(one)}`)
    .join(', ')}}`;
}

export function truth(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return value instanceof Relation || Object.keys(value).length > 0;
  return Boolean(value);
}

/** @throws SyntaxError when there is no such thing */
export function member(value: unknown, key: unknown, name: string): unknown {
  if (Array.isArray(value) && typeof key === 'number') {
    const item: unknown = value.at(key);
    if (item !== undefined) return item;
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, String(key))) {
    return (value as Record<string, unknown>)[String(key)];
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  throw new SyntaxError(`${name} has no ${textOf(key)}${keys.length > 0 ? `; it has ${keys.join(', ')}` : ''}`);
}

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  return typeof value === 'string' ? [...value] : [];
}

type Call = (...values: readonly unknown[]) => unknown;

/** What products are declared with, and numbers to count with. */
export const functions: Readonly<Record<string, Call>> = {
  SQLRelation: (parts) => parts,
  SQLiteRelation: (parts) => parts,
  PostgresRelation: (parts) => parts,
  GenericSQLRelation: (parts) => parts,
  File: (path) => path,
  range: (...bounds) => {
    const [start, stop] = (bounds.length > 1 ? bounds : [0, bounds[0]]) as [number, number];
    return Array.from({ length: Math.max(0, Math.ceil(stop - start)) }, (_, at) => start + at);
  },
};

const filters: Readonly<Record<string, Call>> = {
  default: (value) => value,
  d: (value) => value,
  join: (list, between = '') => listOf(list).map(textOf).join(textOf(between)),
  length: (value) => listOf(value).length,
  upper: (value) => textOf(value).toUpperCase(),
  lower: (value) => textOf(value).toLowerCase(),
  trim: (value) => textOf(value).trim(),
  replace: (value, from, to) => textOf(value).replaceAll(textOf(from), textOf(to)),
  int: (value) => Math.trunc(Number(value)),
  float: (value) => Number(value),
  string: (value) => textOf(value),
  first: (list) => listOf(list)[0],
  last: (list) => listOf(list).at(-1),
  round: (value, digits = 0) => Number(Number(value).toFixed(digits as number)),
};

/** @throws SyntaxError */
export function filterOf(name: string): Call {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (!filter)
    throw new SyntaxError(`There is no filter ${name} in templates; there are ${Object.keys(filters).join(', ')}`);
  return filter;
}
