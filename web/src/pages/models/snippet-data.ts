/** Values that a model takes, by its signature: as Python and as the JSON of a request. */
import type { SchemaField, Signature } from './signature.ts';

export interface ExampleData {
  /** Lines of Python that name the value `data`; `pd` and `np` are there when `imports` has them. */
  readonly python: string;
  readonly imports: readonly string[];
  /** A request as a word of a shell that is quoted already. */
  readonly request: string;
}

const mostColumns = 30;
/** A tensor with more values than this is made by code. */
const mostValues = 16;
const [numpy, pandas] = ['import numpy as np', 'import pandas as pd'];

export function exampleData(signature: Signature | undefined): ExampleData {
  const inputs = signature?.inputs ?? [];
  const tensors = inputs.flatMap(({ name, type }) => {
    const tensor = tensorOf(name, type);
    return tensor ? [tensor] : [];
  });
  if (inputs.length === 0) return untold;
  return tensors.length === inputs.length ? tensorData(tensors) : columnData(inputs);
}

const untold: ExampleData = {
  python: 'data = [[0.5, 0.5]]  # what the model takes',
  imports: [],
  request: quoted(JSON.stringify({ inputs: [[0.5, 0.5]] })),
};

/** A word of a POSIX shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

interface Tensor {
  readonly name: string | undefined;
  readonly type: string;
  /** Its dimensions as Python has them; one of any length is 1 here. */
  readonly shape: readonly number[];
}

function tensorOf(name: string | undefined, type: string): Tensor | undefined {
  const [, of = '', dimensions = ''] = /^tensor (\S+) \((.*)\)$/.exec(type) ?? [];
  if (of === '') return undefined;
  const shape = dimensions.split(', ').map((one) => Math.max(1, Number(one) || 1));
  return { name, type: of, shape };
}

function tensorData(tensors: readonly Tensor[]): ExampleData {
  const [first] = tensors;
  const zeros = ({ type, shape }: Tensor): string =>
    `np.zeros((${shape.join(', ')}${shape.length === 1 ? ',' : ''}), dtype=${JSON.stringify(type)})`;
  const alone = tensors.length === 1 && first?.name === undefined;
  const named = (value: (tensor: Tensor) => string): string =>
    `{${tensors.map((tensor) => `${JSON.stringify(tensor.name ?? '')}: ${value(tensor)}`).join(', ')}}`;
  const python = alone && first ? zeros(first) : named(zeros);
  const small = tensors.every(({ shape }) => shape.reduce((product, one) => product * one, 1) <= mostValues);
  const list = (tensor: Tensor): string => (small ? nested(tensor) : `${zeros(tensor)}.tolist()`);
  const inputs = `{"inputs": ${alone && first ? list(first) : named(list)}}`;
  const code = quoted(`import json, numpy as np; print(json.dumps(${inputs}))`);
  return { python: `data = ${python}`, imports: [numpy], request: small ? quoted(inputs) : `"$(python -c ${code})"` };
}

function nested({ type, shape }: Tensor): string {
  const zero = /^(str|object|<U)/.test(type) ? '""' : type === 'bool' ? 'false' : '0';
  return shape.reduceRight((inner, length) => `[${Array.from({ length }, () => inner).join(', ')}]`, zero);
}

/** What pandas would not choose by itself, and MLflow does not convert. */
const dtypes: Readonly<Record<string, string>> = {
  integer: 'int32',
  float: 'float32',
  datetime: 'datetime64[ns]',
};

function columnData(all: readonly SchemaField[]): ExampleData {
  const inputs = all.slice(0, mostColumns);
  const left = all.length - inputs.length;
  const more = left > 0 ? [`    # and ${left} more`] : [];
  const named = inputs.every(({ name }) => name !== undefined);
  const key = (field: SchemaField, place: number): string => JSON.stringify(named ? field.name : place);
  const cells = inputs.map((field, i) => `    ${key(field, i)}: [${pythonValue(field.type)}],`);
  const types = inputs.flatMap(({ type }, i) => {
    const dtype = dtypes[type];
    return dtype === undefined ? [] : [`${key(inputs[i] as SchemaField, i)}: ${JSON.stringify(dtype)}`];
  });
  const typed = types.length > 0 ? `.astype({${types.join(', ')}})` : '';
  const row = inputs.map(({ type }) => exampleOf(type));
  const split = { ...(named && { columns: inputs.map(({ name }) => name) }), data: [row] };
  return {
    python: ['data = pd.DataFrame({', ...cells, ...more, `})${typed}`].join('\n'),
    imports: [pandas],
    request: quoted(JSON.stringify({ dataframe_split: split })),
  };
}

/** As JSON has it; bytes are in base64 there. */
export function exampleOf(type: string): unknown {
  if (type === 'string') return 'text';
  if (type === 'binary') return 'Ynl0ZXM=';
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'long') return 0;
  if (type === 'datetime') return '2026-01-01T00:00:00';
  if (type.startsWith('array')) return [];
  return type.startsWith('object') || type.startsWith('map') ? {} : 0.5;
}

function pythonValue(type: string): string {
  if (type === 'boolean') return 'True';
  return type === 'binary' ? 'b"bytes"' : JSON.stringify(exampleOf(type));
}
