/** What the fluent functions give back: the API's objects in camelCase, with tags, params and metrics as records. */
import type { experiment } from '../protocol/experiments.ts';
import type { modelVersion } from '../protocol/model-versions.ts';
import type { registeredModel } from '../protocol/registered-models.ts';
import type { dataset, metric, run, runInfo } from '../protocol/runs.ts';
import type { Decoded, Int64 } from '../protocol/schema.ts';

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';
export type LifecycleStage = 'active' | 'deleted';
type Texts = Readonly<Record<string, string>>;

export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly tags: Texts;
}

export interface RunInfo {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  /** Undefined while the run is under way. */
  readonly endTime: number | undefined;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: Texts;
}

export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  /** JSON. */
  readonly schema: string | undefined;
  /** JSON. */
  readonly profile: string | undefined;
}

export interface Run {
  readonly info: RunInfo;
  /** `metrics` holds the latest value of each. */
  readonly data: { readonly metrics: Readonly<Record<string, number>>; readonly params: Texts; readonly tags: Texts };
  readonly inputs: { readonly datasetInputs: readonly DatasetInput[]; readonly modelInputs: readonly string[] };
  readonly outputs: { readonly modelOutputs: readonly { readonly modelId: string; readonly step: Int64 }[] };
}

export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: Int64;
  readonly step: Int64;
}

export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
  readonly tags: Texts;
  /** Version by alias. */
  readonly aliases: Texts;
  /** The newest version of each stage. */
  readonly latestVersions: readonly ModelVersion[];
}

export interface ModelVersion {
  readonly name: string;
  /** A number as text, as the API has it. */
  readonly version: string;
  readonly description: string;
  readonly creationTimestamp: number;
  readonly lastUpdatedTimestamp: number;
  readonly currentStage: string;
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
  readonly status: string;
  readonly tags: Texts;
  readonly aliases: readonly string[];
}

export function experimentOf(wire: Decoded<typeof experiment>): Experiment {
  return {
    experimentId: wire.experiment_id ?? '',
    name: wire.name ?? '',
    artifactLocation: wire.artifact_location ?? '',
    lifecycleStage: stageOf(wire.lifecycle_stage),
    creationTime: Number(wire.creation_time ?? 0),
    lastUpdateTime: Number(wire.last_update_time ?? 0),
    tags: textsOf(wire.tags),
  };
}

export function runInfoOf(wire: Decoded<typeof runInfo>): RunInfo {
  return {
    runId: wire.run_id ?? wire.run_uuid ?? '',
    runName: wire.run_name ?? '',
    experimentId: wire.experiment_id ?? '',
    userId: wire.user_id ?? '',
    status: wire.status ?? 'RUNNING',
    startTime: Number(wire.start_time ?? 0),
    endTime: wire.end_time === undefined ? undefined : Number(wire.end_time),
    artifactUri: wire.artifact_uri ?? '',
    lifecycleStage: stageOf(wire.lifecycle_stage),
  };
}

export function runOf(wire: Decoded<typeof run>): Run {
  const { data, inputs, outputs } = wire;
  return {
    info: runInfoOf(wire.info ?? {}),
    data: {
      metrics: Object.fromEntries((data?.metrics ?? []).map(({ key = '', value = Number.NaN }) => [key, value])),
      params: textsOf(data?.params ?? []),
      tags: textsOf(data?.tags ?? []),
    },
    inputs: {
      datasetInputs: (inputs?.dataset_inputs ?? []).map((input) => ({
        dataset: datasetOf(input.dataset ?? {}),
        tags: textsOf(input.tags),
      })),
      modelInputs: (inputs?.model_inputs ?? []).map(({ model_id }) => model_id ?? ''),
    },
    outputs: {
      modelOutputs: (outputs?.model_outputs ?? []).map(({ model_id, step }) => ({
        modelId: model_id ?? '',
        step: step ?? 0,
      })),
    },
  };
}

export function metricPointOf(wire: Decoded<typeof metric>): MetricPoint {
  return {
    key: wire.key ?? '',
    value: wire.value ?? Number.NaN,
    timestamp: wire.timestamp ?? 0,
    step: wire.step ?? 0,
  };
}

export function registeredModelOf(wire: Decoded<typeof registeredModel>): RegisteredModel {
  return {
    name: wire.name ?? '',
    description: wire.description ?? '',
    creationTimestamp: Number(wire.creation_timestamp ?? 0),
    lastUpdatedTimestamp: Number(wire.last_updated_timestamp ?? 0),
    tags: textsOf(wire.tags),
    aliases: Object.fromEntries(wire.aliases.map(({ alias, version }) => [alias ?? '', version ?? ''])),
    latestVersions: wire.latest_versions.map(modelVersionOf),
  };
}

export function modelVersionOf(wire: Decoded<typeof modelVersion>): ModelVersion {
  return {
    name: wire.name ?? '',
    version: wire.version ?? '',
    description: wire.description ?? '',
    creationTimestamp: Number(wire.creation_timestamp ?? 0),
    lastUpdatedTimestamp: Number(wire.last_updated_timestamp ?? 0),
    currentStage: wire.current_stage ?? 'None',
    source: wire.source ?? '',
    runId: wire.run_id || undefined,
    modelId: wire.model_id || undefined,
    status: wire.status ?? 'READY',
    tags: textsOf(wire.tags),
    aliases: wire.aliases,
  };
}

function datasetOf(wire: Decoded<typeof dataset>): Dataset {
  return {
    name: wire.name ?? '',
    digest: wire.digest ?? '',
    sourceType: wire.source_type ?? '',
    source: wire.source ?? '',
    schema: wire.schema,
    profile: wire.profile,
  };
}

function textsOf(items: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[]): Texts {
  return Object.fromEntries(items.map(({ key = '', value = '' }) => [key, value]));
}

function stageOf(stage: string | undefined): LifecycleStage {
  return stage === 'deleted' ? 'deleted' : 'active';
}
