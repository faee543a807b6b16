import { action } from '../action.ts';
import { pipelineFlags, pipelineOf } from './flags.ts';
import { showStatus } from './status-rows.ts';

export const status = action({
  name: 'status',
  summary: 'show each task: when it was built, whether it will run, and why',
  flags: pipelineFlags,
  example: 'modelyard pipeline status',
  async run(given, out) {
    await showStatus(await pipelineOf(given), out);
  },
});
