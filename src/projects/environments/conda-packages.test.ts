import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { condaPackages } from './conda-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'modelyard-conda-'));
afterAll(() => rmSync(folder, { recursive: true }));

function asked(...dependencies: string[]): readonly string[] {
  const file = join(folder, 'conda.yaml');
  writeFileSync(file, `dependencies:\n${dependencies.map((one) => `- ${JSON.stringify(one)}\n`).join('')}- pip: [x]\n`);
  return condaPackages(file).requirements;
}

test.each([
  ['numpy', 'numpy'],
  ['numpy=1.26', 'numpy==1.26.*'],
  ['numpy==1.26.4', 'numpy==1.26.4'],
  ['numpy=1.26.4=py311h64a7726_0', 'numpy==1.26.4'],
  ['numpy 1.26.*', 'numpy==1.26.*'],
  ['numpy>=1.20,<2', 'numpy>=1.20,<2'],
  ['numpy >= 1.20, < 2', 'numpy>=1.20,<2'],
  ['conda-forge::scikit-learn=1.5', 'scikit-learn==1.5.*'],
  ['Pandas!=2.0', 'pandas!=2.0'],
  ['pytorch=2.4', 'torch==2.4.*'],
])('%p is %p of pip', (conda, pip) => expect(asked(conda)).toEqual([pip]));

test('python and pip are of the environment itself', () => expect(asked('python=3.11', 'pip<=24')).toEqual([]));

test('what only conda gives is named', () => {
  expect(() => asked('numpy', 'cudatoolkit=11.8', 'r-base')).toThrow(/asks for cudatoolkit, r-base, which only conda/);
});
