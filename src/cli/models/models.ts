import { deleteModelVersionTag } from '../../protocol/model-versions.ts';
import { call } from '../../sdk/call.ts';
import type { ModelVersion } from '../../sdk/entities.ts';
import {
  deleteModelVersion,
  getModelVersion,
  getModelVersionByAlias,
  getRegisteredModel,
  registerModel,
  searchModelVersions,
  searchRegisteredModels,
  setModelVersionTag,
  transitionModelVersionStage,
} from '../../sdk/fluent-registry.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action, group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import { CommandError } from '../command.ts';
import { searchFlags, searchOf, tagsFlag, tagsOf } from '../common-flags.ts';
import type { Detail } from '../output/output.ts';
import { descriptionFlag, filterOfName, modelFlag, requireYes, tagFlags, versionFlag, yesFlag } from './flags.ts';
import { versionColumns, withAliases } from './columns.ts';
import { buildDocker, generateDockerfile } from './docker.ts';
import { notebook } from './notebook.ts';
import { predict } from './predict.ts';
import { buildEnv, prepareEnv } from './prepare-env.ts';
import { serve } from './serve.ts';
import { updatePipRequirements } from './update-pip-requirements.ts';

const list = action({
  name: 'list',
  summary: 'list versions of registered models, those of one with --name',
  flags: { name: { ...modelFlag.name, required: false }, ...searchFlags },
  example: `modelyard models list -n churn\nmodelyard models list --filter "tags.team = 'growth'"`,
  async run(given, out) {
    const ofName = given.name === undefined ? [] : [filterOfName(given.name)];
    const filter = [...ofName, ...(given.filter === undefined ? [] : [given.filter])].join(' and ');
    const found = await searchModelVersions({ ...searchOf(given), filter });
    out.list(await aliased(found), versionColumns, 'No model versions.');
  },
});

async function aliased(found: readonly ModelVersion[]): Promise<ModelVersion[]> {
  const names = [...new Set(found.map(({ name }) => name))];
  const [only] = names;
  if (only === undefined) return [];
  const models = names.length === 1 ? [await getRegisteredModel(only)] : await searchRegisteredModels();
  const aliases = new Map(models.map((model) => [model.name, model.aliases]));
  return found.map((one) => withAliases(one, aliases.get(one.name)));
}

const get = action({
  name: 'get',
  summary: 'show a version, by its number or by an alias',
  flags: {
    ...modelFlag,
    version: { ...versionFlag.version, required: false },
    alias: { type: 'string', value: 'ALIAS', meaning: 'an alias of the version, without @' },
  },
  example: 'modelyard models get -n churn --alias champion',
  async run({ name, version, alias }, out) {
    if ((version === undefined) === (alias === undefined)) {
      throw new CommandError('say which version: either --version N or --alias ALIAS', 2);
    }
    const found =
      alias === undefined ? await getModelVersion(name, version ?? '') : await getModelVersionByAlias(name, alias);
    out.details(found, details(found));
  },
});

function details(found: ModelVersion): Detail[] {
  return [
    ['Model', `${found.name}, version ${found.version}`, 'bold'],
    ['Aliases', found.aliases.map((alias) => `@${alias}`).join(', ') || undefined],
    ['Stage', found.currentStage === 'None' ? undefined : found.currentStage],
    ['Status', found.status],
    ['Description', found.description || undefined],
    ['Created', new Date(found.creationTimestamp)],
    ['Updated', new Date(found.lastUpdatedTimestamp)],
    ['Source', found.source],
    ['Run', found.runId],
    ['Logged model', found.modelId],
    ...Object.entries(found.tags).map(([key, value]): Detail => [`Tag ${key}`, value]),
  ];
}

const register = action({
  name: 'register',
  summary: 'make the next version of a registered model, and the model when it is not there',
  flags: {
    ...modelFlag,
    'model-uri': {
      type: 'string',
      short: 'm',
      value: 'URI',
      required: true,
      meaning: 'runs:/RUN_ID/PATH, models:/LOGGED_MODEL_ID or an artifact URI',
    },
    ...descriptionFlag,
    ...tagsFlag,
  },
  example: 'modelyard models register -m runs:/3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31/model -n churn -t team=growth',
  async run({ name, 'model-uri': uri, description, tags }, out) {
    const made = await registerModel(uri, name, { description, tags: tagsOf(tags) });
    out.done(made, `Created version ${made.version} of model '${name}': models:/${name}/${made.version}`);
  },
});

const stage = action({
  name: 'stage',
  summary: 'bring a version to a stage; aliases are the newer way',
  flags: {
    ...modelFlag,
    ...versionFlag,
    stage: { type: 'string', value: 'STAGE', required: true, meaning: 'Staging, Production, Archived or None' },
    'archive-existing-versions': { type: 'boolean', meaning: 'archive the versions that are in that stage now' },
  },
  example: 'modelyard models stage -n churn --version 2 --stage Production --archive-existing-versions',
  async run(given, out) {
    const { name, version } = given;
    const archiveExistingVersions = given['archive-existing-versions'] ?? false;
    const moved = await transitionModelVersionStage(name, version, given.stage, { archiveExistingVersions });
    out.done(moved, `Version ${version} of model '${name}' is in stage ${moved.currentStage}`);
  },
});

const remove = action({
  name: 'delete',
  summary: 'delete a version; for good',
  detail: 'Its files stay with the run that made them.',
  flags: { ...modelFlag, ...versionFlag, ...yesFlag },
  example: 'modelyard models delete -n churn --version 1 --yes',
  async run({ name, version, yes }, out) {
    const found = await getModelVersion(name, version);
    requireYes(yes, `version ${version} of model '${name}'`);
    await deleteModelVersion(name, version);
    out.done(found, `Deleted version ${version} of model '${name}'`);
  },
});

const setTag = action({
  name: 'set-tag',
  summary: 'set a tag of a version',
  flags: { ...modelFlag, ...versionFlag, ...tagFlags },
  example: 'modelyard models set-tag -n churn --version 2 --key checked --value yes',
  async run({ name, version, key, value }, out) {
    await setModelVersionTag(name, version, key, value);
    out.done(
      out.json && (await getModelVersion(name, version)),
      `models:/${name}/${version} has the tag ${key}=${value}`,
    );
  },
});

const deleteTag = action({
  name: 'delete-tag',
  summary: 'take a tag of a version away',
  flags: { ...modelFlag, ...versionFlag, key: tagFlags.key },
  example: 'modelyard models delete-tag -n churn --version 2 --key checked',
  async run({ name, version, key }, out) {
    await call(settingsOf(), deleteModelVersionTag, { name, version, key });
    out.done(
      out.json && (await getModelVersion(name, version)),
      `models:/${name}/${version} has no tag '${key}' any more`,
    );
  },
});

export const modelsCommand = group('models', summaryOf('models'), [
  list,
  get,
  register,
  stage,
  remove,
  setTag,
  deleteTag,
  serve,
  predict,
  notebook,
  generateDockerfile,
  buildDocker,
  updatePipRequirements,
  prepareEnv,
  buildEnv,
]);
