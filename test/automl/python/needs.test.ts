/** A saved model in a Python that lacks what it was trained with. */
import { afterAll, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished } from '../../support/run-modelyard.ts';

const root = join(import.meta.dir, '../../..');
const dir = freshFolder();

afterAll(() => removeFolder(dir));

async function python(path: string, source: string): Promise<string> {
  const env = { PYTHONPATH: `${root}/python:${path}`, MLFLOW_DISABLE_TELEMETRY: 'true' };
  const { code, out, error } = await finished([`${root}/.venv/bin/python`, '-c', source], { dir, env, limit: 100_000 });
  if (code !== 0) throw new Error(error);
  return out;
}

test('the error says what to install, and how to do without', async () => {
  const library = join(dir, 'library');
  mkdirSync(library);
  writeFileSync(
    join(library, 'rare_library.py'),
    'from sklearn.dummy import DummyClassifier\nclass Rare(DummyClassifier): pass\n',
  );
  await python(
    library,
    `import mlflow, rare_library
model = rare_library.Rare().fit([[1], [2]], ["a", "b"])
mlflow.sklearn.save_model(model, "saved model", serialization_format="cloudpickle", pip_requirements=["mlflow", "rare-library[x]==1.2"])`,
  );
  const told = await python(
    '',
    `from modelyard.classification import load_model
try:
    load_model("saved model")
except ImportError as error:
    print(error)`,
  );
  expect(told).toContain('The model needs rare_library, which this Python does not have:');
  expect(told).toContain(`${root}/.venv/bin/python -m pip install mlflow 'rare-library[x]==1.2'`);
  expect(told).toContain(`modelyard models predict -m '${dir}/saved model' -i rows.csv`);
});
