/** Runs go from one experiment to another. */
import { bool, message, string } from './schema.ts';
import { route } from './route.ts';
import { inWords, limits } from './limits.ts';
import { listOf, strings } from './lists.ts';

export const moveRuns = route({
  name: 'moveRuns',
  methods: ['POST'],
  path: '/modelyard/runs/move',
  permission: 'experiment:edit',
  idempotent: true,
  summary:
    `Move up to ${inWords(limits.movedRuns)} active runs to an active experiment, all or none. Their descendants in the same experiment come along unless ` +
    '`alone` is set. What they logged goes with them, the logged models and datasets too; their artifacts stay where they lie and are read from there. ' +
    'The answer names the runs that were moved by the experiment that they came from; runs that stand in the target already are not among them.',
  request: message({ run_ids: string.mustList, experiment_id: string.must, alone: bool.orDefault(false) }),
  response: message({ moved: listOf(message({ experiment_id: string, run_ids: strings })) }),
});
