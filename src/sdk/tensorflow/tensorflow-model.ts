/** A TensorFlow.js model as it is logged: the files that TensorFlow.js itself reads, `model.json` and its weights. */
import type { ModelContent } from '../models/logged-model.ts';
import type { Schema, TensorSpec } from '../models/signature.ts';
import type { TensorType } from '../models/tensors.ts';
import type { LayersModel, SymbolicTensor } from './library.ts';

const topology = 'model.json';
const weights = 'group1-shard1of1.bin';

interface Artifacts {
  readonly weightData?: ArrayBuffer | readonly ArrayBuffer[];
  readonly weightSpecs?: readonly unknown[];
  readonly [part: string]: unknown;
}

/**
 * @param model made of layers, such as `tf.sequential()`; its signature is that of its inputs and outputs
 */
export async function tensorflowModel(model: LayersModel): Promise<ModelContent> {
  if (typeof (model as Partial<LayersModel> | undefined)?.save !== 'function') {
    throw new TypeError('tensorflowModel takes a model that is made of layers, such as tf.sequential().');
  }
  let saved: Artifacts = {};
  const save = async (artifacts: Artifacts): Promise<object> => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  };
  await model.save({ save } as never);
  const { weightData = [], weightSpecs = [], ...rest } = saved;
  const file = { ...rest, weightsManifest: [{ paths: [weights], weights: weightSpecs }] };
  const bytes = await new Blob([weightData].flat()).arrayBuffer();
  return {
    files: { [topology]: new TextEncoder().encode(JSON.stringify(file)), [weights]: new Uint8Array(bytes) },
    flavors: { tfjs: { data: topology, format: 'layers-model', tfjs_version: versionOf(saved) } },
    signature: {
      inputs: schemaOf(model.inputs, model.inputNames),
      outputs: schemaOf(model.outputs, model.outputNames),
    },
  };
}

/** `TensorFlow.js tfjs-layers v4.22.0` */
function versionOf({ generatedBy }: Artifacts): string | null {
  return /v(\d[\w.-]*)$/.exec(String(generatedBy))?.[1] ?? null;
}

const dtypes: Readonly<Record<string, TensorType>> = { int32: 'int32', bool: 'bool', string: 'str' };

/** One tensor has no name, as in the signatures of Keras models. */
function schemaOf(tensors: readonly SymbolicTensor[], names: readonly string[]): Schema {
  return tensors.map(({ shape, dtype }, index): TensorSpec => {
    const spec = { dtype: dtypes[dtype] ?? 'float32', shape: shape.map((length) => length ?? -1) };
    return tensors.length === 1 ? spec : { name: names[index], ...spec };
  });
}
