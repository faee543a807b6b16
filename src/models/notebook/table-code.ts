/** Python that reads a table and makes of it what a model takes. */
import type { ColumnField, InputSchema, TensorField } from '../schema.ts';
import { dtypeOf, exampleValues, isNested, nameOf } from './example-column.ts';
import { pythonText } from './notebook.ts';

/** Defines `table_of_example()`, used when there is no file of the user's. */
export function exampleCode(inputs: InputSchema | undefined): string {
  return `
def example_table():
    """An example to start with: the model's own, or values of its types."""
    example = getattr(model, "input_example", None)
    if isinstance(example, pd.DataFrame):
        return example
    return pd.DataFrame(${exampleOf(inputs)})
`.trim();
}

/** The same without a model at hand. */
export function exampleOf(inputs: InputSchema | undefined): string {
  if (!inputs) return '{"column": [0.5, 1.5]}';
  if (inputs.kind === 'columns')
    return dictOf(inputs.fields.map((field, place) => [nameOf(field, place), exampleValues(field)]));
  const [only, second] = inputs.fields;
  if (only && !second && widthOf(only) !== undefined) {
    return dictOf(Array.from({ length: widthOf(only) ?? 0 }, (_, place) => [String(place), '[0.5, 1.5]']));
  }
  return dictOf(
    inputs.fields.map((field) => [
      field.name ?? 'tensor',
      `[${[0, 1].map(() => nested(field.shape.slice(1))).join(', ')}]`,
    ]),
  );
}

function dictOf(entries: readonly (readonly [string, string])[]): string {
  return `{\n${entries.map(([name, value]) => `        ${pythonText(name)}: ${value},\n`).join('')}    }`;
}

/** Values of a row of a flat tensor. */
function widthOf({ shape }: TensorField): number | undefined {
  const rest = shape.slice(1).map((length) => (length < 0 ? 1 : length));
  return rest.length <= 1 ? (rest[0] ?? 1) : undefined;
}

/** Zeros in lists. */
function nested(shape: readonly number[]): string {
  const [length, ...rest] = shape;
  if (length === undefined) return '0.0';
  return `[${new Array<string>(Math.max(1, length)).fill(nested(rest)).join(', ')}]`;
}

/**
 * @param csv arguments of pandas for files that are not written with commas, such as `sep=";"`
 * @param inputs of which texts are read as they are written: 01067 is no number there
 * @param texts other columns that are read so
 */
export function readCode(csv: readonly string[] = [], inputs?: InputSchema, texts: readonly string[] = []): string {
  const [read, written] = [csv, csv.filter((one) => !/^(skiprows|index_col)=/.test(one))].map((args) =>
    args.map((one) => `, ${one}`).join(''),
  );
  const fields = inputs?.kind === 'columns' ? inputs.fields : [];
  const names = fields.flatMap((field, place) => (field.type === 'string' ? [nameOf(field, place)] : []));
  const kept = [...names, ...texts].map((name) => `${pythonText(name)}: str`);
  const kinds = kept.length > 0 ? `, dtype={${kept.join(', ')}}` : '';
  return `
def read_table(path):
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    if path.suffix in (".jsonl", ".ndjson"):
        return pd.read_json(path, lines=True, dtype=False, convert_dates=False)
    return pd.read_csv(path${read}${kinds})


def write_table(table, path):
    if path.suffix == ".parquet":
        table.to_parquet(path, index=False)
    elif path.suffix in (".jsonl", ".ndjson"):
        table.to_json(path, orient="records", lines=True, date_format="iso")
    else:
        table.to_csv(path, index=False${written})
`.trim();
}

/** Defines \`model_input(table)\`, and \`as_file(table)\` for what a file of text does not hold. */
export function inputCode(inputs: InputSchema | undefined): string {
  if (!inputs) return `def model_input(table):\n    """The model does not say what it takes."""\n    return table`;
  return inputs.kind === 'columns' ? columnsCode(inputs.fields) : tensorsCode(inputs.fields);
}

