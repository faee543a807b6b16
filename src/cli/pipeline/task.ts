import { runCheck } from '../../pipelines/run-check.ts';
import { TaskError } from '../../pipelines/pipeline.ts';
import { selectTasks } from '../../pipelines/select-tasks.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { pipelineFlags, pipelineOf, told } from './flags.ts';
import { recordFlags, runBuild } from './run-build.ts';
import { showStatus } from './status-rows.ts';

export const task = action({
  name: 'task',
  summary: 'run one task, without those that it needs, or look at it',
  flags: {
    name: { type: 'string', value: 'NAME', required: true, operand: true, meaning: 'the task' },
    ...pipelineFlags,
    force: { type: 'boolean', short: 'f', meaning: 'run it also when it is up to date' },
    status: { type: 'boolean', short: 's', meaning: 'only show whether it will run, and why' },
    'on-finish': { type: 'boolean', meaning: 'only call its on_finish, on the products that are there' },
    ...recordFlags,
  },
  example: 'modelyard pipeline task fit --force',
  async run(given, out) {
    const pipeline = await pipelineOf(given);
    const only = await told(() => selectTasks(pipeline, [given.name], true));
    if (given.status === true) {
      await showStatus(pipeline, out, only);
      return 0;
    }
    if (given['on-finish'] !== true) {
      return runBuild(pipeline, { ...given, only, force: given.force === true, jobs: undefined }, out);
    }
    const onOutput = (text: string): void => void process.stderr.write(text);
    const { signal } = new AbortController();
    await told(() => runCheck(pipeline, given.name, { onOutput, signal })).catch((error: unknown) => {
      throw error instanceof TaskError
        ? new CommandError(`on_finish of ${given.name} failed:\n${error.message}`)
        : error;
    });
    out.done({ name: given.name, passed: true }, `on_finish of ${given.name} passed`);
    return 0;
  },
});
