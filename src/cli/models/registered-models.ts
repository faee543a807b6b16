import { call } from '../../sdk/call.ts';
import type { ModelVersion, RegisteredModel } from '../../sdk/entities.ts';
import {
  createRegisteredModel,
  deleteRegisteredModel,
  deleteRegisteredModelAlias,
  getRegisteredModel,
  renameRegisteredModel,
  searchModelVersions,
  searchRegisteredModels,
  setRegisteredModelAlias,
  setRegisteredModelTag,
} from '../../sdk/fluent-registry.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { deleteRegisteredModelTag } from '../../protocol/registered-models.ts';
import { action, group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import { searchFlags, searchOf, tagsFlag, tagsOf } from '../common-flags.ts';
import type { Detail } from '../output/output.ts';
import type { Column } from '../output/table.ts';
import {
  aliasFlag,
  descriptionFlag,
  filterOfName,
  modelFlag,
  requireYes,
  tagFlags,
  versionFlag,
  yesFlag,
} from './flags.ts';
import { versionColumns, withAliases } from './columns.ts';

const columns: readonly Column<RegisteredModel>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'LATEST', cell: ({ latestVersions }) => newest(latestVersions), whole: true },
  { title: 'ALIASES', cell: ({ aliases }) => aliasText(aliases) },
  { title: 'UPDATED', cell: ({ lastUpdatedTimestamp }) => new Date(lastUpdatedTimestamp), whole: true },
  { title: 'DESCRIPTION', cell: ({ description }) => description, optional: true },
];

function newest(versions: RegisteredModel['latestVersions']): number | undefined {
  return versions.length === 0 ? undefined : Math.max(...versions.map(({ version }) => Number(version)));
}

function aliasText(aliases: RegisteredModel['aliases']): string {
  return Object.entries(aliases)
    .map(([alias, version]) => `@${alias} → ${version}`)
    .join(', ');
}

function details(model: RegisteredModel): Detail[] {
  return [
    ['Model', model.name, 'bold'],
    ['Description', model.description || undefined],
    ['Created', new Date(model.creationTimestamp)],
    ['Updated', new Date(model.lastUpdatedTimestamp)],
    ['Aliases', aliasText(model.aliases) || undefined],
    ...Object.entries(model.tags).map(([key, value]): Detail => [`Tag ${key}`, value]),
  ];
}

const list = action({
  name: 'list',
  summary: 'list registered models',
  flags: searchFlags,
  example: `modelyard registered-models list --filter "name LIKE 'churn%'"`,
  async run(given, out) {
    out.list(await searchRegisteredModels(searchOf(given)), columns, 'No registered models.');
  },
});

const get = action({
  name: 'get',
  summary: 'show a registered model with its versions',
  flags: modelFlag,
  example: 'modelyard registered-models get -n churn',
  async run({ name }, out) {
    const model = await getRegisteredModel(name);
    out.details(model, details(model));
    if (!out.json) out.table(await versionsOf(model), versionColumns);
  },
});

async function versionsOf({ name, aliases }: RegisteredModel): Promise<ModelVersion[]> {
  const found = await searchModelVersions({ filter: filterOfName(name) });
  return found.map((one) => withAliases(one, aliases));
}

const create = action({
  name: 'create',
  summary: 'make a registered model without a version',
  flags: { ...modelFlag, ...descriptionFlag, ...tagsFlag },
  example: 'modelyard registered-models create -n churn --description "Who leaves next month"',
  async run({ name, description, tags }, out) {
    out.done(
      await createRegisteredModel(name, { description, tags: tagsOf(tags) }),
      `Created registered model '${name}'`,
    );
  },
});

const rename = action({
  name: 'rename',
  summary: 'give a registered model another name',
  flags: { ...modelFlag, 'new-name': { type: 'string', value: 'NAME', required: true, meaning: 'its new name' } },
  example: 'modelyard registered-models rename -n churn --new-name churn-monthly',
  async run(given, out) {
    const { name, 'new-name': newName } = given;
    out.done(await renameRegisteredModel(name, newName), `Registered model '${name}' is now '${newName}'`);
  },
});

const remove = action({
  name: 'delete',
  summary: 'delete a registered model with all versions; for good',
  detail: 'The files of its versions stay with the runs that made them.',
  flags: { ...modelFlag, ...yesFlag },
  example: 'modelyard registered-models delete -n churn-monthly --yes',
  async run({ name, yes }, out) {
    const model = await getRegisteredModel(name);
    requireYes(yes, `the registered model '${name}' with all its versions`);
    await deleteRegisteredModel(name);
    out.done(model, `Deleted registered model '${name}'`);
  },
});

const setAlias = action({
  name: 'set-alias',
  summary: 'let an alias name a version; it leaves the version that it named before',
  flags: { ...modelFlag, ...aliasFlag, ...versionFlag },
  example: 'modelyard registered-models set-alias -n churn --alias champion --version 2',
  async run({ name, alias, version }, out) {
    await setRegisteredModelAlias(name, alias, version);
    out.done(out.json && (await getRegisteredModel(name)), `models:/${name}@${alias} is version ${version}`);
  },
});

const deleteAlias = action({
  name: 'delete-alias',
  summary: 'take an alias away',
  flags: { ...modelFlag, ...aliasFlag },
  example: 'modelyard registered-models delete-alias -n churn --alias champion',
  async run({ name, alias }, out) {
    await deleteRegisteredModelAlias(name, alias);
    out.done(out.json && (await getRegisteredModel(name)), `'${name}' has no alias '${alias}' any more`);
  },
});

const setTag = action({
  name: 'set-tag',
  summary: 'set a tag of a registered model',
  flags: { ...modelFlag, ...tagFlags },
  example: 'modelyard registered-models set-tag -n churn --key team --value growth',
  async run({ name, key, value }, out) {
    await setRegisteredModelTag(name, key, value);
    out.done(out.json && (await getRegisteredModel(name)), `'${name}' has the tag ${key}=${value}`);
  },
});

const deleteTag = action({
  name: 'delete-tag',
  summary: 'take a tag of a registered model away',
  flags: { ...modelFlag, key: tagFlags.key },
  example: 'modelyard registered-models delete-tag -n churn --key team',
  async run({ name, key }, out) {
    await call(settingsOf(), deleteRegisteredModelTag, { name, key });
    out.done(out.json && (await getRegisteredModel(name)), `'${name}' has no tag '${key}' any more`);
  },
});

export const registeredModelsCommand = group('registered-models', summaryOf('registered-models'), [
  list,
  get,
  create,
  rename,
  remove,
  setAlias,
  deleteAlias,
  setTag,
  deleteTag,
]);
