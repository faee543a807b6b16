/** Input as the tensors that a model runs on. */
import { isTensor, type Input, type Table, type Value } from './model-input.ts';
import type { Port, Tensors } from './runner.ts';
import { dtypeOf, flat, isList, ModelInputError, shapeOf, sizeOf, typed, type TypedTensor } from './tensors.ts';

/** @throws ModelInputError when a tensor is missing or has another shape or type */
export function feedsOf(input: Input, ports: readonly Port[]): Tensors {
  const [only, ...others] = ports;
  if (!only) return {};
  if (others.length === 0 && input.kind !== 'named') {
    const value = input.kind === 'unnamed' ? input.value : sideBySide(input, only);
    return { [only.name]: feed(value, only) };
  }
  if (input.kind === 'unnamed') {
    throw new ModelInputError(`The model takes several tensors; give them by name: ${namesOf(ports)}.`);
  }
  if (input.kind === 'named' && others.length === 0 && !Object.hasOwn(input.values, only.name)) {
    const values = Object.values(input.values);
    if (values.length === 1) return { [only.name]: feed(values[0] as Value, only) };
    // Columns of numbers, as a table would have them.
    if (values.every((value) => isList(value) && !isList(value[0]))) return feedsOf(tableOf(input.values), ports);
  }
  return Object.fromEntries(
    ports.map((port) => {
      const found = input.kind === 'table' ? input.columns.get(port.name) : input.values[port.name];
      if (found === undefined)
        throw new ModelInputError(`The input lacks ${JSON.stringify(port.name)}; the model takes ${namesOf(ports)}.`);
      return [port.name, feed(isTensor(found) ? found : asColumn(found, port), port)];
    }),
  );
}

function namesOf(ports: readonly Port[]): string {
  return ports.map(({ name }) => JSON.stringify(name)).join(', ');
}

function tableOf(values: Readonly<Record<string, Value>>): Table {
  const columns = new Map(Object.entries(values) as [string, ArrayLike<unknown>][]);
  const lengths = [...columns.values()].map(({ length }) => length);
  if (new Set(lengths).size > 1) throw new ModelInputError('The columns of the input have different lengths.');
  return { kind: 'table', columns, length: lengths[0] ?? 0 };
}

/** The rows of a table as one tensor. */
function sideBySide(table: Table, port: Port): Value {
  const lists = [...table.columns.values()];
  const [first] = lists;
  if (lists.length === 1 && first) return asColumn(first, port);
  return Array.from({ length: table.length }, (_, index) => lists.map((list) => list[index]));
}

/** Single values, for a model that takes rows of one. */
function asColumn(values: ArrayLike<unknown>, { shape }: Port): Value {
  if (shape?.length !== 2 || isList(values[0])) return values;
  return { data: values as ArrayLike<number>, shape: [values.length, 1] };
}

function feed(value: Value, { name, dtype, shape: wanted }: Port): TypedTensor {
  const what = `The input ${JSON.stringify(name)}`;
  const shape = isTensor(value) ? value.shape : shapeOf(value, what);
  const data = isTensor(value) ? value.data : dtypeOf(value) ? value : flat(value);
  if (data.length !== sizeOf(shape)) {
    throw new ModelInputError(`${what} has ${data.length} values, which is not the shape [${shape.join(', ')}].`);
  }
  const fits =
    !wanted || (wanted.length === shape.length && wanted.every((length, at) => length === -1 || length === shape[at]));
  if (!fits) {
    throw new ModelInputError(`${what} has the shape [${shape.join(', ')}]; the model takes [${wanted?.join(', ')}].`);
  }
  return typed(data, shape, dtype ?? dtypeOf(data) ?? usualType(data), what);
}

function usualType(data: ArrayLike<unknown>): TypedTensor['dtype'] {
  const [first] = Array.from({ length: Math.min(1, data.length) }, (_, index) => data[index]);
  if (typeof first === 'string') return 'str';
  if (typeof first === 'boolean') return 'bool';
  return typeof first === 'bigint' ? 'int64' : 'float32';
}
