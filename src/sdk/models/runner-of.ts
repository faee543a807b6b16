/** Which library runs a model. */
import { mljsRunner } from '../mljs/mljs-runner.ts';
import type { Flavors } from './mlmodel-file.ts';
import { onnxRunner, type OnnxRuntime } from './onnx-runner.ts';
import { importLibrary, onnxRuntime, tensorFlow } from './optional-packages.ts';
import type { ModelFiles, Runner } from './runner.ts';
import { tfjsRunner, type TensorFlow } from './tfjs-runner.ts';

type Load = (files: ModelFiles, runtime: object | undefined) => Promise<Runner>;

const loaders: Readonly<Record<string, Load>> = {
  onnx: async (files, runtime) => onnxRunner((runtime ?? (await importLibrary(onnxRuntime))) as OnnxRuntime, files),
  tfjs: async (files, runtime) => tfjsRunner((runtime ?? (await importLibrary(tensorFlow))) as TensorFlow, files),
  mljs: mljsRunner,
};

/** @throws TypeError when no flavor of the model is known here */
export function runnerOf(
  flavors: Flavors,
  uri: string,
  options: { readonly runtime?: object | undefined; readonly flavor?: string | undefined },
): { readonly name: string; readonly load: (files: ModelFiles) => Promise<Runner> } {
  const name = Object.keys(loaders).find(
    (known) => Object.hasOwn(flavors, known) && [undefined, known].includes(options.flavor),
  );
  const load = loaders[name ?? ''];
  if (name !== undefined && load) return { name, load: (files) => load(files, options.runtime) };
  const has = Object.keys(flavors).join(', ');
  if (options.flavor !== undefined)
    throw new TypeError(
      `The model at ${uri} has the flavors ${has}, of which ${options.flavor} cannot be loaded here.`,
    );
  const wanted = Object.keys(loaders).join(', ');
  const advice = Object.hasOwn(flavors, 'python_function')
    ? ` \`mlflow models serve -m ${uri}\` serves it in Python.`
    : '';
  throw new TypeError(`The model at ${uri} has the flavors ${has}; here ${wanted} can be loaded.${advice}`);
}
