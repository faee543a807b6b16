import { expect, test } from 'bun:test';
import { enforce } from './enforce.ts';
import { inputOf, type ModelInput } from './model-input.ts';
import { inferSignature, type Example, type Schema } from './signature.ts';

function schemaOf(example: unknown): Schema | undefined {
  return inferSignature(example as Example).inputs;
}

test('lists of values are a tensor, of any depth and type', () => {
  expect(schemaOf([1, 2])).toEqual([{ dtype: 'float64', shape: [-1] }]);
  expect(schemaOf([[[1, 2]], [[3, 4]]])).toEqual([{ dtype: 'float64', shape: [-1, 1, 2] }]);
  expect(schemaOf([['a', 'b']])).toEqual([{ dtype: 'str', shape: [-1, 2] }]);
  expect(schemaOf([true])).toEqual([{ dtype: 'bool', shape: [-1] }]);
  expect(schemaOf(new Float32Array(3))).toEqual([{ dtype: 'float32', shape: [-1] }]);
});

test('columns of lists and of records say what is in them', () => {
  const rows = [
    { id: 1, words: ['a'], deep: [[1.5]], at: { x: 1, y: 'b' } },
    { id: 2, words: [], deep: [[2]], at: { x: 2 } },
  ];
  const schema = schemaOf(rows) ?? [];
  expect(schema).toEqual([
    { type: 'long', name: 'id', required: true },
    { type: 'array', items: { type: 'string' }, name: 'words', required: true },
    { type: 'array', items: { type: 'array', items: { type: 'double' } }, name: 'deep', required: true },
    {
      type: 'object',
      properties: { x: { type: 'long', required: true }, y: { type: 'string', required: false } },
      name: 'at',
      required: true,
    },
  ]);
  expect(() => enforce(inputOf(rows as ModelInput).input, schema)).not.toThrow();
});

test('an example without an even shape is refused', () => {
  expect(() => schemaOf([[1], [1, 2]])).toThrow('The example is a list of lists of different lengths.');
  expect(() => schemaOf([])).toThrow('An example needs at least one row.');
  expect(() => schemaOf(undefined)).toThrow('An example is records, lists of values or a tensor.');
});
