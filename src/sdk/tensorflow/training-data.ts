/** What a model is trained on, as a dataset of the run. */
import type { DatasetSource } from '../dataset.ts';
import type { Tensor } from '../models/tensors.ts';
import { isTrainingTensor, type TrainingTensor } from './library.ts';

/** The digest is of so many rows, as in the Python client. */
const digestRows = 10_000;

/** Undefined for what cannot be looked at without using it up. */
export async function datasetOf(x: unknown, y: unknown): Promise<DatasetSource | undefined> {
  const [features, targets] = [tensorsOf(x), tensorsOf(y)];
  if (features.length === 0) return undefined;
  const content = await Promise.all([...features, ...targets].map(([, tensor]) => headOf(tensor, digestRows)));
  const bytes = await new Blob(content.map(({ data }) => Float64Array.from(data as ArrayLike<number>))).arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return {
    digest: [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    schema: {
      mlflow_tensorspec: { features: specsOf(features), targets: targets.length > 0 ? specsOf(targets) : null },
    },
    profile: {
      features_shape: shapesOf(features),
      ...(targets.length > 0 ? { targets_shape: shapesOf(targets) } : {}),
    },
  };
}

/** The first rows of a tensor. */
export async function headOf(tensor: TrainingTensor, rows: number): Promise<Tensor> {
  const [length = 0, ...inner] = tensor.shape;
  if (length <= rows) return { data: await tensor.data(), shape: tensor.shape };
  const head = tensor.slice([0], [rows]);
  try {
    return { data: await head.data(), shape: [rows, ...inner] };
  } finally {
    head.dispose();
  }
}

/** One tensor without a name, or several with theirs. */
function tensorsOf(value: unknown): [string, TrainingTensor][] {
  if (isTrainingTensor(value)) return [['', value]];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return entries.every(([, tensor]) => isTrainingTensor(tensor)) ? (entries as [string, TrainingTensor][]) : [];
}

function specsOf(tensors: readonly (readonly [string, TrainingTensor])[]): string {
  return JSON.stringify(
    tensors.map(([name, { shape, dtype }]) => ({
      ...(name === '' ? {} : { name }),
      type: 'tensor',
      'tensor-spec': { dtype, shape: [-1, ...shape.slice(1)] },
    })),
  );
}

function shapesOf(tensors: readonly (readonly [string, TrainingTensor])[]): unknown {
  const [first] = tensors;
  return first?.[0] === '' ? first[1].shape : Object.fromEntries(tensors.map(([name, { shape }]) => [name, shape]));
}
