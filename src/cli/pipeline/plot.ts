import { writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { planRecord } from '../../pipelines/plan-record.ts';
import { graphPage } from '../../pipelines/plot/graph-page.ts';
import { graphSvg } from '../../pipelines/plot/graph-svg.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { pipelineFlags, pipelineOf } from './flags.ts';

export const plot = action({
  name: 'plot',
  summary: 'draw the graph of the tasks with their states',
  flags: {
    ...pipelineFlags,
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      fallback: 'pipeline.svg',
      meaning: 'a picture (.svg) or a page that tells of each task (.html)',
    },
  },
  example: 'modelyard pipeline plot --output pipeline.html',
  async run(given, out) {
    const pipeline = await pipelineOf(given);
    const file = resolve(given.output ?? 'pipeline.svg');
    const kind = extname(file).toLowerCase();
    if (kind !== '.svg' && kind !== '.html') {
      throw new CommandError(`--output takes a file that ends with .svg or .html, not '${given.output}'`, 2);
    }
    const record = await planRecord(pipeline);
    writeFileSync(file, kind === '.svg' ? graphSvg(record) : graphPage(record));
    out.done({ file }, `The graph is in ${file}`);
  },
});
