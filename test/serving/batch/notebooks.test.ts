/** Generated notebooks, run by a real kernel. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished, runModelyard } from '../../support/run-modelyard.ts';
import { modelyard, startServer, type TestServer } from '../../support/start-server.ts';
import { serveModel } from '../workers/support/serving.ts';
import { makePythonModels, makeRModels } from './support/models.ts';
import { python } from './support/predicting.ts';

const bin = join(import.meta.dir, '../../../.venv/bin');
let dir: string;
let server: TestServer;

beforeAll(async () => {
  dir = freshFolder();
  [server] = await Promise.all([startServer(), makePythonModels(dir, 'iris', 'typed'), makeRModels(dir)]);
  await python(
    dir,
    `import mlflow
mlflow.set_tracking_uri("${server.url}")
with mlflow.start_run() as run:
    mlflow.log_artifacts("iris", "model")
made = mlflow.register_model(f"runs:/{run.info.run_id}/model", "iris \\"flowers\\"")
print(made.version)`,
  );
});

afterAll(async () => {
  await server?.stop();
  removeFolder(dir);
});

/** Writes the notebook into a folder of its own; resolves with its path. */
async function notebook(folder: string, ...args: readonly string[]): Promise<string> {
  const path = join(dir, folder, 'score.ipynb');
  mkdirSync(join(dir, folder));
  const env = { MLFLOW_TRACKING_URI: server.url };
  const { code, error } = await runModelyard(['models', 'notebook', ...args, '-o', path], { dir, env });
  if (code !== 0) throw new Error(error);
  return path;
}

async function run(...paths: readonly string[]): Promise<string[]> {
  const script = join(import.meta.dir, 'support/run_notebooks.py');
  const env = { PATH: `${bin}:${join(modelyard, '..')}:${process.env['PATH']}` };
  const ran = await finished([join(bin, 'python'), script, ...paths], { dir, env, limit: 280_000 });
  if (ran.code !== 0) throw new Error(ran.error);
  return JSON.parse(ran.out) as string[];
}

/** The last digits of what is fitted are those of the processor. */
const rounded = (text: string): string =>
  text.replaceAll(/\d+\.\d{9,}/g, (number) => String(Number(Number(number).toPrecision(12))));
const read = (...path: readonly string[]): string => readFileSync(join(dir, ...path), 'utf8');

describe('a notebook for a table', () => {
  test('loads a registered model, and scores the table that was named or an example', async () => {
    writeFileSync(join(dir, 'flowers.csv'), 'petal length,name,sepal length\n1.4,a,5.1\n4.5,b,6\n');
    const uri = 'models:/iris "flowers"/1';
    await run(
      await notebook('named', '-m', uri, '--batch', '--input', 'flowers.csv'),
      await notebook('example', '-m', join(dir, 'typed')),
    );
    expect(rounded(read('named', 'predictions.csv'))).toBe(
      'petal length,name,sepal length,predictions\n1.4,a,5.1,2.16666666667\n4.5,b,6.0,3.5\n',
    );
    const [header, ...rows] = read('example', 'predictions.csv').trimEnd().split('\n');
    expect([header, rows.length]).toEqual(['i,f,s,b,t,x,predictions', 2]);
    expect(rows[0]).toMatch(/int64 float32 \w+ bool datetime64\[\w+\] \w+ \[1, 0.5, 'a', True, Timestamp\('2024-01-01/);
    expect(rows[0]).toContain("b'0'");
  });

  test('has Modelyard score a model that Python cannot load', async () => {
    writeFileSync(join(dir, 'petals.csv'), 'Sepal.Length,Petal.Length\n5.1,1.4\n');
    await run(await notebook('r', '-m', join(dir, 'petals'), '--input', 'petals.csv'));
    expect(read('r', 'predictions.csv')).toBe('Sepal.Length,Petal.Length,predictions\n5.1,1.4,0.200819701217632\n');
  });
});

describe('a notebook for rows as they come', () => {
  test('asks an endpoint, or the model that it loads', async () => {
    const served = await serveModel(join(dir, 'typed'), [], { dir });
    try {
      const [asked, loaded] = await run(
        await notebook('asked', '-m', 'typed', '--realtime', '--endpoint', `${served.url}/invocations`),
        await notebook('loaded', '-m', 'typed', '--realtime'),
      );
      const rows = /row (\d): \[.*\[(\d), .*, Timestamp\('(\S+) 00:00:00'\), b'(\d)'\]/g;
      for (const text of [asked ?? '', loaded ?? '']) {
        expect([...text.matchAll(rows)].map((found) => found.slice(1))).toEqual([
          ['0', '1', '2024-01-01', '0'],
          ['1', '2', '2024-01-02', '1'],
        ]);
      }
    } finally {
      await served.kill();
    }
  });
});

describe('the server', () => {
  async function answered(
    query: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: Record<string, string> }> {
    const path = '/api/2.0/modelyard/model-versions/inference-notebook';
    const answer = await fetch(`${server.url}${path}?${new URLSearchParams(query).toString()}`);
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }

  test('answers the same notebooks', async () => {
    const name = 'iris "flowers"';
    for (const kind of ['batch', 'realtime']) {
      const { body } = await answered({ name, version: '1', kind, tracking_uri: server.url });
      expect(body['file_name']).toBe(`iris-flowers--1-${kind}.ipynb`);
      const path = await notebook(`same-${kind}`, '-m', `models:/${name}/1`, `--${kind}`);
      expect(body['notebook']).toBe(readFileSync(path, 'utf8'));
    }
  });

  test('tells what is missing', async () => {
    const missing = await answered({ name: 'none', version: '1' });
    expect([missing.status, missing.body['error_code']]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    const wrong = await answered({ name: 'iris "flowers"' });
    expect([wrong.status, wrong.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

test('flags that contradict each other are refused', async () => {
  const { code, error } = await runModelyard(['models', 'notebook', '-m', 'typed', '--batch', '--realtime'], { dir });
  expect([code, error]).toEqual([2, 'modelyard: say which notebook: either --batch or --realtime\n']);
  expect(existsSync(join(dir, 'score.ipynb'))).toBe(false);
});
