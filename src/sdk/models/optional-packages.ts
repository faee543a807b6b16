/** The libraries that run models. None is needed by the rest of the SDK, so each is imported when a model needs it. */
import { packageImporter } from '../host.ts';

interface Library {
  /** What it runs, for messages. */
  readonly models: string;
  /** By preference, where packages are files. */
  readonly packages: readonly string[];
  /** The one to advise there. */
  readonly install: string;
  /** The one for browsers. */
  readonly browser: string;
}

export const onnxRuntime: Library = {
  models: 'ONNX models',
  packages: ['onnxruntime-node', 'onnxruntime-web'],
  install: 'onnxruntime-node',
  browser: 'onnxruntime-web',
};

export const tensorFlow: Library = {
  models: 'TensorFlow.js models',
  packages: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs'],
  install: '@tensorflow/tfjs',
  browser: '@tensorflow/tfjs',
};

/** @throws Error that says what to install */
export async function importLibrary({ models, packages, install, browser }: Library): Promise<unknown> {
  const reasons: unknown[] = [];
  const importPackage = packageImporter();
  for (const name of importPackage ? packages : [browser]) {
    try {
      return usable(await (importPackage ?? importByName)(name));
    } catch (error) {
      reasons.push(error);
    }
  }
  const advice = importPackage
    ? `${install}, which cannot be loaded here. Install it (npm install ${install}), or pass what you import from elsewhere: loadModel(uri, { runtime }).`
    : `${browser}. Import it and pass it: import * as runtime from '${browser}'; loadModel(uri, { runtime }).`;
  // One that is there and does not start says more than one that is not there.
  const cause = reasons.find((reason) => !isMissing(reason)) ?? reasons[0];
  throw new Error(`${models} need the package ${advice}`, { cause });
}

/** Works with an import map. A bundler must not look for the name: most applications do not have the package. */
function importByName(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name);
}

/** A CommonJS package may show what it exports as `default` alone. */
function usable(module: unknown): unknown {
  const { default: inner, ...rest } = module as Readonly<Record<string, unknown>>;
  const named = Object.keys(rest).some((name) => name !== 'module.exports');
  return named || inner === undefined ? module : inner;
}

function isMissing(error: unknown): boolean {
  return (error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND';
}
