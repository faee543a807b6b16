/** What a model gave, in the form in which it was asked. */
import type { AnswerKind, Row } from './model-input.ts';
import type { Tensors } from './runner.ts';
import { nestedOf, type NestedList, type Scalar, type Tensor, type TypedTensor } from './tensors.ts';

type Answer = Tensor | NestedList | Scalar;

/** @param output the one that is wanted; by default all, by name when there are several */
export function answerOf(
  outputs: Tensors,
  kind: AnswerKind,
  output?: string,
): Answer | Readonly<Record<string, Answer>> | Row[] {
  const names = Object.keys(outputs);
  if (output !== undefined && !outputs[output]) {
    const known = names.map((name) => JSON.stringify(name)).join(', ');
    throw new TypeError(`The model has no output ${JSON.stringify(output)}; it has ${known}.`);
  }
  const one = output ?? (names.length === 1 && kind !== 'records' ? names[0] : undefined);
  const only = one === undefined ? undefined : outputs[one];
  if (only) return valueOf(only, kind);
  if (kind === 'records') return recordsOf(outputs);
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, valueOf(tensor, kind)]));
}

function valueOf(tensor: TypedTensor, kind: AnswerKind): Answer {
  return kind === 'tensors' ? { data: tensor.data, shape: tensor.shape } : nestedOf(tensor);
}

/** A record for each row; rows of one value are that value. */
function recordsOf(outputs: Tensors): Row[] {
  const columns = Object.entries(outputs).map(([name, tensor]) => {
    const [length = 1, ...inner] = tensor.shape;
    const shape = inner.length > 0 && inner.every((size) => size === 1) ? [length] : tensor.shape;
    return { name, values: nestedOf({ ...tensor, shape: shape.length === 0 ? [1] : shape }) as NestedList };
  });
  const lengths = new Set(columns.map(({ values }) => values.length));
  if (lengths.size > 1) {
    throw new TypeError(
      'The outputs of this model are not rows of one table: ask with a tensor or lists, not records.',
    );
  }
  return Array.from({ length: [...lengths][0] ?? 0 }, (_, index) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[index]])),
  );
}
