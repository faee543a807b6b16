/** What is deleted is only marked; here it is erased for good, with its artifacts. */
import { int32, message, string } from './schema.ts';
import { route } from './route.ts';
import { inWords, limits } from './limits.ts';
import { strings } from './lists.ts';

const erased = {
  erased_runs: int32,
  erased_models: int32,
  /** Where artifacts still lie because this server may not remove them there; the first 100. */
  kept_artifacts: strings,
};

export const eraseRuns = route({
  name: 'eraseRuns',
  methods: ['POST'],
  path: '/modelyard/runs/erase',
  permission: 'experiment:delete',
  idempotent: true,
  summary:
    `Erase up to ${inWords(limits.erasedRuns)} deleted runs for good, with all they logged, their artifacts and those of their logged models that no registered version stands on. ` +
    'An active run among them is an error, and so is one with files that a registered version needs; then none is erased. A run that does not exist counts as erased before. Children stay. ' +
    '`kept_artifacts` names artifacts in storage that this server does not own.',
  request: message({ run_ids: string.mustList }),
  response: message(erased),
});

export const eraseExperiment = route({
  name: 'eraseExperiment',
  methods: ['POST'],
  path: '/modelyard/experiments/erase',
  permission: 'experiment:delete',
  summary:
    'Erase a deleted experiment for good, with its runs, logged models, datasets and artifacts; its name is free again. `name` must be its name. An experiment with files that a registered version needs is an error. ' +
    `One call erases at most ${inWords(limits.erasedAtOnce)} runs: while the answer has \`remaining_runs\` the experiment is still there, and the same call goes on.`,
  request: message({
    experiment_id: string.must,
    name: string.must,
    max_runs: int32.orDefault(limits.erasedAtOnce),
  }),
  response: message({ ...erased, remaining_runs: int32 }),
});
