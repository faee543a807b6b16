/** TensorFlow.js models: layers models and graph models. */
import { dataOf, type ModelFiles, type Port, type Runner } from './runner.ts';
import type { TensorType, TypedTensor } from './tensors.ts';

/** The part of TensorFlow.js that is used. */
export interface TensorFlow {
  loadLayersModel(source: never): Promise<unknown>;
  loadGraphModel(source: never): Promise<unknown>;
  tensor(values: never, shape: never, dtype: never): unknown;
}

interface TfTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<ArrayLike<number | string>>;
  dispose(): void;
}

interface TfPort {
  readonly name: string;
  readonly shape?: readonly (number | null)[];
  readonly dtype?: string;
}

interface TfModel {
  readonly inputs: readonly TfPort[];
  readonly outputs: readonly TfPort[];
  readonly outputNames?: readonly string[];
  readonly inputNames?: readonly string[];
  predict(inputs: unknown): TfTensor | readonly TfTensor[];
  /** Graph models alone. */
  executeAsync(inputs: unknown): Promise<TfTensor | readonly TfTensor[]>;
  dispose(): void;
}

interface ModelJson {
  readonly format?: string;
  readonly modelTopology: unknown;
  readonly weightsManifest?: readonly { readonly paths: readonly string[]; readonly weights: readonly unknown[] }[];
  readonly [part: string]: unknown;
}

export async function tfjsRunner(tf: TensorFlow, files: ModelFiles): Promise<Runner> {
  const path = dataOf(files, 'model.json');
  const file = (await files.json(path)) as ModelJson;
  const isGraph = file.format === 'graph-model';
  const source = { load: async (): Promise<unknown> => artifactsOf(file, path, files) } as never;
  const model = (await (isGraph ? tf.loadGraphModel(source) : tf.loadLayersModel(source))) as TfModel;
  const inputNames = namesOf(model.inputNames, model.inputs);
  const outputNames = namesOf(model.outputNames, model.outputs).map(shortName);
  return {
    inputs: model.inputs.map((port, index) => portOf(inputNames[index] ?? port.name, port)),
    async run(feeds) {
      const given = Object.values(feeds).map((tensor) => toTensor(tf, tensor));
      try {
        const named = Object.fromEntries(inputNames.map((name, index) => [name, given[index]]));
        const answer = isGraph ? await executed(model, named) : model.predict(given.length === 1 ? given[0] : given);
        const outputs = [answer].flat();
        const tensors = await Promise.all(outputs.map(fromTensor));
        for (const output of outputs) output.dispose();
        return Object.fromEntries(tensors.map((tensor, index) => [outputNames[index] ?? `output_${index}`, tensor]));
      } finally {
        for (const tensor of given) tensor.dispose();
      }
    },
    dispose: async () => model.dispose(),
  };
}

/** A graph with branches or loops runs only so that it may wait; others are better run at once. */
async function executed(model: TfModel, inputs: object): Promise<TfTensor | readonly TfTensor[]> {
  try {
    return model.predict(inputs);
  } catch {
    return model.executeAsync(inputs);
  }
}

/** As a loader of TensorFlow.js gives them: the weights of all files one after the other. */
async function artifactsOf(
  { weightsManifest = [], ...rest }: ModelJson,
  path: string,
  files: ModelFiles,
): Promise<unknown> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const shards = await Promise.all(
    weightsManifest.flatMap(({ paths }) => paths).map((shard) => files.bytes(folder + shard)),
  );
  const weightData = await new Blob(shards).arrayBuffer();
  return { ...rest, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData };
}

/** A sequential model that was loaded does not know its names; the tensors do: `layer/layer`. */
function namesOf(names: readonly string[] | undefined, ports: readonly TfPort[]): readonly string[] {
  return names?.length === ports.length ? names : ports.map(({ name }) => name.split('/')[0] ?? name);
}

/** What a graph calls `Identity:0` is the output `Identity`. */
function shortName(name: string): string {
  return name.replace(/:0$/, '');
}

const dtypes: Readonly<Record<string, TensorType>> = {
  float32: 'float32',
  int32: 'int32',
  bool: 'bool',
  string: 'str',
};

function portOf(name: string, { shape, dtype = 'float32' }: TfPort): Port {
  return { name, dtype: dtypes[dtype], shape: shape?.map((length) => length ?? -1) };
}

function toTensor(tf: TensorFlow, { data, shape, dtype }: TypedTensor): TfTensor {
  const type = Object.entries(dtypes).find(([, ours]) => ours === dtype)?.[0] ?? 'float32';
  return tf.tensor(data as never, shape as never, type as never) as TfTensor;
}

async function fromTensor(tensor: TfTensor): Promise<TypedTensor> {
  const dtype = dtypes[tensor.dtype] ?? 'float32';
  const data = await tensor.data();
  return { dtype, shape: [...tensor.shape], data: dtype === 'bool' ? Array.from(data, Boolean) : data };
}
