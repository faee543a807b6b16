/** The code of notebooks, for what models may take. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { inferenceNotebook } from '../../../src/models/notebook/inference-notebook.ts';
import { schemaOf } from '../../../src/models/schema.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished } from '../../support/run-modelyard.ts';

const python = join(import.meta.dir, '../../../.venv/bin/python');
const column = (name: string | undefined, type: string, more: object = {}): object => ({ name, type, ...more });
const tensor = (name: string | undefined, dtype: string, ...shape: readonly number[]): object => ({
  name,
  type: 'tensor',
  'tensor-spec': { dtype, shape },
});

const signatures = {
  odd: [column('a "b"\\', 'double'), column('é\n漢', 'string')],
  nested: [
    column('list', 'array', { items: { type: 'double' } }),
    column('record', 'object', { properties: { x: { type: 'long' } } }),
    column('map', 'map', { values: { type: 'integer' } }),
  ],
  unnamed: [column(undefined, 'float'), column(undefined, 'long')],
  dated: [column('at', 'datetime'), column('on', 'boolean'), column('bytes', 'binary')],
  flat: [tensor(undefined, 'float32', -1, 3)],
  line: [tensor('x', 'int64', -1)],
  image: [tensor('pixels', 'uint8', -1, 2, 2, 1)],
  any: [column('x', 'double'), column('flag', 'any')],
  several: [tensor('p', 'float32', -1, 2), tensor('q', 'int32', -1)],
} as const;

let dir: string;
beforeAll(() => (dir = freshFolder()));
afterAll(() => removeFolder(dir));

test('makes of an example what the model takes, and the body of a request', async () => {
  const files = Object.entries(signatures).map(([name, fields]) => {
    const model = { flavors: { python_function: {} }, inputs: schemaOf(JSON.stringify(fields)) };
    return {
      path: join(dir, `${name}.ipynb`),
      text: inferenceNotebook({ kind: 'realtime', uri: 'models:/x/1', model }),
    };
  });
  await Promise.all(files.map(({ path, text }) => Bun.write(path, text)));
  const script = join(import.meta.dir, 'support/notebook_inputs.py');
  const { code, out, error } = await finished([python, script, ...files.map(({ path }) => path)], {
    dir,
    limit: 60_000,
  });
  expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
  const split = (columns: readonly string[], ...data: readonly unknown[][]): object => ({ dataframe_split: { columns, data } }); // prettier-ignore
  expect(JSON.parse(out)).toMatchObject({
    odd: { dtypes: { 'a "b"\\': 'float64' }, body: split(['a "b"\\', 'é\n漢'], [0.5, 'a'], [1.5, 'b']) },
    nested: {
      dtypes: { list: 'object', record: 'object', map: 'object' },
      body: split(['list', 'record', 'map'], [[0.5, 1.5], { x: 1 }, { key: 1 }], [[0.5, 1.5], { x: 2 }, { key: 2 }]),
    },
    unnamed: { dtypes: { 0: 'float32', 1: 'int64' }, body: split(['0', '1'], [0.5, 1], [1.5, 2]) },
    dated: { dtypes: { at: expect.stringContaining('datetime64') as string, on: 'bool', bytes: 'object' } },
    any: { body: split(['x', 'flag'], [0.5, null], [1.5, null]) },
    flat: { arrays: { '': ['float32', [2, 3]] }, body: { inputs: [[0.5, 0.5, 0.5], [1.5, 1.5, 1.5]] } },
    line: { arrays: { x: ['int64', [2]] }, body: { inputs: { x: [0, 1] } } },
    image: { arrays: { pixels: ['uint8', [2, 2, 2, 1]] } },
    several: { arrays: { p: ['float32', [2, 2]], q: ['int32', [2]] }, body: { inputs: { q: [0, 0] } } },
  }); // prettier-ignore
});

test('reads texts as they are written, and no word but true and false for truth', async () => {
  const fields = JSON.stringify([column('zip', 'string'), column('on', 'boolean')]);
  const model = { flavors: { python_function: {} }, inputs: schemaOf(fields) };
  const { cells } = JSON.parse(inferenceNotebook({ kind: 'batch', uri: 'models:/x/1', model })) as {
    cells: { id: string; source: string[] }[];
  };
  const sources = ['read', 'input'].map((id) => cells.find((cell) => cell.id === id)!.source.join(''));
  const tables = {
    'good.csv': 'zip,on\n01067,true\n1067, FALSE\n',
    'word.csv': 'zip,on\n01067,FALSCH\n',
    'none.csv': 'zip,on\n01067,\n',
  };
  for (const [name, text] of Object.entries(tables)) await Bun.write(join(dir, name), text);
  const program = `from pathlib import Path
import pandas as pd
input_path = Path("good.csv")
${sources.join('\n')}
print(model_input(table).to_dict("list"))
for name in ("word.csv", "none.csv"):
    try:
        print(model_input(read_table(Path(name))))
    except ValueError as error:
        print(error)`;
  const { code, out, error } = await finished([python, '-c', program], { dir, limit: 60_000 });
  expect({ code, error }).toEqual({ code: 0, error: '' });
  expect(out.trim().split('\n')).toEqual([
    "{'zip': ['01067', '1067'], 'on': [True, False]}",
    "'FALSCH' is neither true nor false",
    'nan is neither true nor false',
  ]);
});

test('defines what it does before it does it', () => {
  const model = { flavors: { python_function: {} }, inputs: undefined };
  const { cells } = JSON.parse(inferenceNotebook({ kind: 'batch', uri: 'models:/x/1', model })) as {
    cells: { id: string; source: string[] }[];
  };
  const source = cells.find(({ id }) => id === 'score')!.source.join('');
  expect(source).toStartWith('def as_table(');
  expect(source).toContain('\n\n\npredictions = model.predict(');
});

test('of a model that Python cannot load needs Modelyard alone', () => {
  const model = { flavors: { crate: {} }, inputs: undefined };
  for (const kind of ['batch', 'realtime'] as const) {
    const { cells } = JSON.parse(inferenceNotebook({ kind, uri: 'models:/x/1', model })) as {
      cells: { source: string[] }[];
    };
    const code = cells.flatMap(({ source }) => source).join('');
    expect(code).toContain('["modelyard", "models", ');
    expect(code).not.toContain('mlflow');
  }
});
