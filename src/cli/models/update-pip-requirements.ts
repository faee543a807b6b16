import { requirementOf, withoutRequirements, withRequirements, type Requirement } from '../../models/requirements.ts';
import { joinPath, registerArtifactStore, type ArtifactStore } from '../../sdk/artifact-store.ts';
import { ResourceDoesNotExistError } from '../../sdk/errors.ts';
import { locateModel } from '../../sdk/models/locate-model.ts';
import { fromYaml } from '../../sdk/models/yaml-reader.ts';
import { localStore } from '../../sdk/node/files.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { toYaml } from '../../sdk/yaml.ts';
import { action, type Action } from '../action.ts';
import { CommandError } from '../command.ts';
import { scorerFlags } from './scorer-flags.ts';

const update = action({
  name: 'update-pip-requirements',
  summary: "add packages to a model's requirements.txt and conda.yaml, or remove some",
  detail: `Usage: modelyard models update-pip-requirements -m URI add|remove REQUIREMENT...

A package that is added takes the place of the one of its name; of those to be removed the name alone counts. Versions of
registered models stay as they are: give the model's own address, such as runs:/ID/PATH.`,
  flags: {
    'model-uri': scorerFlags['model-uri'],
    operation: { type: 'string', value: 'add|remove', required: true, meaning: 'what to do; the first plain word' },
    requirement: { type: 'many', value: 'TEXT', meaning: 'such as pandas==2.2.3; the other plain words' },
  },
  example: `modelyard models update-pip-requirements -m ./model add "pandas==2.2.3" lightgbm
modelyard models update-pip-requirements -m runs:/3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31/model remove torchvision`,
  async run({ 'model-uri': uri, operation, requirement = [] }, out) {
    if (operation !== 'add' && operation !== 'remove') {
      throw new CommandError(`say add or remove before the requirements, not '${operation}'`, 2);
    }
    if (/^models:/i.test(uri) && !/^models:\/+m-[0-9a-f]{32}\/*$/.test(uri)) {
      throw new CommandError(`${uri} is a version of a registered model, which does not change any more.`);
    }
    const changed = requirement.map(readRequirement);
    const change = operation === 'add' ? withRequirements : withoutRequirements;
    registerArtifactStore('file', localStore);
    const { store, folder } = await locateModel(settingsOf(), uri);
    const requirements = await updateText(store, joinPath(folder, 'requirements.txt'), changed, change);
    await updateConda(store, joinPath(folder, 'conda.yaml'), (lines) => change(lines, changed));
    out.done({ uri, requirements }, `The requirements of ${uri} are now: ${requirements.join(', ')}`);
  },
});

/** As in MLflow the operation and the requirements are plain words. */
export const updatePipRequirements: Action = {
  ...update,
  run: (command, args) => update.run(command, named(args)),
};

/** Plain words as values of their flags. */
function named(args: readonly string[]): string[] {
  const flags: string[] = [];
  let words = 0;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) flags.push(words++ === 0 ? `--operation=${word}` : `--requirement=${word}`);
    else if (/^(-m|--[^=]*)$/.test(word) && word !== '--json') flags.push(word, ...args.slice(++at, at + 1));
    else flags.push(word);
  }
  return flags;
}

type Change = (lines: readonly string[], changed: readonly Requirement[]) => string[];

async function updateText(
  store: ArtifactStore,
  path: string,
  changed: readonly Requirement[],
  change: Change,
): Promise<string[]> {
  const text = await textAt(store, path);
  const lines = change(text?.split(/\r?\n/).filter((line) => line.trim() !== '') ?? [], changed);
  await store.upload(path, `${lines.join('\n')}\n`);
  return lines;
}

/** Only its part for pip. A model without the file needs none. */
async function updateConda(
  store: ArtifactStore,
  path: string,
  change: (lines: readonly string[]) => string[],
): Promise<void> {
  const text = await textAt(store, path);
  if (text === undefined) return;
  const conda = fromYaml(text) as { dependencies?: readonly (string | { pip?: readonly string[] })[] };
  const { dependencies = [] } = conda;
  const ofPip = dependencies.find((part) => typeof part !== 'string');
  const pip = change(ofPip?.pip ?? []);
  const others = dependencies.filter((part) => part !== ofPip);
  await store.upload(path, toYaml({ ...conda, dependencies: [...others, { ...ofPip, pip }] }));
}

async function textAt(store: ArtifactStore, path: string): Promise<string | undefined> {
  try {
    return await (await store.download(path)).text();
  } catch (error) {
    if (error instanceof ResourceDoesNotExistError) return undefined;
    throw error;
  }
}

function readRequirement(text: string): Requirement {
  try {
    return requirementOf(text);
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}
