/** An ONNX model as it is logged: its file, and how MLflow's readers load it. */
import type { ModelContent } from './logged-model.ts';

const file = 'model.onnx';
const requirements = 'requirements.txt';
const environment = 'python_env.yaml';

/** @param bytes the content of an `.onnx` file */
export function onnxModel(bytes: Uint8Array<ArrayBuffer> | Blob): ModelContent {
  if (typeof bytes === 'string')
    throw new TypeError('onnxModel takes the content of the file, as readFileSync gives it, not its path.');
  const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
  return {
    files: {
      [file]: bytes,
      [requirements]: text('mlflow\nonnx\nonnxruntime\n'),
      [environment]: text(`python: 3.11\ndependencies:\n- -r ${requirements}\n`),
    },
    flavors: {
      onnx: { code: null, data: file, providers: ['CPUExecutionProvider'] },
      python_function: {
        data: file,
        env: { virtualenv: environment },
        loader_module: 'mlflow.onnx',
        python_version: '3.11',
      },
    },
  };
}
