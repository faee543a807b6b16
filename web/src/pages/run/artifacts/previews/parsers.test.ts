/** What the previewers read, among it files that would hold up a careless reader. */
import type { SchemaTree } from 'hyparquet';
import { describe, expect, test } from 'bun:test';
import { parseDelimited, separatorOf } from './delimited.ts';
import { jsonText } from '../../../../components/content/json-text.ts';
import type { Json } from '../../../../components/content/json-tree-rows.ts';
import { Numeral } from '../../../../components/content/numeral.ts';
import { outlineOf } from './geojson.ts';
import { readModelFile, snippetOf } from './mlmodel.ts';
import { readNotebook } from './notebook.ts';
import { inOrderOfC, npyHeader, npyValues } from './npy.ts';
import { isReadable, typeName, writerOf } from './parquet-values.ts';
import { parseJson } from '../../../../components/content/parse-json.ts';
import { parseYaml } from './parse-yaml.ts';

const { signal } = new AbortController();

describe('CSV', () => {
  test.each<[string, string[], string[][]]>([
    ['a,b\n1,2\n', ['a', 'b'], [['1', '2']]],
    ['a,b\r\n"x, ""y""\nz",2\r\n', ['a', 'b'], [['x, "y"\nz', '2']]],
    ['\ufeffa;b\n1;2', ['a', 'b'], [['1', '2']]],
    ['a\tb\n1\t\n\n', ['a', 'b'], [['1', '']]],
    ['a,b\n1\n1,2,3\n', ['a', 'b', ''], [['1'], ['1', '2', '3']]],
    ['1,2\n3,4\n', ['0', '1'], [['1', '2'], ['3', '4']]],
    ['a,b\n"never closed,2\n3', ['a', 'b'], [['never closed,2\n3']]],
    ['', [], []],
  ])('%j', async (text, names, rows) => {
    expect(await parseDelimited(text, signal)).toEqual({ names, rows });
  }); // prettier-ignore

  test('the separator is the one that there is most of', () => {
    expect(['a', 'a,b;c;d', 'a|b', 'a\tb,c\td'].map(separatorOf)).toEqual([',', ';', '|', '\t']);
  });

  test.each([
    ['one column', 'a\n'.repeat(500_000)],
    ['one line', 'a,'.repeat(500_000)],
    ['blank lines', '\n'.repeat(500_000)],
    ['quotes', '"'.repeat(500_001)],
  ])('%s is read in time', async (_, text) => {
    const before = performance.now();
    await parseDelimited(text, signal);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('JSON', () => {
  test('with the numbers that Python adds', () => {
    expect(parseJson('{"a": NaN, "b": [-Infinity], "c": "NaN \\" NaN"}')).toEqual({
      value: { a: NaN, b: [-Infinity], c: 'NaN " NaN' },
    });
    expect(jsonText({ a: NaN, b: [-Infinity] })).toBe('{"a":NaN,"b":[-Infinity]}');
  });

  test('with the numbers that no double holds, as they are written', () => {
    const long = ['12345678901234567890', '-9007199254740993', '0.1234567890123456789', '1e999', '-1e-999'];
    expect(parseJson(`[${long.join(', ')}]`)).toEqual({ value: long.map((text) => new Numeral(text)) });
    expect(parseJson(`{"a": NaN, "b": 12345678901234567890}`)).toEqual({
      value: { a: NaN, b: new Numeral('12345678901234567890') },
    });
    const held =
      '[9007199254740992, 0.30000000000000004, 1.0, 1E+2, 100000000000000000000000, 0e999, -0.0, "12345678901234567890"]';
    expect(parseJson(held)).toEqual({ value: JSON.parse(held) as Json });
  });

  test.each(['{"a": [1', '"\\', '', 'NaN NaN'])('%j is none', (text) => {
    expect(parseJson(text)).toHaveProperty('failure');
  });

  test.each([
    ['escaped quotes that never end', `["${'\\"'.repeat(500_000)}\\`],
    ['open brackets', '['.repeat(1_000_000)],
  ])('%s are given up in time', (_, text) => {
    const before = performance.now();
    expect(parseJson(text)).toHaveProperty('failure');
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe('YAML', () => {
  test('is read without types of its own', () => {
    expect(parseYaml('a: 1\nb: [x, null]\n')).toEqual({ a: 1, b: ['x', null] });
    expect(JSON.stringify(parseYaml('a: !!python/object/apply:os.system ["ls"]\n') ?? null)).not.toContain('function');
  });

  test('with the numbers that no double holds, as they are written', () => {
    const long = [
      '12345678901234567890',
      '-9007199254740993',
      '+0.1234567890123456789',
      '0xfedcba9876543210',
      '1.e+999',
    ];
    expect(parseYaml(`[${long.join(', ')}]`)).toEqual(long.map((text) => new Numeral(text)));
    expect(parseYaml('seed: &s 18446744073709551615\nagain: *s\n9007199254740993: key\n')).toEqual({
      seed: new Numeral('18446744073709551615'),
      again: new Numeral('18446744073709551615'),
      '9007199254740993': 'key',
    });
    expect(parseYaml('[007, +1, .5, 1., 1e3, 0x1F, 0o17, .inf, 9007199254740992, "12345678901234567890"]')).toEqual([
      7,
      1,
      0.5,
      1,
      1000,
      31,
      15,
      Infinity,
      9007199254740992,
      '12345678901234567890',
    ]);
  });

  test('aliases that grow without end are refused', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`);
    expect(parseYaml(`a0: &a0 [1, 2]\n${lines.join('\n')}`)).toBeUndefined();
    expect(parseYaml('['.repeat(100_000))).toBeUndefined();
  });
});

test('MLmodel: signature, flavours, and code that loads it', () => {
  const model = readModelFile(
    [
      'flavors:',
      '  python_function: {loader_module: mlflow.sklearn}',
      'saved_input_example_info: {artifact_path: input_example.json}',
      'signature:',
      `  inputs: '[{"type": "double", "name": "x"}, {"type": "array", "items": {"type": "long"}, "name": "l", "required": false}]'`,
      `  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1, 2]}}]'`,
      `  params: '[{"name": "t", "dtype": "double", "default": 0.5, "shape": null}]'`,
    ].join('\n'),
  );
  expect(model?.signature).toEqual([
    { part: 'inputs', rows: [{ name: 'x', type: 'double', required: true }, { name: 'l', type: 'array of long', required: false }] },
    { part: 'outputs', rows: [{ name: '0', type: 'tensor int64 (-1,2)', required: true }] },
    { part: 'params', rows: [{ name: 't', type: 'double = 0.5', required: true }] },
  ]); // prettier-ignore
  expect(model?.example).toBe('input_example.json');
  expect(model && snippetOf(model, 'models:/m-1', 'http://here')).toContain('load_model("models:/m-1")');
  expect(readModelFile('just: text')).toBeUndefined();
});

test('notebooks: sources, outputs, and no colours of terminals', () => {
  const outputs = [
    { output_type: 'stream', text: ['a\n', 'b'] },
    { output_type: 'error', ename: 'E', evalue: 'x', traceback: ['\u001b[31mboom\u001b[0m'] },
    { output_type: 'display_data', data: { 'image/png': 'aGk=\n' } },
    { output_type: 'display_data', data: { 'image/png': '!!!', 'text/plain': '<Figure>' } },
    { output_type: 'execute_result', data: { 'text/html': '<b>x</b>', 'text/plain': 'x' } },
    { output_type: 'execute_result', data: { 'text/html': '<div class="sk-top-container">', 'text/plain': 'Ridge()' } },
  ];
  expect(readNotebook({ cells: [{ cell_type: 'code', source: ['1 +', ' 1'], outputs }, 7] })).toEqual([
    {
      kind: 'code',
      source: '1 + 1',
      outputs: [
        { kind: 'text', source: 'a\nb' },
        { kind: 'error', source: 'boom' },
        { kind: 'image', source: 'data:image/png;base64,aGk=' },
        { kind: 'text', source: '<Figure>' },
        { kind: 'html', source: '<b>x</b>' },
        { kind: 'text', source: 'Ridge()' },
      ],
    },
    { kind: 'code', source: '', outputs: [] },
  ]);
  expect(readNotebook({ worksheets: [] })).toBeUndefined();
});

test('bytes of a Parquet column have one form: text if all can be read', () => {
  const column = { element: { name: 'b', type: 'BYTE_ARRAY' }, children: [] } as unknown as SchemaTree;
  const write = (...values: string[]) => {
    const all = values.map((value) => new TextEncoder().encode(value));
    return all.map((value) => writerOf(column, all.every(isReadable))?.(value));
  };
  expect(write('a', 'two\nlines', '')).toEqual(['a', 'two\nlines', '']);
  expect(write('a', '\t')).toEqual(['0x61', '0x09']);
  expect(write('a', '\u0001')).toEqual(['0x61', '0x01']);
  expect(isReadable([{ b: Uint8Array.of(255) }])).toBeFalse();
});

test('types of Parquet columns have a name, nested ones too', () => {
  const typed = (element: object, ...children: object[]) => typeName({ element, children } as unknown as SchemaTree);
  expect(typed({ type: 'BYTE_ARRAY' })).toBe('bytes');
  expect(typed({ name: 's' }, {})).toBe('struct');
  expect(typed({ logical_type: { type: 'LIST' } }, {})).toBe('list');
  expect(typed({ type: 'INT32', repetition_type: 'REPEATED' })).toBe('list');
});

test('NumPy arrays', () => {
  const header = "{'descr': '>i2', 'fortran_order': True, 'shape': (3,), }\n";
  const bytes = Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    header.length,
    0,
    ...new TextEncoder().encode(header),
    0,
    1,
    1,
    0,
    255,
    255,
  ]);
  const read = npyHeader(bytes);
  expect(read).toEqual({ descr: '>i2', fortran: true, shape: [3], offset: 10 + header.length });
  expect(read && npyValues(read, bytes.subarray(read.offset))).toEqual([1, 256, -1]);
  expect(npyHeader(Uint8Array.from({ length: 20 }))).toBeUndefined();
});

test.each<[string, ArrayBufferView, string[]]>([
  ['<U2', Uint32Array.of(97, 98, 0x1f600, 0), ['ab', '😀']],
  ['|S3', Uint8Array.of(97, 98, 0, 255, 0, 99), ['ab', '\\xff\\x00c']],
  ['<c8', Float32Array.of(0.1, -2), ['0.1-2j']],
  ['<c16', Float64Array.of(1, 2, NaN, -Infinity), ['1+2j', 'nan-infj']],
  [
    '<M8[ns]',
    BigInt64Array.of(1_500_000_000n, -1n),
    ['1970-01-01T00:00:01.500000000', '1969-12-31T23:59:59.999999999'],
  ],
  ['<M8[D]', BigInt64Array.of(1n, -(2n ** 63n)), ['1970-01-02', 'NaT']],
  ['<m8[s]', BigInt64Array.of(90n), ['90 s']],
  ['|O', Uint8Array.of(1), []],
  ['<U0', Uint8Array.of(), []],
])('NumPy values of type %s', (descr, data, values) => {
  const header = { descr, fortran: false, shape: [values.length], offset: 0 };
  expect(npyValues(header, new Uint8Array(data.buffer))).toEqual(values);
});

test('NumPy arrays of Fortran order are put into the order of C', () => {
  expect(inOrderOfC([0, 3, 1, 4, 2, 5], [2, 3], 9)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(inOrderOfC([0, 4, 2, 6, 1, 5, 3, 7], [2, 2, 2], 5)).toEqual([0, 1, 2, 3, 4]);
  expect(inOrderOfC([1, 2, 3], [3], 9)).toEqual([1, 2, 3]);
});

test('outlines: every kind of geometry, north at the top', () => {
  const outline = outlineOf({
    type: 'FeatureCollection',
    features: [
      { geometry: { type: 'Point', coordinates: [0, 0] } },
      { geometry: { type: 'GeometryCollection', geometries: [{ type: 'MultiLineString', coordinates: [[[0, 0], [10, 10]], [[1, 1], [2, 2]]] }] } },
    ],
  }); // prettier-ignore
  expect(outline).toMatchObject({ total: 3, drawn: 3, points: 'M0.0 1000.0h0' });
  expect(outline?.lines).toContain('M0.0 1000.0L1000.0 0.0');
  expect(outlineOf({ coordinates: [new Numeral('8.12345678901234567890'), 47] })).toMatchObject({ drawn: 1 });
  expect(outlineOf({ type: 'FeatureCollection', features: [] })).toBeUndefined();
});
