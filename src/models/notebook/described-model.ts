/** What a notebook tells of a model, from the text of its MLmodel file. */
import { fromYaml } from '../../sdk/models/yaml-reader.ts';
import type { ModelFolder } from '../model-folder.ts';
import { schemaOf } from '../schema.ts';

type Values = Readonly<Record<string, unknown>>;

/** @throws SyntaxError when the file is damaged */
export function describedModel(mlmodel: string): Pick<ModelFolder, 'flavors' | 'inputs'> {
  const file = fromYaml(mlmodel) as { flavors?: Record<string, Values>; signature?: { inputs?: unknown } } | null;
  const { flavors } = file ?? {};
  if (typeof flavors !== 'object') throw new SyntaxError('This MLmodel file names no flavors.');
  const inputs = file?.signature?.inputs;
  return { flavors, inputs: typeof inputs === 'string' ? schemaOf(inputs) : undefined };
}
