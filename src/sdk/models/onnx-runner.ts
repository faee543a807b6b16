/** ONNX models, by onnxruntime-node or onnxruntime-web. */
import { fromHalves, toHalves } from './half.ts';
import { dataOf, type ModelFiles, type Port, type Runner } from './runner.ts';
import type { TensorType, TypedTensor } from './tensors.ts';

/** The part of ONNX Runtime that is used. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: Readonly<Record<string, unknown>>): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: string, data: never, shape: readonly number[]) => unknown;
}

interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata?: readonly OnnxPort[];
  readonly outputMetadata?: readonly OnnxPort[];
  run(feeds: never, fetches: readonly string[]): Promise<unknown>;
  release?(): Promise<void>;
}

interface OnnxPort {
  readonly name: string;
  readonly isTensor?: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number | bigint | string>;
}

type Numbers = ArrayLike<number>;

/** What lies beside any model; every other file may hold weights. */
const known = /^(MLmodel|conda\.yaml|python_env\.yaml|requirements\.txt|.*input_example\.json|registered_model_meta)$/;

export async function onnxRunner(runtime: OnnxRuntime, files: ModelFiles): Promise<Runner> {
  const path = dataOf(files, 'model.onnx');
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const beside = folder === '' ? (await files.list()).filter((name) => name !== path && !known.test(name)) : [];
  const externalData = await Promise.all(beside.map(async (name) => ({ path: name, data: await files.bytes(name) })));
  const bytes = await files.bytes(path);
  const session = await runtime.InferenceSession.create(bytes, externalData.length > 0 ? { externalData } : {});
  const outputs = tensorOutputs(session);
  return {
    inputs: session.inputNames.map((name, index) => portOf(name, session.inputMetadata?.[index])),
    unreadable: session.outputNames.filter((name) => !outputs.includes(name)),
    async run(feeds) {
      const tensors = Object.fromEntries(
        Object.entries(feeds).map(([name, tensor]) => [name, toOnnx(runtime, tensor)]),
      );
      const results = (await session.run(tensors as never, outputs)) as Record<string, OnnxTensor>;
      return Object.fromEntries(outputs.map((name) => [name, fromOnnx(results[name] as OnnxTensor)]));
    },
    dispose: async () => session.release?.(),
  };
}

const onnxTypes: Readonly<Partial<Record<TensorType, string>>> = { str: 'string' };

function toOnnx(runtime: OnnxRuntime, { dtype, data, shape }: TypedTensor): unknown {
  const values = dataFor(dtype, data);
  const tensor = new runtime.Tensor(onnxTypes[dtype] ?? dtype, values as never, shape);
  // The bits themselves: Bun has an array for half precision, which native code does not know.
  return dtype === 'float16' ? Object.defineProperty(tensor, 'data', { value: values }) : tensor;
}

/** ONNX Runtime keeps booleans as bytes, half precision as bits. */
function dataFor(dtype: TensorType, data: TypedTensor['data']): unknown {
  if (dtype === 'float16') return toHalves(data as ArrayLike<number>);
  return dtype === 'bool' ? Uint8Array.from(data, Number) : data;
}

function fromOnnx({ type, data, dims }: OnnxTensor): TypedTensor {
  const dtype = dtypeFrom(type);
  const shape = [...dims];
  if (dtype === undefined) throw new TypeError(`The model answers ${type}, which cannot be read here.`);
  if (dtype === 'bool') return { dtype, shape, data: Array.from(data, Boolean) };
  // Where there is an array for half precision, its values are numbers already.
  const isBits = dtype === 'float16' && data instanceof Uint16Array;
  return {
    dtype,
    shape,
    data: isBits ? fromHalves(data) : dtype === 'float16' ? Float32Array.from(data as Numbers) : data,
  };
}

function dtypeFrom(type: string): TensorType | undefined {
  if (type === 'string') return 'str';
  return /^(float(16|32|64)|u?int(8|16|32|64)|bool)$/.test(type) ? (type as TensorType) : undefined;
}

function portOf(name: string, meta: OnnxPort | undefined): Port {
  const dtype = meta?.type === undefined ? undefined : dtypeFrom(meta.type);
  // A length that varies is a name, or the largest of 32 bits.
  const shape = meta?.shape?.map((length) =>
    typeof length === 'number' && length >= 0 && length < 2 ** 31 ? length : -1,
  );
  // The shape of a scalar cannot be told from an unknown one.
  return { name, dtype, ...(shape && shape.length > 0 ? { shape } : {}) };
}

/** Maps and sequences, such as the probabilities of scikit-learn's converter by default, cannot be read here. */
function tensorOutputs({ outputNames, outputMetadata }: OnnxSession): readonly string[] {
  return outputNames.filter((_, index) => outputMetadata?.[index]?.isTensor !== false);
}
