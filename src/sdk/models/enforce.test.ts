import { expect, test } from 'bun:test';
import { enforce } from './enforce.ts';
import { inputOf, type ModelInput, type Table } from './model-input.ts';
import { schemaFrom, schemaText, type Schema } from './signature.ts';
import { ModelInputError } from './tensors.ts';

/** The columns that the model sees. */
function columnsOf(input: ModelInput, schema: Schema): Record<string, unknown[]> {
  const { columns } = enforce(inputOf(input).input, schema) as Table;
  return Object.fromEntries([...columns].map(([name, values]) => [name, Array.from(values)]));
}

function refusal(input: ModelInput, schema: Schema): string {
  try {
    enforce(inputOf(input).input, schema);
    return 'taken';
  } catch (error) {
    return error instanceof ModelInputError ? error.message : String(error);
  }
}

test('values become what the columns say where nothing is lost', () => {
  const schema = [
    { name: 'd', type: 'double' },
    { name: 'i', type: 'integer' },
    { name: 'l', type: 'long' },
    { name: 'b', type: 'boolean' },
    { name: 't', type: 'datetime' },
    { name: 'x', type: 'binary', required: false },
    { name: 'o', type: 'double', required: false },
  ];
  const row = { l: 2 ** 40, d: 3, more: 'x', i: -1, b: true, t: '2026-01-02T00:00:00Z', x: new Uint8Array([1]) };
  expect(columnsOf([row], schema)).toEqual({
    d: [3],
    i: [-1],
    l: [2n ** 40n],
    b: [true],
    t: [new Date('2026-01-02T00:00:00Z')],
    x: [new Uint8Array([1])],
  });
  expect(Object.keys(columnsOf([row], schema))).toEqual(['d', 'i', 'l', 'b', 't', 'x']);
  expect(columnsOf([{ ...row, d: null }, row] as never, schema)['d']).toEqual([Number.NaN, 3]);
  const refused: [string, unknown][] = [
    ['d', '3'], ['d', 2n ** 60n + 1n], ['i', 2 ** 31], ['i', 0.5], ['l', 2n ** 63n], ['l', true], ['b', 1], ['b', null],
    ['t', 'soon'], ['x', 5],
  ]; // prettier-ignore
  for (const [name, value] of refused)
    expect(refusal([{ ...row, [name]: value }], schema)).toStartWith(`The column "${name}" wants`);
});

test('columns of typed arrays have a type, which is held to the signature', () => {
  const schema = [
    { name: 'a', type: 'double' },
    { name: 'b', type: 'long' },
  ];
  expect(columnsOf({ a: new Int32Array([1]), b: new Int16Array([2]) }, schema)).toEqual({ a: [1], b: [2] });
  expect(refusal({ a: [1], b: new Float64Array([2]) }, schema)).toBe(
    'The column "b" wants long; float64 cannot be converted to it safely.',
  );
  expect(refusal({ a: [1, 2], b: [2] }, schema)).toBe('The columns of the input have different lengths.');
});

test('columns of lists and of records', () => {
  const schema = schemaFrom(
    schemaText([
      { name: 'words', type: 'array', items: { type: 'string' } },
      { name: 'place', type: 'object', properties: { x: { type: 'double' }, y: { type: 'long', required: false } } },
    ]),
  );
  expect(columnsOf([{ words: ['a'], place: { x: 1, z: 2 } }], schema)).toEqual({ words: [['a']], place: [{ x: 1 }] });
  expect(refusal([{ words: [1], place: { x: 1 } }], schema)).toStartWith('The column "words" wants string');
  expect(refusal([{ words: [], place: { x: 'a' } }], schema)).toStartWith(
    'The column "place", property "x", wants double',
  );
});

test('columns without names are counted', () => {
  const schema = [{ type: 'double' }, { type: 'string' }];
  expect(
    columnsOf(
      [
        [1, 'a', true],
        [2, 'b', false],
      ],
      schema,
    ),
  ).toEqual({ 0: [1, 2], 1: ['a', 'b'] });
  expect(refusal([[1], [2]], schema)).toBe('The model takes 2 columns; the input has 1.');
});

test('a table for a signature of tensors', () => {
  const schema = [
    { name: 'a', dtype: 'float32', shape: [-1] },
    { name: 'm', dtype: 'int64', shape: [-1, 2, 2] },
  ] as const;
  const { values } = enforce(
    inputOf([
      { a: 1, m: [1, 2, 3, 4] },
      {
        a: 2,
        m: [
          [5, 6],
          [7, 8],
        ],
      },
    ]).input,
    schema,
  ) as { values: unknown } & { kind: 'named' };
  expect(values).toEqual({
    a: { dtype: 'float32', shape: [2], data: new Float32Array([1, 2]) },
    m: { dtype: 'int64', shape: [2, 2, 2], data: new BigInt64Array([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n]) },
  });
  expect(refusal([{ a: 1, m: [1, 2, 3] }], schema)).toBe(
    `The input "m" has 3 values in 1 rows; the model's signature says [-1, 2, 2].`,
  );
  expect(refusal([{ a: 1, m: [1, 2, 3, 4.5] }], schema)).toBe(
    'The input "m" wants int64; 4.5 cannot be converted to it safely.',
  );
  expect(refusal([[1, 2], [3]], [{ dtype: 'float64', shape: [-1, 2] }])).toBe(
    'The input is a list of lists of different lengths.',
  );
});
