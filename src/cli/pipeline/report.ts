import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { reportPage } from '../../pipelines/report/report-page.ts';
import { action } from '../action.ts';
import { pipelineFlags, pipelineOf } from './flags.ts';

export const report = action({
  name: 'report',
  summary: 'write one page about the tasks, what they made and how long it took',
  flags: {
    ...pipelineFlags,
    output: { type: 'string', short: 'o', value: 'FILE', fallback: 'pipeline.html', meaning: 'the page' },
  },
  example: 'modelyard pipeline report --output report.html',
  async run(given, out) {
    const pipeline = await pipelineOf(given);
    const file = resolve(given.output ?? 'pipeline.html');
    writeFileSync(file, await reportPage(pipeline));
    out.done({ file }, `The report is in ${file}`);
  },
});
