import type { Run } from '../../sdk/entities.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { action } from '../action.ts';
import { runFlag } from '../common-flags.ts';
import type { Detail } from '../output/output.ts';
import { durationOf, statusColour, statusText } from './columns.ts';

export const describe = action({
  name: 'describe',
  summary: 'show a run with its metrics, params and tags',
  flags: runFlag,
  example: 'modelyard runs describe --run-id 3f2a9c0d5e7b4a1f8c6d2e9b0a7f5c31',
  async run(given, out) {
    const run = await getRun(given['run-id']);
    out.details(run, details(run));
    if (out.json) return;
    out.table(Object.entries(run.data.metrics).toSorted(byKey), [
      { title: 'METRIC', cell: ([key]) => key },
      { title: 'LATEST', cell: ([, value]) => value },
    ]);
    out.table(Object.entries(run.data.params).toSorted(byKey), [
      { title: 'PARAM', cell: ([key]) => key },
      { title: 'VALUE', cell: ([, value]) => value },
    ]);
    out.table(Object.entries(run.data.tags).toSorted(byKey), [
      { title: 'TAG', cell: ([key]) => key },
      { title: 'VALUE', cell: ([, value]) => value },
    ]);
    out.table(run.inputs.datasetInputs, [
      { title: 'DATASET', cell: ({ dataset }) => dataset.name },
      { title: 'DIGEST', cell: ({ dataset }) => dataset.digest },
      { title: 'CONTEXT', cell: ({ tags }) => tags['mlflow.data.context'] },
    ]);
    out.table(run.outputs.modelOutputs, [
      { title: 'LOGGED MODEL', cell: ({ modelId }) => modelId },
      { title: 'STEP', cell: ({ step }) => Number(step) },
    ]);
  },
});

function details(run: Run): Detail[] {
  const { info } = run;
  return [
    ['Run', info.runName, 'bold'],
    ['ID', info.runId],
    ['Experiment', info.experimentId],
    ['Status', statusText(run), statusColour(run)],
    ['Started', new Date(info.startTime)],
    ['Ended', info.endTime === undefined ? undefined : new Date(info.endTime)],
    ['Duration', durationOf(run)],
    ['User', info.userId || undefined],
    ['Artifacts', info.artifactUri],
  ];
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
