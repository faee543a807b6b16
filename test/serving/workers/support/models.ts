/** The models of these tests, made once in this process by the real mlflow. */
import { join } from 'node:path';
import { finished } from '../../../support/run-modelyard.ts';

export const python = join(import.meta.dir, '../../../../.venv/bin');

/** @param names all by default */
export async function makeModels(dir: string, ...names: readonly string[]): Promise<void> {
  const script = join(import.meta.dir, 'make_models.py');
  const made = await finished([join(python, 'python'), script, dir, ...names], { dir, limit: 240_000 });
  if (made.code !== 0) throw new Error(`the models could not be made: ${made.error}`);
}
