export { layoutPipeline, type PipelineLayout } from '../../../src/protocol/pipeline-layout.ts';
