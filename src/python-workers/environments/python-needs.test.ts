import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNeeds, withMlflow, type PythonNeeds } from './python-needs.ts';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'modelyard-needs-'));
  write('requirements.txt', '# of the model\nmlflow==3.17.2\n\nscikit-learn==1.9.1  # pinned\n-c constraints.txt\n');
  write('constraints.txt', 'numpy<3\n');
  write(
    'python_env.yaml',
    'python: 3.11.7\nbuild_dependencies:\n- pip==23.2.1\n- wheel\ndependencies:\n- -r requirements.txt\n',
  );
  write(
    'conda.yaml',
    'channels:\n- conda-forge\ndependencies:\n- python=3.8.10\n- pip<=21\n- pip:\n  - mlflow==1.20.0\n  - xgboost\nname: mlflow-env\n',
  );
});

afterAll(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(dir, name), text);
}

const file = (name: string): string => join(dir, name);

describe('what is needed', () => {
  test('is what python_env.yaml says, with the lines of the list that it names', () => {
    expect(readNeeds({ python: file('python_env.yaml'), conda: file('conda.yaml') })).toEqual({
      python: '3.11',
      build: ['pip==23.2.1', 'wheel'],
      requirements: ['mlflow==3.17.2', 'scikit-learn==1.9.1', '-c constraints.txt'],
      folder: dir,
      included: ['numpy<3\n'],
    });
  });

  test('has the Python that is written, 3.10 too', () => {
    write('short.yaml', 'python: 3.10\ndependencies:\n- pandas\n');
    expect(readNeeds({ python: file('short.yaml') }).python).toBe('3.10');
  });

  test('is what requirements.txt says, with the Python of conda.yaml', () => {
    const needs = readNeeds({ requirements: file('requirements.txt'), conda: file('conda.yaml') });
    expect(needs.python).toBe('3.8');
    expect(needs.requirements[0]).toBe('mlflow==3.17.2');
  });

  test('is what pip is to install by conda.yaml, as models of early releases say it', () => {
    const needs = readNeeds({ conda: file('conda.yaml') });
    expect([needs.python, needs.build, needs.requirements]).toEqual(['3.8', [], ['mlflow==1.20.0', 'xgboost']]);
  });

  test('is nothing without files', () => {
    expect(readNeeds({})).toEqual({ python: undefined, build: [], requirements: [], folder: '.', included: [] });
  });
});

describe('mlflow', () => {
  const with_ = (...requirements: string[]): PythonNeeds => ({ ...readNeeds({}), requirements });

  test('stays as it is named', () => {
    for (const line of ['mlflow', 'mlflow==2.1', 'mlflow[extras]>=2', 'mlflow-skinny', 'MLflow ; python_version>"3"']) {
      expect(withMlflow(with_(line), '3.1').requirements).toEqual([line]);
    }
  });

  test('is added where it is not named, in the release that saved the model', () => {
    expect(withMlflow(with_('mlflow-export', 'pandas'), '2.9.2').requirements.at(-1)).toBe('mlflow==2.9.2');
    for (const unreleased of [undefined, '3.2.0.dev0']) {
      expect(withMlflow(with_(), unreleased).requirements).toEqual(['mlflow']);
    }
  });
});
