import { ResourceDoesNotExistError } from '../../sdk/errors.ts';
import type { Experiment } from '../../sdk/entities.ts';
import {
  createExperiment,
  deleteExperiment,
  getExperiment,
  renameExperiment,
  restoreExperiment,
  searchExperiments,
} from '../../sdk/fluent-experiments.ts';
import { action, group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import {
  experimentFlags,
  experimentIdOf,
  searchFlags,
  searchOf,
  tagsFlag,
  tagsOf,
  viewFlag,
  viewOf,
} from '../common-flags.ts';
import { CommandError } from '../command.ts';
import type { Detail } from '../output/output.ts';
import type { Column } from '../output/table.ts';
import { csv } from './csv.ts';

const columns: readonly Column<Experiment>[] = [
  { title: 'ID', cell: ({ experimentId }) => experimentId, whole: true },
  { title: 'NAME', cell: ({ name }) => name },
  {
    title: 'STAGE',
    cell: ({ lifecycleStage }) => lifecycleStage,
    colour: ({ lifecycleStage }) => (lifecycleStage === 'deleted' ? 'red' : undefined),
    whole: true,
  },
  { title: 'CREATED', cell: ({ creationTime }) => new Date(creationTime), whole: true },
  { title: 'UPDATED', cell: ({ lastUpdateTime }) => new Date(lastUpdateTime), whole: true },
  { title: 'ARTIFACTS', cell: ({ artifactLocation }) => artifactLocation, optional: true },
];

function details(experiment: Experiment): Detail[] {
  return [
    ['Experiment', experiment.name, 'bold'],
    ['ID', experiment.experimentId],
    ['Stage', experiment.lifecycleStage, experiment.lifecycleStage === 'deleted' ? 'red' : undefined],
    ['Artifacts', experiment.artifactLocation],
    ['Created', new Date(experiment.creationTime)],
    ['Updated', new Date(experiment.lastUpdateTime)],
    ...Object.entries(experiment.tags).map(([key, value]): Detail => [`Tag ${key}`, value]),
  ];
}

const create = action({
  name: 'create',
  summary: 'make an experiment',
  flags: {
    'experiment-name': { ...experimentFlags['experiment-name'], meaning: 'its name', required: true },
    'artifact-location': {
      type: 'string',
      short: 'l',
      value: 'URI',
      fallback: 'as the server has it',
      meaning: 'where its runs keep files',
    },
    ...tagsFlag,
  },
  example: 'modelyard experiments create -n churn -t team=growth',
  async run(given, out) {
    const name = given['experiment-name'];
    const id = await createExperiment(name, {
      artifactLocation: given['artifact-location'],
      tags: tagsOf(given.tags),
    });
    out.done(out.json && (await getExperiment(id)), `Created experiment '${name}' with id ${id}`);
  },
});

const search = action({
  name: 'search',
  summary: 'list experiments, newest change first',
  flags: { ...viewFlag, ...searchFlags },
  example: `modelyard experiments search\nmodelyard experiments search --filter "name LIKE 'churn%'" --order-by "name ASC"`,
  async run(given, out) {
    const found = await searchExperiments({ ...searchOf(given), viewType: viewOf(given.view) });
    out.list(found, columns, 'No experiments.');
  },
});

const get = action({
  name: 'get',
  summary: 'show an experiment',
  flags: {
    ...experimentFlags,
    output: { type: 'string', value: 'FORMAT', fallback: 'table', meaning: 'table or json, as --json' },
  },
  example: 'modelyard experiments get -n Default',
  async run(given, out) {
    const format = given.output ?? 'table';
    if (format !== 'table' && format !== 'json') {
      throw new CommandError(`--output takes table or json, not '${format}'`, 2);
    }
    const experiment = await getExperiment(await experimentIdOf(given));
    (format === 'json' ? out.asJson : out).details(experiment, details(experiment));
  },
});

const rename = action({
  name: 'rename',
  summary: 'give an experiment another name',
  flags: { ...experimentFlags, 'new-name': { type: 'string', value: 'NAME', required: true, meaning: 'its new name' } },
  example: 'modelyard experiments rename -n churn --new-name churn-2026',
  async run(given, out) {
    const id = await experimentIdOf(given);
    const name = given['new-name'];
    await renameExperiment(id, name);
    out.done(out.json && (await getExperiment(id)), `Experiment with id ${id} has been renamed to '${name}'.`);
  },
});

const remove = action({
  name: 'delete',
  summary: 'delete an experiment with its runs; it can be restored',
  flags: experimentFlags,
  example: 'modelyard experiments delete -n churn-2026',
  async run(given, out) {
    const id = await experimentIdOf(given);
    await deleteExperiment(id);
    const advice = `To bring it back: modelyard experiments restore -x ${id}`;
    out.done(out.json && (await getExperiment(id)), `Experiment with ID ${id} has been deleted. ${advice}`);
  },
});

const restore = action({
  name: 'restore',
  summary: 'bring a deleted experiment back, with its runs',
  flags: experimentFlags,
  example: 'modelyard experiments restore -n churn-2026',
  async run(given, out) {
    const id = await experimentIdOf(given);
    await restoreExperiment(id).catch(async (error: unknown) => {
      // Servers say of an active one that it is not there.
      const there = error instanceof ResourceDoesNotExistError && (await getExperiment(id));
      throw there ? new CommandError(`the experiment ${id} is not deleted, so there is nothing to restore`) : error;
    });
    out.done(out.json && (await getExperiment(id)), `Experiment with id ${id} has been restored.`);
  },
});

export const experimentsCommand = group('experiments', summaryOf('experiments'), [
  create,
  search,
  get,
  rename,
  remove,
  restore,
  csv,
]);
