/** The pipeline as it stands now, in the form that pictures and pages are drawn from. */
import type { PipelineRecord } from '../protocol/pipeline-record.ts';
import { BuildRecord } from './build-record.ts';
import { planOf } from './plan.ts';
import type { Pipeline } from './pipeline.ts';

export async function planRecord(pipeline: Pipeline): Promise<PipelineRecord> {
  return new BuildRecord(pipeline, await planOf(pipeline)).value;
}
