/** Folders that a docker engine builds, carried out without one. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished, runModelyard, type Finished } from '../../support/run-modelyard.ts';
import { column, predictions, score } from '../workers/support/scoring.ts';
import { carryOut, startContainer, type Built } from './support/dockerfile.ts';
import { makePythonModels, makeRModels } from './support/models.ts';

const venv = join(import.meta.dir, '../../../.venv');
let dir: string;

beforeAll(async () => {
  dir = freshFolder();
  await Promise.all([makePythonModels(dir, 'typed'), makeRModels(dir)]);
});

afterAll(() => removeFolder(dir));

function generate(...args: readonly string[]): Promise<Finished> {
  return runModelyard(['models', 'generate-dockerfile', ...args], { dir });
}

const dockerfile = (folder: string): string => readFileSync(join(dir, folder, 'Dockerfile'), 'utf8');

async function withContainer(built: Built, use: (url: string) => Promise<void>): Promise<void> {
  const container = await startContainer(built);
  try {
    await use(container.url);
  } finally {
    await container.stop();
  }
}

describe('a folder', () => {
  test('of a model of R is built and serves it', async () => {
    expect((await generate('-m', 'petals', '-d', 'r-image')).out).toContain('docker build -t NAME r-image');
    const machine = { dir: join(dir, 'r-machine'), path: [], shims: ['apt-get'] };
    const built = await carryOut(join(dir, 'r-image'), machine);
    expect(built.asked).toContain('apt-get install -y --no-install-recommends r-base-core r-cran-jsonlite');
    expect(built.entrypoint.slice(0, 3)).toEqual(['modelyard', 'models', 'serve']);
    expect(built.entrypoint.join(' ')).toContain('--host 0.0.0.0 --port 8080');
    await withContainer(built, async (url) => {
      const flower = { dataframe_records: [{ 'Sepal.Length': 5.1, 'Petal.Length': 1.4 }] };
      expect(predictions(await score(url, flower))).toEqual([0.200819701217632]);
    });
  });

  test('of a model of Python is built with what the model needs, and serves it', async () => {
    await generate('-m', 'typed', '-d', 'python-image');
    expect(dockerfile('python-image')).toMatch(/^FROM python:3\.\d+-slim$/m);
    // A new Python, which finds what is there already.
    const fresh = join(dir, 'python');
    await finished([join(venv, 'bin/python'), '-m', 'venv', fresh], { dir, limit: 120_000 });
    const [site] = await Array.fromAsync(
      new Bun.Glob('lib/python3*/site-packages').scan({ cwd: venv, onlyFiles: false }),
    );
    writeFileSync(join(fresh, site ?? '', 'there.pth'), join(venv, site ?? ''));
    const machine = { dir: join(dir, 'python-machine'), path: [join(fresh, 'bin')], shims: ['apt-get'] };
    const built = await carryOut(join(dir, 'python-image'), machine);
    expect(existsSync(join(built.root, 'opt/ml/model/MLmodel'))).toBe(true);
    await withContainer(built, async (url) => {
      expect(predictions(await score(url, column('i', 7)))).toEqual(['int64 [7]']);
    });
  });

  test('of other wishes has other steps', async () => {
    await Bun.write(join(dir, 'graph/MLmodel'), 'flavors:\n  onnx:\n    data: model.onnx\n');
    const [uv, java, mounted, onnx] = await Promise.all([
      generate('-m', 'typed', '-d', 'uv', '--env-manager', 'uv'),
      generate('-m', 'typed', '-d', 'java', '--install-java', 'true', '--install-mlflow'),
      generate('-d', 'mounted'),
      generate('-m', 'graph', '-d', 'onnx'),
    ]);
    expect([uv.code, java.code, mounted.code, onnx.code]).toEqual([0, 0, 0, 0]);
    expect(dockerfile('onnx')).toMatch(/npm install .* "onnxruntime-node@/);
    expect(dockerfile('onnx')).not.toContain('python');
    expect(dockerfile('uv')).toContain('modelyard models prepare-env --model-uri /opt/ml/model --env-manager uv');
    expect(dockerfile('uv')).toContain('"--env-manager","uv"]');
    expect(dockerfile('java')).toContain('default-jre-headless');
    expect(readFileSync(join(dir, 'java/requirements.txt'), 'utf8')).toMatch(/^mlflow==3\.\d+\.\d+$/m);
    expect(dockerfile('mounted')).not.toContain('COPY model ');
    expect(existsSync(join(dir, 'mounted/model'))).toBe(false);
  });
});

describe('what cannot be done is told', () => {
  test.each([
    [['-m', 'petals', '--enable-mlserver'], 2, '--enable-mlserver is not offered'],
    [['-m', 'petals', '--install-java', 'maybe'], 2, '--install-java takes true or false'],
    [['-m', 'none'], 1, 'There is no folder'],
    [['-m', 'petals', '-d', '.'], 1, 'holds something already'],
  ] as const)('of generate-dockerfile %j', async (args, code, reason) => {
    const refused = await generate(...args);
    expect([refused.code, refused.out]).toEqual([code, '']);
    expect(refused.error).toContain(reason);
  });

  test('of build-docker without docker', async () => {
    const bin = join(dir, 'no-docker');
    mkdirSync(bin);
    const env = { PATH: bin };
    const program = join(import.meta.dir, '../../../src/cli/main.ts');
    const command = [process.execPath, program, 'models', 'build-docker', '-m', 'petals'];
    const { code, error } = await finished(command, { dir, env });
    expect(code).toBe(1);
    expect(error).toContain('there is no docker here');
  });

  test('of build-docker whose docker fails; it is given the folder', async () => {
    const bin = join(dir, 'docker');
    await Bun.write(join(bin, 'docker'), '#!/bin/sh\necho "docker $1 $2 $3"; ls "$4"; exit 3\n');
    await finished(['chmod', '+x', join(bin, 'docker')], { dir });
    const env = { PATH: `${bin}:${process.env['PATH']}` };
    const { code, error } = await runModelyard(['models', 'build-docker', '-m', 'petals', '-n', 'flowers'], {
      dir,
      env,
    });
    expect(code).toBe(1);
    expect(error).toContain('docker build -t flowers\nDockerfile\nmodel\nmodelyard\n');
    expect(error).toContain('docker build ended with 3');
  });
});
