import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProject, type Project } from './mlproject.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function read(text: string, ...files: string[]): Project {
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-mlproject-'));
  folders.push(folder);
  writeFileSync(join(folder, 'mlProject'), text);
  for (const file of files) writeFileSync(join(folder, file), '');
  return readProject(folder);
}

test.each([
  ['true', 'True'],
  ['no', 'False'],
  ['"true"', 'true'],
  ['1', '1'],
  ['1.0', '1.0'],
  ['0.10', '0.1'],
  ['1e-3', '1e-3'],
  ['1.0e-5', '1e-05'],
  ['1.0e+16', '1e+16'],
  ['1_000', '1000'],
  ['9007199254740993', '9007199254740993'],
  ['.inf', 'inf'],
  ['.', '.'],
  ['2020-01-01', '2020-01-01'],
  ['[1, two, null, true]', "[1, 'two', None, True]"],
  ['{a: 1.5}', "{'a': 1.5}"],
  ['""', ''],
])('the default %p is %p, as Python writes it', (yaml, text) => {
  const [entry] = read(`entry_points:\n  main:\n    parameters: {n: {default: ${yaml}}}\n    command: x\n`).entryPoints;
  expect(entry?.parameters).toEqual([{ name: 'n', type: 'string', default: text }]);
});

test('a default that is an alias is the same as where it is written', () => {
  const text =
    'rate: &rate 1.0\nentry_points: {main: {parameters: {a: {default: *rate}, b: {default: *rate}}, command: x}}';
  expect(read(text).entryPoints[0]?.parameters.map((one) => one.default)).toEqual(['1.0', '1.0']);
});

test('parameters are types, tables or names', () => {
  const text = 'entry_points: {main: {parameters: {a: float, b: {type: path}, c: , d: {default: null}}, command: x}}';
  expect(read(text).entryPoints[0]?.parameters.map(({ name, type, default: one }) => [name, type, one])).toEqual([
    ['a', 'float', undefined],
    ['b', 'path', undefined],
    ['c', 'string', undefined],
    ['d', 'string', undefined],
  ]);
});

test('the environment is what is named, else a file of the usual name', () => {
  expect(read('name: x').environment.kind).toBe('none');
  expect(read('name: x', 'conda.yaml').environment.kind).toBe('conda');
  expect(read('name: x', 'conda.yaml', 'python_env.yaml').environment.kind).toBe('python');
  expect(read('docker_env: {image: a}', 'conda.yaml').environment).toEqual({
    kind: 'docker',
    docker: { image: 'a', volumes: [], environment: [] },
  });
});

test.each([
  ['- 1', /must be a table of YAML/],
  ['entry_points: [1]', /entry_points of mlProject must be a table/],
  ['entry_points: {main: echo}', /entry point main of mlProject must be a table/],
  ['entry_points: {main: {command: [a]}}', /command of the entry point main of mlProject must be a text/],
  ['entry_points: {main: {parameters: {a: [1]}}}', /parameter a of the entry point main .* must be a type/],
  ['docker_env: {}', /needs an image/],
  ['conda_env: a\npython_env: b', /which is not in the project/],
  ['name: *x', /mlProject/],
])('%p is told', (text, message) => expect(() => read(text)).toThrow(message));
