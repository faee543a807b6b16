import { parseJson } from '../../../../components/content/parse-json.ts';
import { jsonText } from '../../../../components/content/json-text.ts';
import type { Json } from '../../../../components/content/json-tree-rows.ts';
import { parseYaml } from './parse-yaml.ts';

export interface SignatureRow {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}
export interface SignaturePart {
  readonly part: 'inputs' | 'outputs' | 'params';
  readonly rows: readonly SignatureRow[];
}
export interface ModelFile {
  readonly signature: readonly SignaturePart[];
  readonly flavors: readonly { readonly name: string; readonly fields: readonly (readonly [string, string])[] }[];
  readonly facts: readonly (readonly [string, string])[];
  /** Beside the file. */
  readonly example: string | undefined;
  readonly modelId: string | undefined;
}

type Fields = Readonly<Record<string, Json | undefined>>;

function fieldsOf(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function written(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : jsonText(value);
}

const factNames = ['model_id', 'run_id', 'utc_time_created', 'mlflow_version', 'model_size_bytes'];

/** Undefined for a text that is no MLmodel file. */
export function readModelFile(text: string): ModelFile | undefined {
  const model = fieldsOf(parseYaml(text));
  if (typeof model['flavors'] !== 'object') return undefined;
  const signature = fieldsOf(model['signature']);
  const flavors = Object.entries(fieldsOf(model['flavors'])).map(([name, flavor]) => ({
    name,
    fields: Object.entries(fieldsOf(flavor))
      .map(([key, value]) => [key, written(value)] as const)
      .filter(([, value]) => value !== ''),
  }));
  const example = fieldsOf(model['saved_input_example_info'])['artifact_path'];
  return {
    signature: (['inputs', 'outputs', 'params'] as const)
      .map((part) => ({ part, rows: schemaRows(signature[part]) }))
      .filter(({ rows }) => rows.length > 0),
    flavors,
    facts: factNames.map((name) => [name, written(model[name])] as const).filter(([, value]) => value !== ''),
    example: typeof example === 'string' ? example : undefined,
    modelId: typeof model['model_id'] === 'string' ? model['model_id'] : undefined,
  };
}

/** A schema stands in the file as JSON in a string. */
function schemaRows(schema: Json | undefined): readonly SignatureRow[] {
  const parsed = typeof schema === 'string' ? parseJson(schema) : undefined;
  if (!parsed || !('value' in parsed) || !Array.isArray(parsed.value)) return [];
  return (parsed.value as readonly Json[]).map((one, i) => {
    const column = fieldsOf(one);
    const fallback = column['default'];
    const type = typeOf(column) + (fallback === undefined ? '' : ` = ${written(fallback)}`);
    return { name: written(column['name']) || String(i), type, required: column['required'] !== false };
  });
}

function typeOf(column: Fields): string {
  const spec = fieldsOf(column['tensor-spec']);
  if (spec['dtype'] !== undefined)
    return `tensor ${written(spec['dtype'])} (${written(spec['shape']).replace(/[[\]]/g, '')})`;
  const type = written(column['type'] ?? column['dtype']);
  if (type === 'array') return `array of ${typeOf(fieldsOf(column['items']))}`;
  const properties = Object.entries(fieldsOf(column['properties']));
  return properties.length > 0
    ? `object {${properties.map(([name, value]) => `${name}: ${typeOf(fieldsOf(value))}`).join(', ')}}`
    : type;
}

/** Python that loads the model and asks it. */
export function snippetOf(model: ModelFile, uri: string, server: string): string {
  const columns = model.signature.find(({ part }) => part === 'inputs')?.rows ?? [];
  const isTable = columns.length > 0 && columns.every(({ type }) => !type.startsWith('tensor'));
  const data = isTable
    ? `pd.DataFrame([{${columns
        .slice(0, 30)
        .map(({ name }) => `${JSON.stringify(name)}: ...`)
        .join(', ')}}])`
    : '...';
  return [
    'import mlflow',
    ...(isTable ? ['import pandas as pd'] : []),
    '',
    `mlflow.set_tracking_uri(${JSON.stringify(server)})`,
    `model = mlflow.pyfunc.load_model(${JSON.stringify(uri)})`,
    `print(model.predict(${data}))`,
  ].join('\n');
}
