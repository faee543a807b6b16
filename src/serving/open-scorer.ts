/** What runs a model, by its flavors. */
import type { ModelFolder } from '../models/model-folder.ts';
import { openOnnxScorer } from './onnx/onnx-scorer.ts';
import { findOnnxRuntime } from './onnx/onnx-runtime.ts';
import { openPythonScorer } from './python/python-scorer.ts';
import { openRScorer } from './r/r-scorer.ts';
import type { Scorer } from './scorer.ts';
import { ScorerError, type ScorerOptions } from './scorer-options.ts';

/**
 * ONNX models are scored in this process when ONNX Runtime is there, R's by R, all others by Python.
 *
 * @throws ScorerError when nothing here can run it
 */
export async function openScorer(folder: ModelFolder, options: ScorerOptions): Promise<Scorer> {
  const { flavors } = folder;
  const python = Object.hasOwn(flavors, 'python_function');
  if (Object.hasOwn(flavors, 'onnx')) {
    const native = await openNative(folder, options);
    if (typeof native !== 'string') return native;
    if (!python) throw new ScorerError(`The ONNX model ${folder.uri} cannot be scored: ${native}`);
    options.onProgress?.(`the ONNX model runs in Python: ${native}`);
  }
  if (Object.hasOwn(flavors, 'crate')) {
    return openRScorer(folder, options);
  }
  if (python) {
    return openPythonScorer(folder, options);
  }
  throw new ScorerError(
    `The model at ${folder.uri} has the flavors ${Object.keys(flavors).join(', ')}; served are python_function, onnx and crate.`,
  );
}

/** Or why it cannot be scored in this process. */
async function openNative(folder: ModelFolder, options: ScorerOptions): Promise<Scorer | string> {
  const runtime = await findOnnxRuntime(options);
  if (runtime === undefined) return 'ONNX Runtime is not installed. The same command with --install installs it.';
  try {
    const scorer = await openOnnxScorer(folder, runtime, options);
    return scorer ?? 'it takes or answers lists or maps, which only Python reads.';
  } catch (error) {
    if (error instanceof ScorerError) return error.message;
    throw error;
  }
}
