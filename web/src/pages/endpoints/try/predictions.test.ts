import { expect, test } from 'bun:test';
import { parseSignature } from '../../models/signature.ts';
import { examplePath, requestOfExample, requestOfSignature } from './example.ts';
import { errorOf, jsonText, predictionsOf } from './predictions.ts';

test.each([
  [{ predictions: [1, 2.5] }, ['1', '2.5']],
  [{ predictions: ['cat', null] }, ['cat', 'null']],
  [
    {
      predictions: [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
    },
    ['[0.1,0.9]', '[0.8,0.2]'],
  ],
  [{ predictions: { label: ['a', 'b'], score: [1, 2] } }, ['label: a\nscore: 1', 'label: b\nscore: 2']],
  [{ predictions: [{ x: 1 }, { x: 2 }] }, ['x: 1', 'x: 2']],
  [{ predictions: [2n ** 60n, [2n ** 60n]] }, ['1152921504606846976', '[1152921504606846976]']],
])('the predictions of %p stand beside two rows', (answer, expected) => {
  expect(predictionsOf(answer, 2)).toEqual(expected);
});

test.each([[{ predictions: [1] }], [{ predictions: {} }], [{ predictions: 5 }], [undefined], ['text']])(
  '%p has no prediction for each of two rows',
  (answer) => {
    expect(predictionsOf(answer, 2)).toBeUndefined();
  },
);

test('an error is told in the words of the server', () => {
  expect(errorOf({ error_code: 'BAD_REQUEST', message: 'Missing column a.' }, '{}')).toBe('Missing column a.');
  expect(errorOf(undefined, 'Bad gateway')).toBe('Bad gateway');
});

test('lists of plain values are written in a line', () => {
  expect(
    jsonText(
      {
        data: [
          [1, 2n ** 60n],
          ['a', null],
        ],
        columns: ['a]', 'b'],
      },
      2,
    ),
  ).toBe(
    '{\n  "data": [\n    [1, 1152921504606846976],\n    ["a", null]\n  ],\n  "columns": [\n    "a]",\n    "b"\n  ]\n}',
  );
});

const mlmodel = `flavors: {}
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  serving_input_path: serving_input_example.json
  type: dataframe
signature:
  inputs: '[{"type": "double", "name": "a"}, {"type": "string", "name": "b"}]'
`;

test('the example of a model is found, and is a request', () => {
  expect(examplePath(mlmodel)).toBe('serving_input_example.json');
  expect(examplePath(mlmodel.replace(/ +serving.*\n/, ''))).toBe('input_example.json');
  expect(examplePath('flavors: {}\n')).toBeUndefined();
  expect(requestOfExample({ columns: ['a'], data: [[1]] })).toEqual({
    dataframe_split: { columns: ['a'], data: [[1]] },
  });
  expect(requestOfExample({ inputs: [1] })).toEqual({ inputs: [1] });
  expect(requestOfExample([[1, 2]])).toEqual({ inputs: [[1, 2]] });
});

test('without one the signature tells a request', () => {
  expect(requestOfSignature(parseSignature(mlmodel))).toEqual({
    dataframe_split: { columns: ['a', 'b'], data: [[0.5, 'text']] },
  });
  const tensor = `signature:\n  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]'\n`;
  expect(requestOfSignature(parseSignature(tensor))).toEqual({ inputs: [[0, 0]] });
});
