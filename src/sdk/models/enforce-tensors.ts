/** Input that is held to a signature of tensors, by the rules of MLflow's Python readers. */
import { isTensor, type Input, type Table, type Value } from './model-input.ts';
import type { TensorSpec } from './signature.ts';
import { dtypeOf, flat, ModelInputError, shapeOf, sizeOf, typed, type TypedTensor } from './tensors.ts';

/** By the names of the signature, or one tensor under ''. @throws ModelInputError */
export function enforceTensors(input: Input, schema: readonly TensorSpec[]): Record<string, TypedTensor> {
  const [first] = schema;
  if (!first) return {};
  if (schema.every(({ name }) => name === undefined)) return { '': only(input, first) };
  return Object.fromEntries(schema.map((spec) => [spec.name ?? '', named(input, spec, schema)]));
}

function only(input: Input, spec: TensorSpec): TypedTensor {
  if (input.kind === 'unnamed') return checked(input.value, spec, 'The input');
  if (input.kind === 'table')
    return input.columns.size === 1 ? column(first(input), spec, 'The input') : matrix(input, spec);
  const values = Object.values(input.values);
  const [value] = values;
  if (value === undefined || values.length > 1) throw new ModelInputError('The model takes one tensor without a name.');
  return checked(value, spec, 'The input');
}

function named(input: Input, spec: TensorSpec, schema: readonly TensorSpec[]): TypedTensor {
  const { name = '' } = spec;
  const what = `The input ${JSON.stringify(name)}`;
  if (input.kind === 'unnamed') {
    if (schema.length === 1) return checked(input.value, spec, what);
    const names = schema.map((part) => JSON.stringify(part.name)).join(', ');
    throw new ModelInputError(`The model takes the tensors ${names}: give them by these names.`);
  }
  const found = input.kind === 'table' ? input.columns.get(name) : input.values[name];
  if (found === undefined)
    throw new ModelInputError(`The input lacks ${JSON.stringify(name)}, which the model's signature requires.`);
  return input.kind === 'table' ? column(found as ArrayLike<unknown>, spec, what) : checked(found, spec, what);
}

/** As it stands: its shape and, when it has one, its type must be those of the signature. */
function checked(value: Value, { dtype, shape }: TensorSpec, what: string): TypedTensor {
  const tensor = isTensor(value) ? value : { data: dtypeOf(value) ? value : flat(value), shape: shapeOf(value, what) };
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((length, index) => length === -1 || length === tensor.shape[index]);
  if (!fits) {
    throw new ModelInputError(
      `${what} has the shape [${tensor.shape.join(', ')}]; the model's signature says [${shape.join(', ')}].`,
    );
  }
  return exactly(tensor.data, tensor.shape, dtype, what);
}

function exactly(
  data: ArrayLike<unknown>,
  shape: readonly number[],
  dtype: TensorSpec['dtype'],
  what: string,
): TypedTensor {
  const own = dtypeOf(data);
  const fits = own === undefined || own === dtype || (dtype === 'float16' && own === 'float32');
  if (!fits) throw new ModelInputError(`${what} is ${own}; the model's signature says ${dtype}.`);
  if (data.length !== sizeOf(shape)) {
    throw new ModelInputError(`${what} has ${data.length} values, which is not the shape [${shape.join(', ')}].`);
  }
  return typed(data, shape, dtype, what);
}

/** A column of single values is a tensor of rank 1 or 2; one of lists takes the shape of the signature. */
function column(values: ArrayLike<unknown>, { dtype, shape }: TensorSpec, what: string): TypedTensor {
  const [rows, ...inner] = shape;
  if (rows !== -1 || inner.includes(-1)) {
    const said = `[${shape.join(', ')}]`;
    throw new ModelInputError(`${what} has the shape ${said}; records can be given for one such as [-1, 4] only.`);
  }
  const data = dtypeOf(values) ? values : flat(values);
  if (data.length !== values.length * sizeOf(inner)) {
    throw new ModelInputError(
      `${what} has ${data.length} values in ${values.length} rows; the model's signature says [${shape.join(', ')}].`,
    );
  }
  return exactly(data, [values.length, ...inner], dtype, what);
}

function first({ columns }: Table): ArrayLike<unknown> {
  return [...columns.values()][0] ?? [];
}

/** All columns side by side. */
function matrix(table: Table, spec: TensorSpec): TypedTensor {
  const lists = [...table.columns.values()];
  const rows = Array.from({ length: table.length }, (_, index) => lists.map((list) => list[index]));
  return checked(rows, spec, 'The input');
}
