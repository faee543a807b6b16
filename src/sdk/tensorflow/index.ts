/** Autologging and models of TensorFlow.js. */
export { autolog } from './autolog.ts';
export { tensorflowModel } from './tensorflow-model.ts';
export type { TensorFlowAutologOptions } from './training-log.ts';
