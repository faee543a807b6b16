/** The schema that a client logged with a dataset: columns, or tensors. */
export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

/** Undefined for what is no schema of a known form; it is then shown as it is. */
export function schemaOf(json: string): SchemaColumn[] | undefined {
  try {
    const schema = JSON.parse(json) as Record<string, unknown> | null;
    if (schema === null || typeof schema !== 'object') return undefined;
    const columns = schema['mlflow_colspec'];
    if (Array.isArray(columns)) return columns.map(columnOf);
    const tensors = schema['mlflow_tensorspec'];
    if (tensors === null || typeof tensors !== 'object') return undefined;
    return Object.entries(tensors).flatMap(([side, spec]) => specsOf(spec).map((one) => tensorOf(side, one)));
  } catch {
    return undefined;
  }
}

function columnOf(column: unknown): SchemaColumn {
  const { name, type, required } = (column ?? {}) as Record<string, unknown>;
  return { name: textOf(name), type: textOf(type), required: required !== false };
}

/** A tensor schema is given as JSON in JSON. */
function specsOf(spec: unknown): unknown[] {
  const parsed: unknown = typeof spec === 'string' ? JSON.parse(spec) : spec;
  return Array.isArray(parsed) ? parsed : parsed === null || parsed === undefined ? [] : [parsed];
}

function tensorOf(side: string, spec: unknown): SchemaColumn {
  const { name, 'tensor-spec': tensor } = (spec ?? {}) as Record<string, unknown>;
  const { dtype, shape } = (tensor ?? {}) as Record<string, unknown>;
  const label = name === undefined ? side : `${side}.${textOf(name)}`;
  return { name: label, type: `${textOf(dtype)} ${JSON.stringify(shape ?? [])}`, required: true };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
