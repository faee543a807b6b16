/** The models of these tests, made once in this process by R and by the real mlflow. */
import { join } from 'node:path';
import { finished } from '../../../support/run-modelyard.ts';

const python = join(import.meta.dir, '../../../../.venv/bin/python');

export async function makeRModels(dir: string): Promise<void> {
  await make(['Rscript', join(import.meta.dir, 'make_models.R'), dir], dir);
}

export async function makePythonModels(dir: string, ...names: readonly string[]): Promise<void> {
  await make([python, join(import.meta.dir, 'make_models.py'), dir, ...names], dir);
}

async function make(command: readonly string[], dir: string): Promise<void> {
  const made = await finished(command, { dir, limit: 240_000 });
  if (made.code !== 0) throw new Error(`the models could not be made: ${made.error}`);
}
