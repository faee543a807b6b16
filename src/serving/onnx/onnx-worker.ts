/** The other side of `onnx-thread.ts`: holds the model, because a run of ONNX Runtime holds up its thread. */
import { pathToFileURL } from 'node:url';
import { whenQuiet } from '../../common/when-quiet.ts';
import type { ModelFolder } from '../../models/model-folder.ts';
import type { ScoringAnswer, ScoringRequest } from '../scorer.ts';
import { OnnxModel } from './onnx-model.ts';
import type { OnnxRuntime } from './onnx-session.ts';

export interface OnnxStart {
  readonly folder: ModelFolder;
  /** The file of the package onnxruntime-node. */
  readonly runtime: string;
}

export type OnnxQuestion = ScoringRequest & { readonly id: number };
export type OnnxReply =
  | { readonly readable: boolean }
  | { readonly problem: string }
  | { readonly id: number; readonly answer: ScoringAnswer };

/** What such a body was read into is worth a collection at once. */
const largeBody = 64 * 1024;

declare const self: Worker;

let model: Promise<OnnxModel> | undefined;
const quiet = whenQuiet(() => Bun.gc(true));

async function open({ folder, runtime }: OnnxStart): Promise<OnnxModel> {
  return OnnxModel.open(folder, usable(await import(pathToFileURL(runtime).href)));
}

/** A CommonJS package may show what it exports as `default` alone. */
function usable(module: unknown): OnnxRuntime {
  const { default: inner, InferenceSession } = module as { default?: OnnxRuntime; InferenceSession?: unknown };
  return (InferenceSession === undefined && inner !== undefined ? inner : module) as OnnxRuntime;
}

function reply(message: OnnxReply): void {
  self.postMessage(message);
}

self.onmessage = ({ data }: MessageEvent<OnnxStart | OnnxQuestion>) => {
  if ('folder' in data) {
    model = open(data);
    model.then(
      ({ isReadable }) => reply({ readable: isReadable }),
      (error: unknown) => reply({ problem: error instanceof Error ? error.message : String(error) }),
    );
    return;
  }
  quiet.arrived();
  void model?.then(async (opened) => {
    reply({ id: data.id, answer: await opened.score(data) });
    if (data.body.length > largeBody) Bun.gc(false);
  });
};