function columnsCode(fields: readonly ColumnField[]): string {
  const named = fields.map((field, place) => ({ field, name: pythonText(nameOf(field, place)) }));
  const some = (test: (field: ColumnField) => boolean): string[] =>
    named.flatMap(({ field, name }) => (test(field) ? [name] : []));
  const types = named.flatMap(({ field, name }) => {
    const dtype = dtypeOf(field);
    return dtype === undefined ? [] : [`    ${name}: "${dtype}",\n`];
  });
  const steps = [
    [some(isNested), 'lambda value: json.loads(value) if isinstance(value, str) else value'],
    [
      some(({ type }) => type === 'binary'),
      'lambda value: base64.b64decode(value) if isinstance(value, str) else value',
    ],
  ] as const;
  const truths = some(({ type }) => type === 'boolean');
  const dates = some(({ type }) => type === 'datetime');
  return `
columns = [${named.map(({ name }) => name).join(', ')}]
dtypes = {
${types.join('')}}

${truths.length > 0 ? truthCode : ''}
def model_input(table):
    """The columns that the model takes, with the types of its signature."""
    data = table[[name for name in columns if name in table]].copy()
${steps.map(([names, step]) => eachColumn(names, `data[name].map(${step})`)).join('')}${eachColumn(truths, 'data[name].map(truth)')}${eachColumn(dates, 'pd.to_datetime(data[name])')}    return data.astype({name: dtype for name, dtype in dtypes.items() if name in data})
`.trim();
}

const truthCode = `
def truth(value):
    """Python would take any word, and a missing value, for true."""
    word = str(value).strip().lower()
    if word not in ("true", "false", "1", "0", "1.0", "0.0"):
        raise ValueError(f"{value!r} is neither true nor false")
    return word in ("true", "1", "1.0")

`;

function eachColumn(names: readonly string[], value: string): string {
  if (names.length === 0) return '';
  return `    for name in {${names.join(', ')}} & set(data):\n        data[name] = ${value}\n`;
}

function tensorsCode(fields: readonly TensorField[]): string {
  const [only, second] = fields;
  if (only && !second && widthOf(only) !== undefined) {
    const shape = only.shape.length === 1 ? '-1' : `-1, ${widthOf(only)}`;
    const tensor = `table.to_numpy(dtype="${only.dtype}").reshape(${shape})`;
    return `def model_input(table):
    """The columns side by side are the model's tensor."""
    return ${only.name === undefined ? tensor : `{${pythonText(only.name)}: ${tensor}}`}`;
  }
  const parts = fields.map(
    ({ name, dtype }) => `${pythonText(name ?? 'tensor')}: tensor(table[${pythonText(name ?? 'tensor')}], "${dtype}")`,
  );
  return `
def tensor(column, dtype):
    return np.stack([np.array(json.loads(value) if isinstance(value, str) else value, dtype) for value in column])


def model_input(table):
    """Each column holds a tensor, row by row, as JSON in a file of text."""
    tensors = {${parts.join(', ')}}
    return ${only?.name === undefined ? 'tensors["tensor"]' : 'tensors'}
`.trim();
}

/** Lists, records and bytes as a file of text holds them. */
export const asFileCode = `
def as_file(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, (list, dict, np.ndarray)):
        return json.dumps(value, default=lambda inner: inner.tolist())
    return value
`.trim();

export const asTableCode = `
def as_table(predictions):
    """Predictions as columns."""
    if isinstance(predictions, pd.DataFrame):
        return predictions.reset_index(drop=True)
    if isinstance(predictions, dict):
        return pd.DataFrame({name: list(values) for name, values in predictions.items()})
    if isinstance(predictions, list) and predictions and isinstance(predictions[0], dict):
        return pd.DataFrame(predictions)
    return pd.DataFrame({"predictions": list(predictions)})
`.trim();
