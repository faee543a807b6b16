import { expect, test } from 'bun:test';
import { toYaml } from '../yaml.ts';
import { fromYaml } from './yaml-reader.ts';

test('an MLmodel file as Python writes it', () => {
  const text = `artifact_path: mlflow-artifacts:/1/models/m-1/artifacts
flavors:
  onnx:
    code: null
    data: model.onnx
    options: {}
    providers:
    - CUDAExecutionProvider
    - CPUExecutionProvider
  python_function:
    env:
      conda: conda.yaml
metadata:
  a: 'true'
  b:
  - 1
  - 2.5
  - c: null
    d: no
  - - nested
  empty: []
  folded: a plain text that
    goes on
  text: |
    two
      lines
model_uuid: 88ad5e
signature:
  inputs: '[{"type": "double", "name": "it''s"}, {"type":
    "string", "name": "s", "required":
    true}]'
  params: null
"utc time": "2026-11-21 15:\\u0030\\
  6" # a remark
`;
  expect(fromYaml(text)).toEqual({
    artifact_path: 'mlflow-artifacts:/1/models/m-1/artifacts',
    flavors: {
      onnx: {
        code: null,
        data: 'model.onnx',
        options: {},
        providers: ['CUDAExecutionProvider', 'CPUExecutionProvider'],
      },
      python_function: { env: { conda: 'conda.yaml' } },
    },
    metadata: {
      a: 'true',
      b: [1, 2.5, { c: null, d: 'no' }, ['nested']],
      empty: [],
      folded: 'a plain text that goes on',
      text: 'two\n  lines\n',
    },
    model_uuid: '88ad5e',
    signature: {
      inputs: '[{"type": "double", "name": "it\'s"}, {"type": "string", "name": "s", "required": true}]',
      params: null,
    },
    'utc time': '2026-11-21 15:06',
  });
});

test('what our writer writes comes back', () => {
  const value = {
    list: [1, -2.5, 'x', null, true, [], {}, [[1], { a: 'b: c' }], { deep: [{ x: 1, y: [2] }] }],
    'odd key: "1"': { ' ': '' },
    words: ['yes', '1e5', '- a', '# no', 'ü\n"\\', "it's", 'a: b', '', ' spaces '],
    ['__proto__']: 'kept',
  };
  expect(fromYaml(toYaml(value))).toEqual(value);
});

test('what is no YAML is said', () => {
  expect(() => fromYaml('a: "open')).toThrow(/does not end/);
  expect(() => fromYaml('a: 1\n]')).toThrow(/not YAML/);
});
