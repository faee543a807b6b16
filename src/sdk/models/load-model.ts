/** Models that are loaded to predict. */
import { settingsOf } from '../settings.ts';
import { answerOf } from './answers.ts';
import { enforce } from './enforce.ts';
import { feedsOf } from './feeds.ts';
import { locateModel } from './locate-model.ts';
import { readMlmodel, type Flavors, type ModelDescription } from './mlmodel-file.ts';
import { inputOf, type ModelInput, type NamedInput, type Row, type TypedArray } from './model-input.ts';
import { modelFiles, type Runner } from './runner.ts';
import { runnerOf } from './runner-of.ts';
import type { Signature } from './signature.ts';
import type { NestedList, Tensor } from './tensors.ts';

export interface LoadModelOptions {
  /**
   * The imported library that runs the model, such as `import * as ort from 'onnxruntime-web'`. Default: imported by
   * name from what the application has installed.
   */
  readonly runtime?: object | undefined;
  /** Which flavor runs the model, when it has several. */
  readonly flavor?: string | undefined;
}

/** Of which output the answer is, when the model has several. */
interface OneOutput {
  readonly output: string;
}

/** A model of one output answers with it, one of several with all by name. */
type OneOrNamed<T> = T | Readonly<Record<string, T>>;

export interface LoadedModel {
  readonly modelUri: string;
  readonly modelId: string | undefined;
  readonly runId: string | undefined;
  /** The flavor that runs it. */
  readonly flavor: string;
  /** All flavors, as the MLmodel file describes them. */
  readonly flavors: Flavors;
  readonly signature: Signature | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;

  /**
   * Predicts, in the form of the input:
   *
   * - records → records, one for each, with a field for each output
   * - nested lists → nested lists; whole numbers are numbers, or bigint beyond 2^53
   * - a tensor `{ data, shape }` or a typed array → tensors `{ data, shape }`
   * - columns or tensors by name → lists, or tensors when one of them is typed
   *
   * Records and columns go to the input of their name, or side by side into the only one. A model with several outputs
   * answers lists and tensors with a record of them by name; `output` chooses one.
   *
   * The signature is enforced: what it requires must be there, what it does not know is left out, and a value is
   * converted only where nothing is lost (3 to a double, not 3.5 to an integer, no number to a text). Typed arrays have
   * the type of the tensor, and shapes are those of the signature, where -1 is any length.
   *
   * @throws ModelInputError when the input does not fit
   */
  predict(input: readonly Row[]): Promise<Row[]>;
  predict(input: Tensor | TypedArray, options: OneOutput): Promise<Tensor>;
  predict(input: Tensor | TypedArray): Promise<OneOrNamed<Tensor>>;
  predict(input: NestedList, options: OneOutput): Promise<NestedList>;
  predict(input: NestedList): Promise<OneOrNamed<NestedList>>;
  predict(input: NamedInput, options: OneOutput): Promise<Tensor | NestedList>;
  predict(input: NamedInput): Promise<OneOrNamed<Tensor | NestedList>>;
  predict(input: Row): Promise<Row[]>;

  /** Frees what the library holds; the model cannot predict after it. */
  dispose(): Promise<void>;
}

/**
 * Loads a model that has the flavor `onnx` (run by onnxruntime-node, or onnxruntime-web in browsers), `tfjs` (by
 * TensorFlow.js) or `mljs`. The library is imported when the model needs it.
 *
 * ```ts
 * const model = await loadModel('models:/iris@champion');
 * const [row] = await model.predict([{ sepal: 5.1, petal: 1.4 }]);
 * ```
 *
 * @param uri `models:/<name>@<alias>`, `models:/<name>/<version>`, `models:/<model id>`, `runs:/<run id>/<path>`, or
 *   the path of a folder on Node, Bun and Deno
 */
export async function loadModel(uri: string, options: LoadModelOptions = {}): Promise<LoadedModel> {
  const { store, folder, mlmodel } = await locateModel(settingsOf(), uri);
  const description = readMlmodel(mlmodel);
  const flavor = runnerOf(description.flavors, uri, options);
  const config = modelFiles(store, folder, description.flavors[flavor.name] ?? {});
  return new Model(uri, description, flavor.name, await flavor.load(config));
}

class Model implements LoadedModel {
  readonly modelUri: string;
  readonly modelId: string | undefined;
  readonly runId: string | undefined;
  readonly flavor: string;
  readonly flavors: Flavors;
  readonly signature: Signature | undefined;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly #runner: Runner;
  #disposed: Promise<void> | undefined;

  constructor(
    modelUri: string,
    { flavors, signature, metadata, modelId, runId }: ModelDescription,
    flavor: string,
    runner: Runner,
  ) {
    this.modelUri = modelUri;
    this.modelId = modelId;
    this.runId = runId;
    this.flavor = flavor;
    this.flavors = flavors;
    this.signature = signature;
    this.metadata = metadata;
    this.#runner = runner;
  }

  async predict(given: ModelInput | Row, options?: OneOutput): Promise<never> {
    if (this.#disposed) throw new Error('The model was disposed of: load it again to predict.');
    const { unreadable = [] } = this.#runner;
    if (options && unreadable.includes(options.output)) {
      const advice = 'Convert a model of scikit-learn with options={"zipmap": False} to have its probabilities.';
      throw new TypeError(`The output ${JSON.stringify(options.output)} is no tensor, so it cannot be read. ${advice}`);
    }
    const { input, answer } = inputOf(given as ModelInput);
    const feeds = feedsOf(enforce(input, this.signature?.inputs), this.#runner.inputs);
    return answerOf(await this.#runner.run(feeds), answer, options?.output) as never;
  }

  async dispose(): Promise<void> {
    await (this.#disposed ??= this.#runner.dispose());
  }
}
