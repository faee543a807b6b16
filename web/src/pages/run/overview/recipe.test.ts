import { expect, test } from 'bun:test';
import type { RunDetail } from '../../../api/run.ts';
import { recipe } from './recipe.ts';
import { schemaOf } from './dataset-schema.ts';

function run(tags: Readonly<Record<string, string>>, params: RunDetail['params'] = []): RunDetail {
  return {
    id: 'abc',
    experimentId: '1',
    name: 'a',
    status: 'FINISHED',
    user: '',
    start: undefined,
    end: undefined,
    artifactUri: '',
    deleted: false,
    metrics: [],
    params,
    tags: new Map(Object.entries(tags).map(([key, value]) => [`mlflow.${key}`, value])),
    datasets: [],
  };
}

function codeOf(...args: Parameters<typeof recipe>): Record<string, string> {
  return Object.fromEntries(recipe(...args).map(({ name, code }) => [name, code]));
}

test('a run without notes can at least be loaded', () => {
  expect(Object.keys(codeOf(run({}), undefined, 'http://h'))).toEqual(['run']);
});

test('code from git, a project with its parameters, the model', () => {
  const tags = {
    'source.git.commit': 'f00',
    'source.git.repoURL': 'https://h/r.git',
    'source.name': 'https://h/r',
    'source.type': 'PROJECT',
  };
  const code = codeOf(run(tags, [{ key: 'lr', value: "0.1'; rm -rf /" }]), 'm-1', 'http://h');
  expect(code['commit']).toBe('git clone https://h/r.git code && cd code\ngit checkout f00');
  expect(code['command']).toBe(`mlflow run https://h/r -e main -v f00 -P 'lr=0.1'\\''; rm -rf /'`);
  expect(code['model']).toContain('mlflow.pyfunc.load_model("models:/m-1")');
});

test('schemas of columns and of tensors; anything else is none', () => {
  expect(schemaOf('{"mlflow_colspec": [{"name": "a", "type": "double", "required": false}]}')).toEqual([
    { name: 'a', type: 'double', required: false },
  ]);
  const spec = '{\\"tensor-spec\\": {\\"dtype\\": \\"float64\\", \\"shape\\": [-1, 4]}}';
  expect(schemaOf(`{"mlflow_tensorspec": {"features": "[${spec}]", "targets": null}}`)).toEqual([
    { name: 'features', type: 'float64 [-1,4]', required: true },
  ]);
  for (const odd of ['', 'null', '[]', '{"mlflow_colspec": 1}', '{"mlflow_tensorspec": {"a": "{"}}']) {
    expect(schemaOf(odd)).toBeUndefined();
  }
});
