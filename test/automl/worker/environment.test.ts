import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';

const variable = 'MODELYARD_AUTOML_PYTHON';
const usual = process.env[variable];

let folder: string;

beforeAll(() => {
  folder = freshFolder();
});

afterEach(() => {
  if (usual === undefined) delete process.env[variable];
  else process.env[variable] = usual;
});

afterAll(() => removeFolder(folder));

function python(named: string): Promise<string> {
  process.env[variable] = named;
  return automlPython({ onProgress: () => undefined });
}

function program(text: string): string {
  const file = join(folder, `python-${crypto.randomUUID()}`);
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('the Python that a user names', () => {
  test('is taken when it has what is needed', async () => {
    expect(await python(program('echo 3.12'))).toStartWith(folder);
  });

  test('is refused with what it lacks and how to get it', async () => {
    const bare = program(`echo 3.11 lightgbm optuna`);
    const refusal = expect(python(bare)).rejects;
    refusal.toThrow(
      /in which these modules are missing: lightgbm, optuna\. Install them .*-m pip install -r .*requirements\.txt/,
    );
  });

  test('is refused when it is too old, fails, or is not there', async () => {
    expect(python(program('echo 3.9'))).rejects.toThrow('Python 3.9; AutoML needs 3.11 or later.');
    expect(python(program('echo broken >&2; exit 1'))).rejects.toThrow(/which fails: broken/);
    expect(python(join(folder, 'nowhere'))).rejects.toThrow(/nowhere, which is no program/);
  });
});

test('the real one lists what it lacks by itself', async () => {
  const made = await automlPython({ onProgress: () => undefined });
  const bare = program(`exec ${made} -S "$@"`);
  expect(python(bare)).rejects.toThrow(/modules are missing: IPython, /);
}, 600_000);
