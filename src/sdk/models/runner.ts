/** What runs a model, whatever library it is: tensors by name in, tensors by name out. */
import type { ArtifactStore } from '../artifact-store.ts';
import { joinPath } from '../artifact-store.ts';
import type { TensorType, TypedTensor } from './tensors.ts';

/** A tensor that the model takes; -1 is a length that varies. */
export interface Port {
  readonly name: string;
  readonly dtype?: TensorType | undefined;
  readonly shape?: readonly number[] | undefined;
}

export type Tensors = Readonly<Record<string, TypedTensor>>;

export interface Runner {
  readonly inputs: readonly Port[];
  /** Outputs that are no tensors. */
  readonly unreadable?: readonly string[];
  run(feeds: Tensors): Promise<Tensors>;
  /** Gives back what the library holds outside of JavaScript's memory. */
  dispose(): Promise<void>;
}

/** The files of a model, and how its flavor describes them. */
export interface ModelFiles {
  readonly options: Readonly<Record<string, unknown>>;
  /** The names of the files beside the MLmodel file. */
  list(): Promise<string[]>;
  bytes(path: string): Promise<Uint8Array<ArrayBuffer>>;
  json(path: string): Promise<unknown>;
}

export function modelFiles(store: ArtifactStore, folder: string, options: ModelFiles['options']): ModelFiles {
  const download = (path: string): Promise<Response> => store.download(joinPath(folder, path));
  return {
    options,
    async list() {
      const files = (await store.list(folder)).filter(({ isDir }) => !isDir);
      return files.map(({ path }) => (folder === '' ? path : path.slice(folder.length + 1)));
    },
    bytes: async (path) => new Uint8Array(await (await download(path)).arrayBuffer()),
    json: async (path) => JSON.parse(await (await download(path)).text()) as unknown,
  };
}

/** The file or folder that a flavor names as its data. */
export function dataOf({ options }: ModelFiles, usual: string): string {
  const { data } = options;
  return typeof data === 'string' ? data : usual;
}
