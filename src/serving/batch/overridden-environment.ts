/** A model whose environment has other packages than it names. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelFolder } from '../../models/model-folder.ts';
import { requirementOf, withRequirements } from '../../models/requirements.ts';
import { readNeeds } from '../../python-workers/environments/python-needs.ts';
import { toYaml } from '../../sdk/yaml.ts';
import { BatchError } from './batch-input.ts';

/** @param overrides as `x==1.2,y` @returns the model, and the folder of its files, which may go when it is ready */
export function withOverrides(model: ModelFolder, overrides: string): { model: ModelFolder; folder: string } {
  const { python, build, requirements } = readNeeds(model.environment);
  const lines = withRequirements(requirements, partsOf(overrides).map(readOverride));
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-environment-'));
  const file = join(folder, 'python_env.yaml');
  writeFileSync(join(folder, 'requirements.txt'), lines.map((line) => `${line}\n`).join(''));
  writeFileSync(file, toYaml({ python, build_dependencies: build, dependencies: ['-r requirements.txt'] }));
  const environment = { conda: undefined, python: file, requirements: join(folder, 'requirements.txt') };
  return { model: { ...model, environment }, folder };
}

/** A comma parts packages, and the limits of one: `x>=1,<2,y`. */
function partsOf(overrides: string): string[] {
  return overrides.split(/,(?!\s*[=<>!~])/);
}

function readOverride(text: string): ReturnType<typeof requirementOf> {
  try {
    return requirementOf(text);
  } catch (error) {
    throw new BatchError((error as Error).message);
  }
}
