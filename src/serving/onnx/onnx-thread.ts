/** A thread that holds an ONNX model. */
import { extname, resolve } from 'node:path';
import { movable } from '../large-bytes.ts';
import type { ScoringAnswer, ScoringRequest } from '../scorer.ts';
import type { OnnxQuestion, OnnxReply, OnnxStart } from './onnx-worker.ts';

/** The program of the thread, from ours: `.ts` in src, `.js` in dist. */
function program(): string {
  return resolve(Bun.main, '../../serving/onnx', `onnx-worker${extname(Bun.main)}`);
}

export class OnnxThread {
  /** Whether the model can be scored here; rejects when it cannot be loaded. */
  readonly opened: Promise<boolean>;
  readonly #worker: Worker;

  /** @param onEnd told when the thread failed; what it had in hand is then never answered */
  constructor(
    start: OnnxStart,
    onAnswer: (id: number, answer: ScoringAnswer) => void,
    onEnd: (reason: string) => void,
  ) {
    const { promise, resolve: opened, reject } = Promise.withResolvers<boolean>();
    this.opened = promise;
    this.opened.catch(() => undefined);
    this.#worker = new Worker(program(), { smol: true });
    this.#worker.onmessage = ({ data }: MessageEvent<OnnxReply>) => {
      if ('id' in data) onAnswer(data.id, data.answer);
      else if ('problem' in data) reject(new Error(data.problem));
      else opened(data.readable);
    };
    this.#worker.onerror = ({ message }) => {
      reject(new Error(message));
      onEnd(message);
    };
    this.#worker.postMessage(start);
  }

  ask(id: number, { body, format, isGiven }: ScoringRequest): void {
    this.#worker.postMessage({ id, body, format } satisfies OnnxQuestion, isGiven ? movable(body) : []);
  }

  end(): void {
    this.#worker.onerror = null;
    this.#worker.onmessage = null;
    this.#worker.terminate();
  }
}
