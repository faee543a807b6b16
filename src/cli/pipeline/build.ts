import { selectTasks } from '../../pipelines/select-tasks.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { pipelineFlags, pipelineOf, told } from './flags.ts';
import { recordFlags, runBuild } from './run-build.ts';

export const build = action({
  name: 'build',
  summary: 'run the tasks that are not up to date, and record them',
  detail: `A task runs when its source (comments and layout do not count), its params or a task before it changed, when a product is
missing or was changed by hand, and when it did not end well before: the same command goes on after a failure. Tasks that
do not need each other run at the same time; what does not depend on a failure goes on.`,
  flags: {
    ...pipelineFlags,
    jobs: {
      type: 'string',
      short: 'j',
      value: 'N',
      fallback: "the pipeline's executor, else the cores of this machine",
      meaning: 'how many tasks run at a time',
    },
    force: { type: 'boolean', short: 'f', meaning: 'run also what is up to date' },
    partially: {
      type: 'many',
      short: 'p',
      value: 'TASK',
      meaning: 'only this task and all that it needs; * in it stands for anything',
    },
    'skip-upstream': { type: 'boolean', meaning: 'with --partially: without what it needs, which must be there' },
    ...recordFlags,
  },
  example: `modelyard pipeline build --jobs 4
modelyard pipeline build --partially 'fit-*' --env--sample true`,
  async run(given, out) {
    if (given['skip-upstream'] === true && given.partially === undefined) {
      throw new CommandError('--skip-upstream goes with --partially TASK', 2);
    }
    const pipeline = await pipelineOf(given);
    const only = await told(() => selectTasks(pipeline, given.partially ?? [], given['skip-upstream'] === true));
    return runBuild(pipeline, { ...given, only, force: given.force === true, jobs: given.jobs }, out);
  },
});
