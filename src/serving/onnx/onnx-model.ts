/** An ONNX model that answers requests, as MLflow's flavor for Python does. */
import { join } from 'node:path';
import type { ModelFolder } from '../../models/model-folder.ts';
import { arraysJson, recordsJson } from '../../models/predictions-json.ts';
import { readParquetRequest, readRequest } from '../../models/request/read-request.ts';
import { modelFailed, ScoringError } from '../../models/scoring-error.ts';
import type { ScoringAnswer, ScoringRequest } from '../scorer.ts';
import { feedsOf } from './onnx-feeds.ts';
import { openOnnxSession, type OnnxRuntime, type OnnxSession } from './onnx-session.ts';

const nestedTypes = ['array', 'object', 'map', 'any'];

export class OnnxModel {
  /** It neither takes nor answers what only Python's runtime can read, such as lists of maps. */
  readonly isReadable: boolean;
  readonly #folder: ModelFolder;
  readonly #session: OnnxSession;

  private constructor(folder: ModelFolder, session: OnnxSession) {
    const nested = folder.inputs?.fields.some((field) => 'type' in field && nestedTypes.includes(field.type));
    this.isReadable = session.readable && nested !== true;
    this.#folder = folder;
    this.#session = session;
  }

  static async open(folder: ModelFolder, runtime: OnnxRuntime): Promise<OnnxModel> {
    const flavor = folder.flavors['onnx'] ?? {};
    const file = join(folder.path, typeof flavor['data'] === 'string' ? flavor['data'] : 'model.onnx');
    return new OnnxModel(folder, await openOnnxSession(runtime, file, optionsOf(flavor['onnx_session_options'])));
  }

  async score(request: ScoringRequest): Promise<ScoringAnswer> {
    try {
      return { status: 200, body: await this.#answer(request) };
    } catch (error) {
      const told = error instanceof ScoringError ? error : modelFailed(error as Error);
      return { status: told.status, body: told.toJson() };
    }
  }

  async #answer(request: ScoringRequest): Promise<string> {
    const { body, format } = request;
    const { data } =
      format === 'parquet' ? await readParquetRequest(body, this.#folder) : readRequest({ body, format }, this.#folder);
    if (data.kind === 'other') {
      throw new Error(`Input should be a dictionary or a numpy array or a pandas.DataFrame, got '${data.type}'`);
    }
    const outputs = await this.#session.run(feedsOf(data, this.#session.inputs));
    if (data.kind === 'arrays') return arraysJson(outputs);
    if (new Set(outputs.map(([, { values }]) => values.length)).size > 1) {
      throw new Error('All arrays must be of the same length: the outputs are no columns of one table.');
    }
    return recordsJson(outputs);
  }
}

/** The options of MLflow's flavor by onnxruntime-node's names. */
function optionsOf(given: unknown): object {
  const options = (given ?? {}) as Readonly<Record<string, unknown>>;
  const { intra_op_num_threads: intra, inter_op_num_threads: inter, execution_mode: mode } = options;
  return {
    ...(typeof intra === 'number' && intra > 0 ? { intraOpNumThreads: intra } : {}),
    ...(typeof inter === 'number' && inter > 0 ? { interOpNumThreads: inter } : {}),
    ...(typeof mode === 'string' ? { executionMode: mode.toLowerCase() } : {}),
  };
}
