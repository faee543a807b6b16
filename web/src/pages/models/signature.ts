/**
 * The signature in a version's MLmodel file. The file is YAML as PyYAML writes it, and the signature's parts are JSON
 * in one of its scalars, so these few rules read it without a YAML parser.
 */
export interface SchemaField {
  /** Undefined for a column or tensor without a name. */
  readonly name: string | undefined;
  readonly type: string;
  readonly required: boolean;
  /** Of a param of the model. */
  readonly defaultValue?: string;
}

export interface Signature {
  readonly inputs: readonly SchemaField[];
  readonly outputs: readonly SchemaField[];
  readonly params: readonly SchemaField[];
}

export const schemaParts = ['inputs', 'outputs', 'params'] as const;

/** Undefined when there is no signature; throws when there is one that cannot be read. */
export function parseSignature(mlmodel: string): Signature | undefined {
  const lines = mlmodel.split(/\r?\n/);
  const start = lines.indexOf('signature:');
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line !== '' && !line.startsWith(' '));
  const block = end < 0 ? rest : rest.slice(0, end);
  const part = (key: string): SchemaField[] => fieldsOf(scalarOf(block, key));
  return { inputs: part('inputs'), outputs: part('outputs'), params: part('params') };
}

function scalarOf(block: readonly string[], key: string): string | undefined {
  const at = block.findIndex((line) => line.startsWith(`  ${key}:`));
  if (at < 0) return undefined;
  const parts = [(block[at] ?? '').slice(key.length + 3).trim()];
  for (const line of block.slice(at + 1)) {
    if (line !== '' && !line.startsWith('   ')) break;
    parts.push(line.trim());
  }
  const first = parts[0]?.[0];
  if (first === "'") return fold(parts).trim().slice(1, -1).replaceAll("''", "'");
  if (first === '"') return unescapeQuoted(parts);
  const plain = fold(parts).trim();
  return plain === '' || plain === 'null' || plain === '~' ? undefined : plain;
}

/** A line break in a quoted scalar is a space; an empty line is a line break. */
function fold(parts: readonly string[]): string {
  let folded = parts[0] ?? '';
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (part === '') folded += '\n';
    else folded += folded.endsWith('\n') ? part : ` ${part}`;
  }
  return folded;
}

const named: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  _: '\u00a0',
  N: '\u0085',
  L: '\u2028',
  P: '\u2029',
};

/** A double-quoted scalar: a backslash at the end of a line joins it with the next one. */
function unescapeQuoted(parts: readonly string[]): string {
  let folded = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    const continued = /(?:^|[^\\])(?:\\\\)*\\$/.test(folded);
    folded = continued ? folded.slice(0, -1) + part : `${folded} ${part}`;
  }
  return folded
    .trim()
    .slice(1, -1)
    .replaceAll(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs, (_, x, u, long, one) => {
      const code = (x ?? u ?? long) as string | undefined;
      return code === undefined ? (named[one as string] ?? (one as string)) : String.fromCodePoint(parseInt(code, 16));
    });
}

/** A schema of a thousand levels is somebody's attack, not a model's input. */
const deepest = 8;

function fieldsOf(json: string | undefined): SchemaField[] {
  if (json === undefined) return [];
  const parsed: unknown = JSON.parse(json);
  if (!Array.isArray(parsed)) throw new Error('a schema is a list');
  return parsed.map((column: unknown) => {
    const field = recordOf(column);
    const name = field['name'];
    return {
      name: typeof name === 'string' ? name : undefined,
      type: typeName(field, deepest),
      required: field['required'] !== false && field['optional'] !== true && !('default' in field),
      ...('default' in field ? { defaultValue: JSON.stringify(field['default']) } : {}),
    };
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function typeName(field: Readonly<Record<string, unknown>>, left: number): string {
  if (left === 0) return '…';
  const type = typeof field['type'] === 'string' ? field['type'] : 'any';
  const shape = Array.isArray(field['shape']) ? ` (${field['shape'].join(', ')})` : '';
  switch (type) {
    case 'tensor': {
      const { dtype, shape: size } = recordOf(field['tensor-spec']);
      return `tensor ${String(dtype)} (${Array.isArray(size) ? size.join(', ') : ''})`;
    }
    case 'array':
      return `array of ${typeName(recordOf(field['items']), left - 1)}`;
    case 'map':
      return `map of ${typeName(recordOf(field['values']), left - 1)}`;
    case 'object': {
      const properties = Object.entries(recordOf(field['properties'])).map(
        ([name, property]) => `${name}: ${typeName(recordOf(property), left - 1)}`,
      );
      return `object {${properties.join(', ')}}`;
    }
    default:
      return type + shape;
  }
}

/** Only what is different; a field is known by its name, without one by its place. */
export type Mark = 'added' | 'removed' | 'changed' | 'same';

export interface SchemaRow {
  readonly part: (typeof schemaParts)[number];
  readonly name: string;
  /** By version: undefined where the field is not there. */
  readonly fields: readonly (SchemaField | undefined)[];
  /** By version, against the first one. */
  readonly marks: readonly Mark[];
}

export function schemaRows(
  signatures: readonly (Signature | undefined)[],
  unnamed: (index: number) => string,
): SchemaRow[] {
  return schemaParts.flatMap((part) => {
    const columns = signatures.map(
      (signature) => new Map(signature?.[part].map((field, i) => [field.name ?? unnamed(i + 1), field])),
    );
    const names = new Set(columns.flatMap((column) => [...column.keys()]));
    return [...names].map((name) => {
      const fields = columns.map((column) => column.get(name));
      return { part, name, fields, marks: fields.map((field) => markOf(fields[0], field)) };
    });
  });
}

function markOf(before: SchemaField | undefined, field: SchemaField | undefined): Mark {
  if (before === undefined) return field === undefined ? 'same' : 'added';
  if (field === undefined) return 'removed';
  return shownField(before) === shownField(field) ? 'same' : 'changed';
}

export function shownField({ type, required, defaultValue }: SchemaField, optional = 'optional'): string {
  return [type, !required && defaultValue === undefined && optional, defaultValue !== undefined && `= ${defaultValue}`]
    .filter((part) => part !== false)
    .join(', ');
}
