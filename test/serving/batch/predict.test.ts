/** `modelyard models predict` as a user of `mlflow models predict` knows it. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { runModelyard } from '../../support/run-modelyard.ts';
import { makePythonModels, makeRModels } from './support/models.ts';
import { mlflow, predict, python } from './support/predicting.ts';

let dir: string;

beforeAll(async () => {
  dir = freshFolder();
  await Promise.all([makePythonModels(dir, 'iris', 'odds', 'table', 'loose'), makeRModels(dir)]);
  write('iris.csv', 'sepal length,petal length,more\n5.1,1.4,a\n6,4.5,b\n');
  write(
    'split.json',
    '{"dataframe_split": {"columns": ["petal length", "sepal length"], "data": [[1.4, 5.1], [4.5, 6]]}}',
  );
  write('numbers.csv', 'n\n0\n1\n2\n');
});

afterAll(() => removeFolder(dir));

function write(name: string, text: string): void {
  writeFileSync(join(dir, name), text);
}

const read = (name: string): string => readFileSync(join(dir, name), 'utf8');

describe('the answer is that of mlflow', () => {
  test('for models of several kinds, from CSV and JSON', async () => {
    const asked = [
      ['iris', 'iris.csv', 'csv'],
      ['odds', 'split.json', 'json'],
      ['table', 'numbers.csv', 'csv'],
    ] as const;
    const words = asked.map(([model, input, type]) => ['-m', model, '-i', input, '-t', type, '-o']);
    const theirs = words.map((args, at) => {
      const command = ['models', 'predict', '--env-manager', 'local', ...args];
      return [...command, `${asked[at]?.[0]}-theirs.json`];
    });
    const [, ...ours] = await Promise.all([
      mlflow(dir, ...theirs),
      ...words.map((args, at) => predict(dir, ...args, `${asked[at]?.[0]}-ours.json`)),
    ]);
    expect(ours.map(({ code, out }) => [code, out])).toEqual(asked.map(() => [0, '']));
    for (const [model] of asked) expect(read(`${model}-ours.json`)).toBe(read(`${model}-theirs.json`));
  });

  test('on the standard output, and the type is known by the name of the file', async () => {
    const { out } = await predict(dir, '-m', 'iris', '-i', 'split.json');
    const { predictions } = JSON.parse(out) as { predictions: number[] };
    expect(predictions.map((value) => value.toFixed(3))).toEqual(['2.167', '3.500']);
  });
});

test('CSV is read for columns of any type too, where mlflow takes JSON alone', async () => {
  write('loose.csv', 'n,s\n1,007\n,x\n');
  const { out, error } = await predict(dir, '-m', 'loose', '-i', 'loose.csv');
  expect([error, JSON.parse(out || 'null')]).toEqual(['', { predictions: ["[1.0, '007']", "[nan, 'x']"] }]);
});

describe('a model of R', () => {
  test('scores CSV and JSON', async () => {
    write('petals.csv', '"Sepal.Length","Petal.Length"\n5.1,1.4\n');
    write('petals.json', '{"dataframe_records": [{"Sepal.Length": 5.1, "Petal.Length": 1.4}]}');
    const runs = await Promise.all([
      predict(dir, '-m', 'petals', '-i', 'petals.csv'),
      predict(dir, '-m', 'petals', '-i', 'petals.json'),
      predict(dir, '-m', 'petals', '-i', 'petals.json', '-o', 'petals.out.csv', '--keep-input'),
    ]);
    expect(runs.pop()?.error).toBe('Wrote the predictions of 1 row to petals.out.csv\n');
    expect(read('petals.out.csv')).toBe('Sepal.Length,Petal.Length,predictions\n5.1,1.4,0.200819701217632\n');
    expect(runs.map(({ out }) => out)).toEqual(new Array<string>(2).fill('{"predictions": [0.200819701217632]}\n'));
  });

  test('sees the variables of --env', async () => {
    write('say.csv', 'do\nvariable\n');
    const { out } = await predict(dir, '-m', 'obedient', '-i', 'say.csv', '--env', 'ASKED_FOR=a=b', '--env', 'X=1');
    expect(out).toBe('{"predictions": ["a=b"]}\n');
  });
});

describe('what is wrong is told', () => {
  test('when columns are missing, in one line', async () => {
    write('wrong.csv', 'sepal length\n1\n');
    const { code, out, error } = await predict(dir, '-m', 'iris', '-i', 'wrong.csv', '-o', 'wrong.json');
    expect([code, out]).toEqual([1, '']);
    expect(error).toBe(
      "modelyard: The input cannot be scored. The model takes columns that the input lacks: 'petal length'.\n",
    );
    expect(existsSync(join(dir, 'wrong.json'))).toBe(false);
  });

  test.each([
    [['-i', 'numbers.csv'], 2, 'models predict needs --model-uri'],
    [['-m', 'table', '-i', 'numbers.csv', '--env', 'X'], 2, "--env takes KEY=VALUE, not 'X'"],
    [['-m', 'table', '-i', 'numbers.csv', '--env-manager', 'venv'], 2, '--env-manager takes local'],
    [['-m', 'table', '-i', 'numbers.csv', '-t', 'xml'], 1, '--content-type takes json, csv'],
    [['-m', 'table', '-i', 'numbers.csv', '-r', 'x==1'], 1, '--pip-requirements-override goes with'],
    [['-m', 'table', '-i', 'none.csv'], 1, "there is no file 'none.csv'"],
    [['-m', 'none', '-i', 'numbers.csv'], 1, 'There is no folder'],
  ] as const)('of %j: exit code %d', async (args, code, reason) => {
    const answer = await predict(dir, ...args);
    expect([answer.code, answer.out]).toEqual([code, '']);
    expect(answer.error).toContain(reason);
  });
});

test('other packages are asked for instead of those that the model names', async () => {
  // What uv is asked for, without all that it would fetch.
  const bin = join(dir, 'bin');
  const asked = join(dir, 'asked');
  mkdirSync(bin);
  const uv = `#!/bin/sh\nfor word; do [ ! -f "$word" ] || { cat "$word" >> '${asked}'; exit 1; }; done\n`;
  writeFileSync(join(bin, 'uv'), uv, { mode: 0o755 });
  const env = { PATH: `${bin}:${process.env['PATH']}`, XDG_CACHE_HOME: join(dir, 'cache') };
  const args = ['-m', 'table', '-i', 'numbers.csv', '--env-manager', 'uv', '-r', 'scikit_learn>=1,<9,lightgbm==4'];
  const { code, error } = await runModelyard(['models', 'predict', ...args], { dir, env, limit: 60_000 });
  expect(code).toBe(1);
  expect(error).toContain('Installing what the model needs');
  expect(readFileSync(asked, 'utf8')).toBe('mlflow\nscikit_learn>=1,<9\nlightgbm==4\n');
});

describe('the requirements of a model', () => {
  /** As pip and conda read them, whatever the spelling. */
  const script = `
import json, yaml
from mlflow.cli import cli
from packaging.requirements import Requirement
def read(model):
    lines = open(f"{model}/requirements.txt").read().split("\\n")
    conda = yaml.safe_load(open(f"{model}/conda.yaml"))
    pip = [part for part in conda["dependencies"] if isinstance(part, dict)][0]["pip"]
    conda["dependencies"] = [part for part in conda["dependencies"] if isinstance(part, str)]
    return [[str(Requirement(line.lower())) for line in lines if line], [str(Requirement(line.lower())) for line in pip], conda]
seen = []
for ours, words in CHANGES:
    cli(["models", "update-pip-requirements", "-m", "theirs", *words], standalone_mode=False)
    seen.append([read(ours), read("theirs")])
print(json.dumps(seen))
`;

  test('are changed as mlflow changes them', async () => {
    const copy = (from: string, to: string): void => cpSync(join(dir, from), join(dir, to), { recursive: true });
    const changes = [
      ['added', ['add', 'pandas==2.2.3', 'MLflow >= 2.8, != 2.9.0']],
      ['removed', ['remove', 'scikit-learn==7', 'absent']],
    ] as const;
    let before = 'table';
    copy(before, 'theirs');
    for (const [ours, words] of changes) {
      copy(before, ours);
      before = ours;
      expect(await runModelyard(['models', 'update-pip-requirements', '-m', ours, ...words], { dir })).toMatchObject({
        code: 0,
      });
    }
    const seen = await python<[unknown[], unknown[]][]>(dir, script.replace('CHANGES', JSON.stringify(changes)));
    expect(seen).toHaveLength(2);
    for (const [ours, theirs] of seen) expect(ours).toEqual(theirs);
    expect(read('removed/requirements.txt')).toBe('MLflow>=2.8,!=2.9.0\npandas==2.2.3\n');
  });

  test.each([
    [['-m', 'table', 'add', 'a b'], 1, "'a b' is no requirement"],
    [['-m', 'models:/x/1', 'add', 'a'], 1, 'does not change any more'],
    [['-m', 'table', 'change', 'a'], 2, 'say add or remove'],
    [['-m', 'none', 'add', 'a'], 1, 'There is no MLmodel file at none'],
  ] as const)('are not changed by %j', async (args, code, reason) => {
    const refused = await runModelyard(['models', 'update-pip-requirements', ...args], { dir });
    expect([refused.code, refused.out]).toEqual([code, '']);
    expect(refused.error).toContain(reason);
  });
});
