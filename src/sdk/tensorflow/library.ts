/** The part of TensorFlow.js that autologging touches, said by its form: the SDK needs no types of it. */

/** `import * as tf from '@tensorflow/tfjs'` */
export interface TensorFlowModule {
  readonly LayersModel: { readonly prototype: object };
  readonly Sequential: { readonly prototype: object };
  readonly CustomCallback: new (...given: never[]) => object;
}

/** A model that is made of layers, such as `tf.sequential()`. */
export interface LayersModel {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  save(handler: never): Promise<unknown>;
}

export interface SymbolicTensor {
  readonly shape: readonly (number | null)[];
  readonly dtype: string;
}

/** What only a model has that is compiled for training. */
export interface TrainedModel extends LayersModel {
  readonly optimizer?: { getClassName(): string; getConfig(): Readonly<Record<string, unknown>> };
  readonly loss?: unknown;
  /** A sequential model trains through one within it. */
  readonly model?: object;
  summary(lineLength?: number, positions?: readonly number[], print?: (line: string) => void): void;
}

export interface TrainingTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  data(): Promise<ArrayLike<number>>;
  slice(begin: readonly number[], size: readonly number[]): TrainingTensor;
  dispose(): void;
}

export interface FitArgs {
  readonly callbacks?: unknown;
  readonly yieldEvery?: unknown;
  readonly [name: string]: unknown;
}

export interface History {
  readonly epoch: readonly number[];
}

export function isTrainingTensor(value: unknown): value is TrainingTensor {
  const tensor = value as Partial<TrainingTensor> | undefined;
  return Array.isArray(tensor?.shape) && typeof tensor.data === 'function' && typeof tensor.slice === 'function';
}
