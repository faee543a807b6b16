/**
 * Modelyard's SDK: tracking and registry of any server that speaks MLflow's API, in Node, Bun, Deno and browsers.
 *
 * ```ts
 * import { logMetric, logParam, setExperiment, startRun } from 'modelyard';
 *
 * await setExperiment('first steps');
 * await startRun({ runName: 'hello' }, async () => {
 *   await logParam('rate', 0.01);
 *   for (let step = 0; step < 100; step++) await logMetric('loss', 1 / (step + 1), step);
 * });
 * ```
 */
export { Client, type ApiMethods } from './client.ts';
export { getTrackingUri, setTrackingUri, type ClientOptions } from './settings.ts';
export type { CallOptions } from './transport.ts';
export {
  ConnectionError,
  EndpointNotFoundError,
  InvalidParameterValueError,
  InvalidStateError,
  MlflowError,
  PermissionDeniedError,
  ResourceAlreadyExistsError,
  ResourceDoesNotExistError,
  TemporarilyUnavailableError,
  TimeoutError,
  UnauthenticatedError,
} from './errors.ts';
export type {
  Dataset,
  DatasetInput,
  Experiment,
  LifecycleStage,
  MetricPoint,
  ModelVersion,
  RegisteredModel,
  Run,
  RunInfo,
  RunStatus,
} from './entities.ts';
export * from './fluent-artifacts.ts';
export * from './fluent-models.ts';
export * from './fluent-registry.ts';
export * from './fluent-runs.ts';
export * from './fluent-search.ts';
export {
  createExperiment,
  deleteExperiment,
  deleteExperimentTag,
  getExperiment,
  getExperimentByName,
  renameExperiment,
  restoreExperiment,
  searchExperiments,
  setExperiment,
  setExperimentTag,
  setExperimentTags,
  type ExperimentOptions,
  type SearchExperimentsOptions,
} from './fluent-experiments.ts';
export type { ActiveRun } from './run.ts';
export type { MetricOptions, TextValue } from './run-values.ts';
export type { DatasetSource } from './dataset.ts';
export type { ImageSource, KeyedImage, Pixels } from './image.ts';
export type { Table, TableSource } from './table.ts';
export type { ViewType } from './pages.ts';
export type { ArtifactStore, FileInfo } from './artifact-store.ts';
export type { LoggedModel, LogModelOptions, ModelContent } from './models/logged-model.ts';
export { onnxModel } from './models/onnx-model.ts';
export {
  inferSignature,
  type ColumnSpec,
  type Example,
  type Schema,
  type Signature,
  type TensorSpec,
} from './models/signature.ts';
export { loadModel, type LoadedModel, type LoadModelOptions } from './models/load-model.ts';
export type { ModelInput, NamedInput, Row, TypedArray } from './models/model-input.ts';
export { ModelInputError, type NestedList, type Tensor, type TensorType } from './models/tensors.ts';
