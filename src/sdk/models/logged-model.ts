/** Models that runs log: files with an MLmodel file beside them that says what they are. */
import { createLoggedModel, finalizeLoggedModel, type LoggedModelStatus } from '../../protocol/logged-models.ts';
import { logOutputs } from '../../protocol/runs.ts';
import { artifactStoreFor, checkArtifactPath } from '../artifact-store.ts';
import { call } from '../call.ts';
import { textOf, type TextValue } from '../run-values.ts';
import type { Settings } from '../settings.ts';
import { schemaText, type Example, type Signature } from './signature.ts';
import { isTensor } from './model-input.ts';
import { isList, nestedOf } from './tensors.ts';
import type { Body } from '../transport.ts';
import { toYaml } from '../yaml.ts';

/** What a model consists of. */
export interface ModelContent {
  /** By path below the model's folder. */
  readonly files: Readonly<Record<string, Body>>;
  /** By name; what each way of loading the model needs to know. */
  readonly flavors: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What the model says of itself; an option of `logModel` wins. */
  readonly signature?: Signature | undefined;
}

export interface LogModelOptions {
  /** Default: `model`. */
  readonly name?: string | undefined;
  readonly signature?: Signature | undefined;
  /** Kept beside the model, for those who want to try it. */
  readonly inputExample?: Example | undefined;
  readonly params?: Readonly<Record<string, TextValue>> | undefined;
  readonly tags?: Readonly<Record<string, TextValue>> | undefined;
  readonly modelType?: string | undefined;
  /** The step of the run that made it. Default: 0. */
  readonly step?: number | undefined;
  /** Anything else for the MLmodel file. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

export interface LoggedModel {
  readonly modelId: string;
  readonly name: string;
  readonly artifactUri: string;
  /** `models:/<id>`, for registering and loading. */
  readonly modelUri: string;
  readonly status: LoggedModelStatus;
}

/** Where a model belongs: to an experiment, mostly to a run of it. */
export interface ModelHome {
  readonly experimentId: string;
  readonly runId?: string | undefined;
}

/** Uploads the model and records it; one that could not be uploaded whole is marked so. */
export async function logModelTo(
  settings: Settings,
  home: ModelHome,
  content: ModelContent,
  options: LogModelOptions = {},
): Promise<LoggedModel> {
  checkContent(content);
  const { model } = await call(settings, createLoggedModel, {
    experiment_id: home.experimentId,
    name: options.name ?? 'model',
    model_type: options.modelType,
    source_run_id: home.runId,
    params: pairs(options.params),
    tags: pairs(options.tags),
  });
  const modelId = model?.info?.model_id ?? '';
  const artifactUri = model?.info?.artifact_uri ?? '';
  const finalize = (status: LoggedModelStatus): Promise<unknown> =>
    call(settings, finalizeLoggedModel, { model_id: modelId, status });
  try {
    const store = artifactStoreFor(settings, artifactUri);
    for (const [path, file] of Object.entries(filesOf(content, options, { ...home, modelId, artifactUri }))) {
      await store.upload(checkArtifactPath(path), file);
    }
    await finalize('LOGGED_MODEL_READY');
  } catch (error) {
    await finalize('LOGGED_MODEL_UPLOAD_FAILED').catch(() => undefined);
    throw error;
  }
  if (home.runId !== undefined) {
    const made = { model_id: modelId, step: options.step ?? 0 };
    await call(settings, logOutputs, { run_id: home.runId, models: [made] });
  }
  return {
    modelId,
    name: model?.info?.name ?? '',
    artifactUri,
    modelUri: `models:/${modelId}`,
    status: 'LOGGED_MODEL_READY',
  };
}

/** A program without types may give the model itself. */
function checkContent(content: Partial<ModelContent> | undefined): void {
  if (typeof content?.files === 'object' && typeof content.flavors === 'object') return;
  throw new TypeError('logModel takes { files, flavors }, as onnxModel, tensorflowModel and mljsModel make them.');
}

interface Place extends ModelHome {
  readonly modelId: string;
  readonly artifactUri: string;
}

/** The MLmodel file comes last: a reader who sees it sees all that it names. */
function filesOf(content: ModelContent, options: LogModelOptions, place: Place): Readonly<Record<string, Body>> {
  const { inputExample } = options;
  return {
    ...content.files,
    ...(inputExample === undefined ? {} : exampleFiles(inputExample)),
    MLmodel: bytesOf(toYaml(description(content, options, place))),
  };
}

const exampleFile = 'input_example.json';
const servedExampleFile = 'serving_input_example.json';

/** The example as it is, and as a scoring server takes it. */
function exampleFiles(example: Example): Readonly<Record<string, Body>> {
  const value = exampleOf(example);
  const served = isRecords(example) ? { dataframe_split: value } : { inputs: value };
  const json = (part: unknown): Uint8Array<ArrayBuffer> =>
    bytesOf(JSON.stringify(part, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)));
  return { [exampleFile]: json(value), [servedExampleFile]: json(served) };
}

function description(content: ModelContent, options: LogModelOptions, place: Place): Record<string, unknown> {
  const { inputExample, metadata } = options;
  const signature = options.signature ?? content.signature;
  const example = { artifact_path: exampleFile, serving_input_path: servedExampleFile };
  return {
    artifact_path: place.artifactUri,
    flavors: content.flavors,
    ...(metadata === undefined ? {} : { metadata }),
    model_id: place.modelId,
    model_uuid: place.modelId,
    ...(place.runId === undefined ? {} : { run_id: place.runId }),
    ...(inputExample === undefined ? {} : { saved_input_example_info: { ...example, ...kindOf(inputExample) } }),
    ...(signature === undefined
      ? {}
      : {
          signature: {
            inputs: signature.inputs ? schemaText(signature.inputs) : null,
            outputs: signature.outputs ? schemaText(signature.outputs) : null,
            params: null,
          },
        }),
    utc_time_created: new Date().toISOString().replace('T', ' ').replace('Z', '000'),
  };
}

/** Records are kept as a table, numbers as nested lists. */
function kindOf(example: Example): object {
  return isRecords(example) ? { type: 'dataframe', pandas_orient: 'split' } : { type: 'ndarray' };
}

function exampleOf(example: Example): unknown {
  if (isTensor(example)) return nestedOf(example);
  if (!isRecords(example)) return Array.isArray(example) ? example : Array.from(example as ArrayLike<unknown>);
  const columns = Object.keys(example[0] ?? {});
  return {
    columns,
    data: example.map((row) => columns.map((column) => (row as Record<string, unknown>)[column] ?? null)),
  };
}

function isRecords(example: Example): example is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(example) && typeof example[0] === 'object' && !isList(example[0]);
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function pairs(values: Readonly<Record<string, TextValue>> = {}): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: textOf(value, key) }));
}
