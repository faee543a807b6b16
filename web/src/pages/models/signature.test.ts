import { describe, expect, test } from 'bun:test';
import { parseSignature, schemaRows, shownField } from './signature.ts';

/** As PyYAML writes it: long scalars are folded, quoted in either way. */
const written =
  'flavors:\n  a: 1\nsignature:\n  inputs: \'[{"type": "double", "name": "it\'\'s long name number 0", "required": true},\n    {"type": "double", "name": "it\'\'s long name number 1", "required": true}, {"type":\n    "double", "name": "it\'\'s long name number 2", "required": true}]\'\n  outputs: "[{\\"type\\": \\"string\\", \\"name\\": \\"gr\\xF6\\xDFe \\u2014 \\\\\\\\ \\\\\\" tab\\\\\\\n    t\\", \\"required\\": false}, {\\"type\\": \\"tensor\\", \\"tensor-spec\\": {\\"dtype\\"\\\n    : \\"float32\\", \\"shape\\": [-1, 28]}}]"\n  params: \'[{"name": "t", "type": "double", "default": 0.5, "shape": null}]\'\nutc: 1\n';

function file(inputs: string): string {
  return `signature:\n  inputs: '${inputs}'\n  outputs: null\n  params: null\n`;
}

describe('the signature in MLmodel', () => {
  test('folded and quoted scalars', () => {
    expect(parseSignature(written)).toEqual({
      inputs: [0, 1, 2].map((i) => ({ name: `it's long name number ${i}`, type: 'double', required: true })),
      outputs: [
        { name: 'größe — \\ " tab\t', type: 'string', required: false },
        { name: undefined, type: 'tensor float32 (-1, 28)', required: true },
      ],
      params: [{ name: 't', type: 'double', required: false, defaultValue: '0.5' }],
    });
  });

  test('none, and one that cannot be read', () => {
    expect(parseSignature('flavors:\n  a: 1\n')).toBeUndefined();
    expect(parseSignature(file('[]'))).toEqual({ inputs: [], outputs: [], params: [] });
    expect(() => parseSignature(file('[{"type": '))).toThrow();
    expect(() => parseSignature(file('{"a": 1}'))).toThrow();
  });

  test('nested types, cut where they are too deep', () => {
    const array = (depth: number): object =>
      depth === 0 ? { type: 'long' } : { type: 'array', items: array(depth - 1) };
    const [field] = parseSignature(file(JSON.stringify([{ name: 'x', ...array(2) }])))?.inputs ?? [];
    expect(field?.type).toBe('array of array of long');
    const [deep] = parseSignature(file(JSON.stringify([{ name: 'x', ...array(200) }])))?.inputs ?? [];
    expect(deep?.type).toEndWith('…');
    const object = { name: 'o', type: 'object', properties: { a: { type: 'string' }, b: { type: 'long' } } };
    expect(parseSignature(file(JSON.stringify([object])))?.inputs[0]?.type).toBe('object {a: string, b: long}');
  });
});

test('fields of several schemas are added, removed, changed or the same against the first', () => {
  const [a, b] = [
    [
      { name: 'kept', type: 'long' },
      { name: 'gone', type: 'long' },
      { name: 'other', type: 'long' },
    ],
    [
      { name: 'kept', type: 'long' },
      { name: 'other', type: 'string', required: false },
      { name: 'new', type: 'long' },
    ],
  ].map((inputs) => parseSignature(file(JSON.stringify(inputs))));
  const rows = schemaRows([a, b], (index) => `(${index})`);
  expect(rows.map(({ name, marks }) => [name, marks[1]])).toEqual([
    ['kept', 'same'],
    ['gone', 'removed'],
    ['other', 'changed'],
    ['new', 'added'],
  ]);
  expect(rows.map(({ fields }) => fields[1] && shownField(fields[1]))).toEqual([
    'long',
    undefined,
    'string, optional',
    'long',
  ]);
});
