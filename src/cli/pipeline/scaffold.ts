import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findPipeline } from '../../pipelines/find-pipeline.ts';
import { missingSources } from '../../pipelines/scaffold/missing-sources.ts';
import { newPipeline } from '../../pipelines/scaffold/new-pipeline.ts';
import { action } from '../action.ts';
import { envOf, pipelineFlags, told } from './flags.ts';

export const scaffold = action({
  name: 'scaffold',
  summary: 'make a small pipeline that works, or the sources that one lacks',
  detail:
    'In a folder that has a pipeline.yaml and without NAME: the source files that its tasks name and that are not there yet.',
  flags: {
    name: { type: 'string', value: '[NAME]', operand: true, meaning: 'the new folder' },
    ...pipelineFlags,
  },
  example: `modelyard pipeline scaffold my-pipeline
modelyard pipeline scaffold`,
  async run(given, out) {
    const { name } = given;
    const made = await told(() => {
      if (name === undefined && (given['entry-point'] !== undefined || existsSync('pipeline.yaml'))) {
        return missingSources(findPipeline(process.cwd(), given['entry-point']), process.cwd(), envOf(given.env));
      }
      return newPipeline(resolve(name ?? 'my-pipeline'));
    });
    if (out.json) out.done({ files: made }, '');
    else if (made.length === 0) out.note('Every source is there.');
    else out.list(made, [{ title: 'MADE', cell: (file) => file }], '');
    if (name !== undefined) out.note(`Go on with: cd ${name} && modelyard pipeline build`);
  },
});
