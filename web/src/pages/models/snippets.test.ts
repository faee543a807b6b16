/** What the snippets pass to a model is what MLflow accepts for its signature. */
import { expect, test } from 'bun:test';
import type { SchemaField, Signature } from './signature.ts';
import { snippetsOf } from './snippets.ts';

function snippets(...inputs: readonly (readonly [name: string | undefined, type: string])[]) {
  const fields: SchemaField[] = inputs.map(([name, type]) => ({ name, type, required: true }));
  const signature: Signature = { inputs: fields, outputs: [], params: [] };
  return snippetsOf('http://localhost:5000', 'models:/m/1', 'm', signature);
}

test('columns have the types that MLflow does not convert to by itself', () => {
  const { python, rest } = snippets(
    ['n', 'integer'],
    ['x', 'float'],
    ['at', 'datetime'],
    ['b', 'binary'],
    ['y', 'double'],
  );
  expect(python).toContain('.astype({"n": "int32", "x": "float32", "at": "datetime64[ns]"})');
  expect(python).toContain('"b": [b"bytes"]');
  expect(rest).toContain('"data":[[0,0.5,"2026-01-01T00:00:00","Ynl0ZXM=",0.5]]');
  expect(snippets(['y', 'double']).python).not.toContain('astype');
});

test('a tensor has the shape and the type of the signature', () => {
  const { python, rest, docker } = snippets([undefined, 'tensor float32 (-1, 28, 28, 1)']);
  expect(python).toContain('import numpy as np');
  expect(python).toContain('data = np.zeros((1, 28, 28, 1), dtype="float32")');
  // 784 values would fill the page.
  for (const code of [rest, docker]) expect(code).toContain('np.zeros((1, 28, 28, 1), dtype="float32").tolist()');
  expect(snippets([undefined, 'tensor float64 (-1, 3)']).rest).toContain(`'{"inputs": [[0, 0, 0]]}'`);
});

test('tensors with names go by their names', () => {
  const { python, rest } = snippets(['x', 'tensor float32 (-1, 3)'], ['ids', 'tensor int64 (-1)']);
  expect(python).toContain('data = {"x": np.zeros((1, 3), dtype="float32"), "ids": np.zeros((1,), dtype="int64")}');
  expect(rest).toContain(`'{"inputs": {"x": [[0, 0, 0]], "ids": [0]}}'`);
});

test('columns without names go by their place', () => {
  const { python, rest } = snippets([undefined, 'string'], [undefined, 'integer']);
  expect(python).toContain('    0: ["text"],\n    1: [0],\n}).astype({1: "int32"})');
  expect(rest).toContain('{"dataframe_split":{"data":[["text",0]]}}');
});

test('what is left out is said', () => {
  const columns = Array.from({ length: 42 }, (_, i) => [`c${i}`, 'double'] as const);
  expect(snippets(...columns).python).toContain('# and 12 more');
});
