/** The smallest ONNX models, written by hand in protobuf's wire form. */

function varint(field: number, value: number): number[] {
  return [field << 3, value];
}

function bytes(field: number, content: readonly number[] | string): number[] {
  const data = typeof content === 'string' ? [...new TextEncoder().encode(content)] : content;
  return [(field << 3) | 2, data.length, ...data];
}

type ElementType = 'float32' | 'float16';

function tensorType(type: ElementType): number[] {
  const shape = [...bytes(1, bytes(2, 'n')), ...bytes(1, varint(1, 2))];
  return bytes(1, [...varint(1, type === 'float16' ? 10 : 1), ...bytes(2, shape)]);
}

function value(name: string, type: readonly number[]): number[] {
  return [...bytes(1, name), ...bytes(2, type)];
}

function node(operator: string, output: string): number[] {
  return bytes(1, [...bytes(1, 'x'), ...bytes(2, output), ...bytes(4, operator)]);
}

/** `y` is what the operator makes of `x`, any number of rows of two numbers. */
export function tinyOnnxOf(
  type: ElementType,
  more: readonly number[] = [],
  operator = 'Identity',
): Uint8Array<ArrayBuffer> {
  const ports = [...bytes(11, value('x', tensorType(type))), ...bytes(12, value('y', tensorType(type)))];
  const graph = [...node(operator, 'y'), ...more, ...bytes(2, 'tiny'), ...ports];
  return new Uint8Array([...varint(1, 8), ...bytes(7, graph), ...bytes(8, varint(2, 13))]);
}

export const tinyOnnx = tinyOnnxOf('float32');

const sequence = bytes(4, bytes(1, tensorType('float32')));

/** With an output `z` besides, a sequence: none of the SDK's forms of answers can hold it. */
export const tinyOnnxOfSequence = tinyOnnxOf('float32', [
  ...node('SequenceConstruct', 'z'),
  ...bytes(12, value('z', sequence)),
]);
