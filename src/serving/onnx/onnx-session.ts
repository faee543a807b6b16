/** An ONNX model that is loaded, with arrays of numpy's types in and out. */
import type { NdArray } from '../../models/frame.ts';
import { fromHalves, toHalves } from '../../sdk/models/half.ts';

/** The part of onnxruntime-node that is used. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(path: string, options: object): Promise<RawSession> };
  readonly Tensor: new (type: string, data: never, shape: readonly number[]) => RawTensor;
}

interface RawSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly RawPort[];
  readonly outputMetadata: readonly RawPort[];
  run(feeds: Readonly<Record<string, RawTensor>>): Promise<Readonly<Record<string, RawTensor>>>;
  release(): Promise<void>;
}

interface RawPort {
  readonly isTensor?: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

interface RawTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: NdArray['values'];
}

export interface OnnxInput {
  readonly name: string;
  /** Of numpy, `str` for texts. */
  readonly dtype: string;
  /** How many dimensions; undefined when nobody knows. */
  readonly rank: number | undefined;
  /** The last length, when it is fixed. */
  readonly width: number | undefined;
}

export interface OnnxSession {
  readonly inputs: readonly OnnxInput[];
  /** Whether all outputs are tensors: maps and lists of maps cannot be read here. */
  readonly readable: boolean;
  run(feeds: ReadonlyMap<string, NdArray>): Promise<readonly (readonly [name: string, array: NdArray])[]>;
  close(): Promise<void>;
}

export async function openOnnxSession(runtime: OnnxRuntime, path: string, options: object): Promise<OnnxSession> {
  // Warnings about the graph are for whoever made it.
  const session = await runtime.InferenceSession.create(path, { logSeverityLevel: 3, ...options });
  return {
    inputs: session.inputNames.map((name, place) => inputOf(name, session.inputMetadata[place])),
    readable: session.outputMetadata.every(({ isTensor }) => isTensor !== false),
    async run(feeds) {
      const tensors = Object.fromEntries([...feeds].map(([name, array]) => [name, tensorOf(runtime, array)]));
      const results = await session.run(tensors);
      return session.outputNames.map((name) => [name, arrayOf(results[name] as RawTensor)] as const);
    },
    close: () => session.release(),
  };
}

function inputOf(name: string, port: RawPort | undefined): OnnxInput {
  const shape = port?.shape;
  const last = shape?.at(-1);
  return {
    name,
    dtype: port?.type === 'string' ? 'str' : (port?.type ?? 'float32'),
    // The shape of a scalar cannot be told from an unknown one.
    rank: shape && shape.length > 0 ? shape.length : undefined,
    // A length that varies is a name, or the largest of 32 bits.
    width: typeof last === 'number' && last >= 0 && last < 2 ** 31 ? last : undefined,
  };
}

function tensorOf({ Tensor }: OnnxRuntime, { dtype, shape, values }: NdArray): RawTensor {
  if (dtype === 'float16') {
    // The bits themselves: Bun has an array for half precision, which native code does not know.
    const bits = toHalves(values as ArrayLike<number>);
    return Object.defineProperty(new Tensor(dtype, bits as never, shape), 'data', { value: bits });
  }
  if (dtype === 'bool') return new Tensor(dtype, Uint8Array.from(values as ArrayLike<number>, Number) as never, shape);
  return new Tensor(dtype === 'str' ? 'string' : dtype, values as never, shape);
}

function arrayOf({ type, dims, data }: RawTensor): NdArray {
  const values = type === 'float16' && data instanceof Uint16Array ? fromHalves(data) : data;
  return { dtype: type === 'string' ? 'str' : type, shape: dims, values };
}
