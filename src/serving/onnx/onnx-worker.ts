/** The other side of `onnx-thread.ts`: holds the model, because a run of ONNX Runtime holds up its thread. */
import { fullGC } from 'bun:jsc';
import { pathToFileURL } from 'node:url';
import { whenQuiet } from '../../common/when-quiet.ts';
import type { ModelFolder } from '../../models/model-folder.ts';
import { freeLarge, inBytes, isLarge, movable } from '../large-bytes.ts';
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

/** Bytes of large bodies after which what they were read into, many times as much, is worth a collection. */
const muchRead = 512 * 1024;

declare const self: Worker;

let model: Promise<OnnxModel> | undefined;
let read = 0;
const quiet = whenQuiet(() => Bun.gc(true));

async function open({ folder, runtime }: OnnxStart): Promise<OnnxModel> {
  return OnnxModel.open(folder, usable(await import(pathToFileURL(runtime).href)));
}

/** A CommonJS package may show what it exports as `default` alone. */
function usable(module: unknown): OnnxRuntime {
  const { default: inner, InferenceSession } = module as { default?: OnnxRuntime; InferenceSession?: unknown };
  return (InferenceSession === undefined && inner !== undefined ? inner : module) as OnnxRuntime;
}

function reply(message: OnnxReply, moved: ArrayBuffer[] = []): void {
  self.postMessage(message, moved);
}

async function score(opened: OnnxModel, { id, body, format }: OnnxQuestion): Promise<void> {
  const { status, body: text } = await opened.score({ body, format });
  const told = inBytes(text);
  reply({ id, answer: { status, body: told } }, movable(told));
  if (!isLarge(body)) return;
  read += body.length;
  freeLarge(body);
  if (read < muchRead) return;
  read = 0;
  fullGC();
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
  void model?.then((opened) => score(opened, data));
};
