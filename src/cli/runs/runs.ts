import { getRun } from '../../sdk/fluent-runs.ts';
import { deleteRun, restoreRun, searchRuns } from '../../sdk/fluent-search.ts';
import { action, group } from '../action.ts';
import { summaryOf } from '../client-command-names.ts';
import {
  runsExperimentFlags,
  runsExperimentIdOf,
  runFlag,
  searchFlags,
  searchOf,
  viewFlag,
  viewOf,
} from '../common-flags.ts';
import { runColumns } from './columns.ts';
import { compare } from './compare.ts';
import { create } from './create.ts';
import { describe } from './describe.ts';

const list = action({
  name: 'list',
  summary: 'list the runs of an experiment, newest first',
  flags: { ...runsExperimentFlags, ...viewFlag, ...searchFlags },
  example: `modelyard runs list -n Default
modelyard runs list -x 0 --filter "metrics.loss < 0.2 and params.optimizer = 'adam'" --order-by "metrics.loss ASC"`,
  async run(given, out) {
    const experimentIds = [await runsExperimentIdOf(given)];
    const everything = { maxResults: Number.POSITIVE_INFINITY };
    const runs = await searchRuns({ ...everything, ...searchOf(given), experimentIds, viewType: viewOf(given.view) });
    out.list(runs, out.json ? [] : runColumns(runs), 'No runs.');
  },
});

const remove = action({
  name: 'delete',
  summary: 'delete a run; it can be restored',
  flags: runFlag,
  example: 'modelyard runs delete --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31',
  async run(given, out) {
    const id = given['run-id'];
    await deleteRun(id);
    const advice = `To bring it back: modelyard runs restore --run-id ${id}`;
    out.done(out.json && (await getRun(id)), `Run with ID ${id} has been deleted. ${advice}`);
  },
});

const restore = action({
  name: 'restore',
  summary: 'bring a deleted run back',
  flags: runFlag,
  example: 'modelyard runs restore --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31',
  async run(given, out) {
    const id = given['run-id'];
    await restoreRun(id);
    out.done(out.json && (await getRun(id)), `Run with id ${id} has been restored.`);
  },
});

export const runsCommand = group('runs', summaryOf('runs'), [list, describe, compare, create, remove, restore]);
