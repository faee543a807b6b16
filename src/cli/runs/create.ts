import { createRun, updateRun } from '../../protocol/runs.ts';
import { call } from '../../sdk/call.ts';
import { runInfoOf } from '../../sdk/entities.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { runsExperimentFlags, runsExperimentIdOf, tagsFlag, tagsOf } from '../common-flags.ts';

const statuses = ['FINISHED', 'FAILED', 'KILLED'] as const;

export const create = action({
  name: 'create',
  summary: 'make a run that is ended at once',
  flags: {
    ...runsExperimentFlags,
    'run-name': { type: 'string', value: 'NAME', meaning: 'its name; one is made up without it' },
    description: { type: 'string', value: 'TEXT', meaning: 'what it is, in Markdown' },
    ...tagsFlag,
    status: { type: 'string', value: 'STATUS', fallback: 'finished', meaning: 'finished, failed or killed' },
    'parent-run-id': { type: 'string', value: 'ID', meaning: 'the run that it is part of' },
  },
  example: 'modelyard runs create -n Default --run-name baseline -t source=paper',
  async run(given, out) {
    const wish = (given.status ?? 'finished').toUpperCase();
    const status = statuses.find((known) => known === wish);
    if (!status) throw new CommandError(`--status takes finished, failed or killed, not '${given.status}'`, 2);
    const tags = {
      ...tagsOf(given.tags),
      ...(given.description === undefined ? {} : { 'mlflow.note.content': given.description }),
      ...(given['parent-run-id'] === undefined ? {} : { 'mlflow.parentRunId': given['parent-run-id'] }),
    };
    const settings = settingsOf();
    const { run } = await call(settings, createRun, {
      experiment_id: await runsExperimentIdOf(given),
      run_name: given['run-name'],
      start_time: Date.now(),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
    const { runId, runName } = runInfoOf(run?.info ?? {});
    await call(settings, updateRun, { run_id: runId, status, end_time: Date.now() });
    out.done(out.json && (await getRun(runId)), `Created run '${runName}' with ID ${runId}`);
  },
});
