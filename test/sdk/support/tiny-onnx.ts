/** The smallest ONNX model: `y` is `x`, any number of rows of two float32. Written by hand in protobuf's wire form. */

function varint(field: number, value: number): number[] {
  return [field << 3, value];
}

function bytes(field: number, content: readonly number[] | string): number[] {
  const data = typeof content === 'string' ? [...new TextEncoder().encode(content)] : content;
  return [(field << 3) | 2, data.length, ...data];
}

function value(name: string): number[] {
  const shape = [...bytes(1, bytes(2, 'n')), ...bytes(1, varint(1, 2))];
  const float32 = varint(1, 1);
  return [...bytes(1, name), ...bytes(2, bytes(1, [...float32, ...bytes(2, shape)]))];
}

const node = [...bytes(1, 'x'), ...bytes(2, 'y'), ...bytes(4, 'Identity')];
const graph = [...bytes(1, node), ...bytes(2, 'tiny'), ...bytes(11, value('x')), ...bytes(12, value('y'))];

export const tinyOnnx = new Uint8Array([...varint(1, 8), ...bytes(7, graph), ...bytes(8, varint(2, 13))]);
