/** ONNX models, scored in threads of this process. */
import { readFile } from 'node:fs/promises';
import type { ModelFolder } from '../../models/model-folder.ts';
import { isLarge } from '../large-bytes.ts';
import { broken, busy, late } from '../refusals.ts';
import type { Scorer, ScorerLoad, ScoringAnswer, ScoringRequest } from '../scorer.ts';
import { ScorerError, type ScorerOptions } from '../scorer-options.ts';
import { OnnxThread } from './onnx-thread.ts';
import type { OnnxStart } from './onnx-worker.ts';

/** @param runtime the file of onnxruntime-node. Resolves to undefined when only Python can score the model */
export async function openOnnxScorer(
  folder: ModelFolder,
  runtime: string,
  options: ScorerOptions,
): Promise<Scorer | undefined> {
  const scorer = new OnnxScorer({ folder, runtime }, options);
  try {
    if (await scorer.opened) return scorer;
  } catch (error) {
    await scorer.close();
    throw new ScorerError(`ONNX Runtime cannot load the model ${folder.path}: ${(error as Error).message}`);
  }
  await scorer.close();
  return undefined;
}

interface Waiting {
  readonly request: ScoringRequest;
  readonly answer: (answer: ScoringAnswer) => void;
  isAnswered: boolean;
}

interface Lane {
  thread: OnnxThread;
  /** What it was given, the one that it works on first. */
  readonly inHand: Map<number, Waiting>;
  /** Runs while it works on one request. */
  watch: Timer | undefined;
}

/** Its body is gone with the thread that it is given to, so only one that is begun at once may be. */
function isMoved({ isGiven, body }: ScoringRequest): boolean {
  return isGiven === true && isLarge(body);
}

/** Requests that an only thread has at once, so that it need not wait for the next; of several each has one. */
const ahead = 4;

class OnnxScorer implements Scorer {
  readonly opened: Promise<boolean>;
  readonly ready: Promise<void>;
  readonly #start: OnnxStart;
  readonly #options: ScorerOptions;
  readonly #lanes: readonly Lane[];
  readonly #queue = new Map<number, Waiting>();
  #next = 0;
  #restarts = 0;
  #closed: (() => void) | undefined;

  constructor(start: OnnxStart, options: ScorerOptions) {
    this.#start = start;
    this.#options = options;
    this.#lanes = Array.from({ length: options.workers }, () => this.#newLane());
    this.opened = Promise.all(this.#lanes.map(({ thread }) => thread.opened)).then((all) => all.every(Boolean));
    this.ready = this.#warmUp();
    this.ready.catch(() => undefined);
  }

  get load(): ScorerLoad {
    const running = this.#lanes.reduce((sum, { inHand }) => sum + inHand.size, 0);
    return { queued: this.#queue.size, running, restarts: this.#restarts };
  }

  score(request: ScoringRequest): Promise<ScoringAnswer> {
    if (this.#closed) return Promise.resolve(busy('The server is stopping.'));
    const { queueLimit, timeoutMs } = this.#options;
    if (this.#queue.size >= queueLimit) {
      return Promise.resolve(busy(`${queueLimit} requests are waiting, as many as may.`));
    }
    const id = this.#next++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#queue.delete(id);
        waiting.answer(late);
        this.#send();
      }, timeoutMs);
      const waiting: Waiting = {
        request,
        isAnswered: false,
        answer: (answer) => {
          waiting.isAnswered = true;
          clearTimeout(timer);
          resolve(answer);
        },
      };
      this.#queue.set(id, waiting);
      this.#send();
    });
  }

  async close(): Promise<void> {
    const idle = Promise.withResolvers<void>();
    this.#closed = idle.resolve;
    this.#send();
    await idle.promise;
    for (const { thread, watch } of this.#lanes) {
      clearTimeout(watch);
      thread.end();
    }
  }

  #send(): void {
    const room = this.#lanes.length === 1 ? ahead : 1;
    for (const lane of this.#lanes) {
      for (const [id, waiting] of this.#queue) {
        if (lane.inHand.size >= room || (lane.inHand.size > 0 && isMoved(waiting.request))) break;
        this.#queue.delete(id);
        this.#give(lane, id, waiting);
      }
    }
    if (!this.#closed || this.#queue.size > 0) return;
    const inHand = this.#lanes.flatMap((lane) => [...lane.inHand.values()]);
    if (inHand.every(({ isAnswered }) => isAnswered)) this.#closed();
  }

  #give(lane: Lane, id: number, waiting: Waiting): void {
    lane.inHand.set(id, waiting);
    lane.thread.ask(id, waiting.request);
    if (lane.inHand.size === 1) this.#watch(lane);
  }

  /** A run cannot be stopped: a thread that is busy with one for too long is given up. */
  #watch(lane: Lane): void {
    clearTimeout(lane.watch);
    lane.watch = setTimeout(() => this.#restart(lane, late), this.#options.timeoutMs);
  }

  #newLane(): Lane {
    const lane: Lane = { inHand: new Map(), watch: undefined, thread: this.#newThread((): Lane => lane) };
    return lane;
  }

  #newThread(lane: () => Lane): OnnxThread {
    return new OnnxThread(
      this.#start,
      (id, answer) => this.#answered(lane(), id, answer),
      (reason) => this.#restart(lane(), broken(`Its thread failed: ${reason}`)),
    );
  }

  #answered(lane: Lane, id: number, answer: ScoringAnswer): void {
    const waiting = lane.inHand.get(id);
    lane.inHand.delete(id);
    if (lane.inHand.size > 0) this.#watch(lane);
    else clearTimeout(lane.watch);
    if (waiting?.isAnswered === false) waiting.answer(answer);
    this.#send();
  }

  /** What the thread had begun is answered; what it had not is given to the new one. */
  #restart(lane: Lane, answer: ScoringAnswer): void {
    this.#restarts++;
    clearTimeout(lane.watch);
    lane.thread.end();
    const [first, ...others] = lane.inHand;
    lane.inHand.clear();
    lane.thread = this.#newThread(() => lane);
    if (first?.[1].isAnswered === false) first[1].answer(answer);
    for (const [id, waiting] of others) if (!waiting.isAnswered) this.#give(lane, id, waiting);
    this.#send();
  }

  /** The first run is slower than the others; an example that fails is no reason not to serve. */
  async #warmUp(): Promise<void> {
    const example = this.#start.folder.exampleRequest;
    if (!(await this.opened) || example === undefined) return;
    const request = { body: new Uint8Array(await readFile(example)), format: 'json' } as const;
    await Promise.all(this.#lanes.map(() => this.score(request)));
  }
}
