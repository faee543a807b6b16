/** The folder of a model on this machine, read from its MLmodel file. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromYaml } from '../sdk/models/yaml-reader.ts';
import { paramsOf, schemaOf, type InputSchema, type ParamField } from './schema.ts';

type Values = Readonly<Record<string, unknown>>;

/** What an MLmodel file says. */
export interface ModelDescription {
  readonly flavors: Readonly<Record<string, Values>>;
  readonly inputs: InputSchema | undefined;
  readonly outputs: InputSchema | undefined;
  readonly params: readonly ParamField[] | undefined;
  /** The signature was made from type hints of the model's code, which then checks the input itself. */
  readonly typeHints: boolean;
  readonly metadata: Values | undefined;
  readonly modelId: string | undefined;
  readonly runId: string | undefined;
  readonly uuid: string | undefined;
  /** As the file says it, without a time zone: UTC. */
  readonly createdAt: string | undefined;
  readonly mlflowVersion: string | undefined;
  /** Bytes, as the file says. */
  readonly size: number | undefined;
}

export interface ModelFolder extends ModelDescription {
  /** Absolute. */
  readonly path: string;
  /** As it was asked for. */
  readonly uri: string;
  /** A body that can be posted to score, where one was saved with the model. */
  readonly exampleRequest: string | undefined;
  /** Files that say what the model needs, those that are there. */
  readonly environment: ModelEnvironment;
}

interface ModelEnvironment {
  readonly conda: string | undefined;
  readonly python: string | undefined;
  readonly requirements: string | undefined;
}

/** A folder is no model, or its MLmodel file cannot be read. */
export class ModelFolderError extends Error {
  override readonly name = 'ModelFolderError';
}

/** @throws ModelFolderError */
export function readModelFolder(folder: string, uri = folder): ModelFolder {
  const path = resolve(folder);
  const file = join(path, 'MLmodel');
  if (!existsSync(file)) {
    throw new ModelFolderError(
      existsSync(path)
        ? `${path} is no model: there is no MLmodel file in it. Give the folder that holds MLmodel.`
        : `There is no folder ${path}. A model is a folder with an MLmodel file, or an address such as models:/NAME@ALIAS.`,
    );
  }
  try {
    const values = valuesOf(readFileSync(file, 'utf8'));
    return { path, uri, ...described(values), ...filesOf(values, path) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ModelFolderError(`${file} cannot be read: ${error.message}`);
  }
}

/** What the text of an MLmodel file says. @throws SyntaxError */
export function describedModel(mlmodel: string): ModelDescription {
  return described(valuesOf(mlmodel));
}

function valuesOf(mlmodel: string): Values {
  return recordOf(fromYaml(mlmodel)) ?? {};
}

function described(file: Values): ModelDescription {
  const flavors = recordOf(file['flavors']);
  if (!flavors || Object.keys(flavors).length === 0) throw new SyntaxError('it names no flavors.');
  const signature = recordOf(file['signature']);
  const [inputs, outputs, params] = ['inputs', 'outputs', 'params'].map((part) => textOf(signature?.[part]));
  const size = file['model_size_bytes'];
  return {
    flavors: Object.fromEntries(Object.entries(flavors).map(([name, options]) => [name, recordOf(options) ?? {}])),
    inputs: inputs === undefined ? undefined : schemaOf(inputs),
    outputs: outputs === undefined ? undefined : schemaOf(outputs),
    params: params === undefined ? undefined : paramsOf(params),
    typeHints: file['is_signature_from_type_hint'] === true,
    metadata: recordOf(file['metadata']),
    modelId: textOf(file['model_id']),
    runId: textOf(file['run_id']),
    uuid: textOf(file['model_uuid']),
    createdAt: textOf(file['utc_time_created']),
    mlflowVersion: textOf(file['mlflow_version']),
    size: typeof size === 'number' ? size : undefined,
  };
}

function filesOf(file: Values, path: string): Pick<ModelFolder, 'exampleRequest' | 'environment'> {
  const env = recordOf(recordOf(file['flavors'])?.['python_function'])?.['env'];
  return {
    exampleRequest: exampleRequestOf(recordOf(file['saved_input_example_info']), path),
    environment: environmentOf(env, path),
  };
}

/** The files beside MLmodel; conda.yaml and python_env.yaml may have other names. */
function environmentOf(env: unknown, path: string): ModelEnvironment {
  const named = recordOf(env);
  const there = (name: string): string | undefined => {
    const file = join(path, name);
    return existsSync(file) ? file : undefined;
  };
  return {
    conda: there(textOf(named?.['conda']) ?? textOf(env) ?? 'conda.yaml'),
    python: there(textOf(named?.['virtualenv']) ?? 'python_env.yaml'),
    requirements: there('requirements.txt'),
  };
}

function exampleRequestOf(info: Values | undefined, path: string): string | undefined {
  const name = textOf(info?.['serving_input_path']);
  const file = name === undefined ? undefined : join(path, name);
  return file !== undefined && existsSync(file) ? file : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function recordOf(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
}
