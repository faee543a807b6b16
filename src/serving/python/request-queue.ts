/** Requests that wait for a worker: put together, held to their time, and answered whatever happens. */
import type { WorkerPool } from '../../python-workers/worker-pool.ts';
import { WorkerError } from '../../python-workers/worker-process.ts';
import type { ScorerOptions } from '../scorer-options.ts';
import type { ScoringAnswer, ScoringRequest } from '../scorer.ts';
import { broken, busy, late } from '../refusals.ts';
import { answersOf } from './answers.ts';
import { tableOf, type TypedInput } from './typed-input.ts';

interface QueueOptions extends Pick<ScorerOptions, 'timeoutMs' | 'queueLimit'> {
  /** Without it each request is scored alone. */
  readonly batch: ScorerOptions['batch'] | undefined;
  /** Reads a request here; undefined where the worker is to read it. */
  readonly typed?: ((request: ScoringRequest) => TypedInput | undefined) | undefined;
}

interface Waiting {
  readonly request: ScoringRequest;
  readonly typed: TypedInput | undefined;
  readonly answer: (answer: ScoringAnswer) => void;
  isAnswered: boolean;
}

/** Bytes of bodies that are scored together; more are no gain. */
const batchBytes = 1024 * 1024;

export class RequestQueue {
  running = 0;
  readonly #pool: WorkerPool;
  readonly #options: QueueOptions;
  readonly #waiting = new Set<Waiting>();
  /** Those that were not taken together: each is scored alone, by its body, before all others. */
  readonly #again = new Set<Waiting>();
  readonly #empty: (() => void)[] = [];
  /** Requests come in, and are sent when the window closes. */
  #isGathering = false;
  #isClosed = false;

  constructor(pool: WorkerPool, options: QueueOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting.size + this.#again.size;
  }

  score(request: ScoringRequest): Promise<ScoringAnswer> {
    if (this.#isClosed) return Promise.resolve(busy('The server is stopping.'));
    if (this.#pool.problem) return Promise.resolve(busy(`No worker is up: ${this.#pool.problem.message}`));
    if (this.waiting >= this.#options.queueLimit && !this.#pool.hasFree) {
      return Promise.resolve(busy(`${this.waiting} requests are waiting, as many as may.`));
    }
    const typed = this.#options.typed?.(request);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        request,
        typed,
        isAnswered: false,
        answer: (answer) => {
          waiting.isAnswered = true;
          clearTimeout(timer);
          resolve(answer);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        this.#again.delete(waiting);
        waiting.answer(late);
      }, this.#options.timeoutMs);
      this.#waiting.add(waiting);
      this.#sendSoon();
    });
  }

  /** Gives the workers that are free what waits. */
  send(): void {
    if (this.#pool.problem) {
      for (const set of [this.#waiting, this.#again]) {
        for (const one of set) one.answer(busy(`No worker is up: ${this.#pool.problem.message}`));
        set.clear();
      }
    }
    while (this.waiting > 0 && this.#pool.hasFree) void this.#scoreNext();
    if (this.waiting === 0 && this.running === 0) for (const tell of this.#empty) tell();
  }

  /** Takes no more; resolves when all are answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await new Promise<void>((resolve) => {
      this.#empty.push(resolve);
      this.send();
    });
  }

  /** Requests that come one after the other wait for each other, if they are told to. */
  #sendSoon(): void {
    const { batch } = this.#options;
    if (!batch || batch.windowMs === 0 || this.#waiting.size >= batch.maxRequests) {
      this.send();
      return;
    }
    if (this.#isGathering) return;
    this.#isGathering = true;
    setTimeout(() => {
      this.#isGathering = false;
      this.send();
    }, batch.windowMs);
  }

  async #scoreNext(): Promise<void> {
    const [alone] = this.#again;
    if (alone) {
      this.#again.delete(alone);
      await this.#score([alone], undefined);
      return;
    }
    const batch = this.#nextBatch();
    const typed = batch.flatMap((one) => one.typed ?? []);
    await this.#score(batch, typed.length === batch.length ? typed : undefined);
  }

  /** The first that waits, and those behind it that can be scored with it. */
  #nextBatch(): Waiting[] {
    const { maxRequests, maxRows } = this.#options.batch ?? { maxRequests: 1, maxRows: 0 };
    const taken: Waiting[] = [];
    let bytes = 0;
    let rows = 0;
    for (const one of this.#waiting) {
      if (taken.length >= maxRequests) break;
      if (taken.length > 0 && one.typed?.likeness !== taken[0]?.typed?.likeness) continue;
      bytes += one.request.body.length;
      rows += one.typed?.frame.rows ?? 1;
      if (taken.length > 0 && (bytes > batchBytes || rows > maxRows)) break;
      taken.push(one);
      this.#waiting.delete(one);
    }
    return taken;
  }

  async #score(batch: readonly Waiting[], typed: readonly TypedInput[] | undefined): Promise<void> {
    this.running += batch.length;
    const answers = await this.#answers(batch, typed);
    this.running -= batch.length;
    for (const [place, one] of batch.entries()) {
      if (answers) one.answer(answers[place] ?? broken('It gave no answer.'));
      else if (!one.isAnswered) this.#again.add(one);
    }
    this.send();
  }

  /** undefined when they are to be scored again, each alone. */
  async #answers(
    batch: readonly Waiting[],
    typed: readonly TypedInput[] | undefined,
  ): Promise<ScoringAnswer[] | undefined> {
    const bodies = batch.map(({ request }) => request.body);
    const { header, parts } = typed
      ? tableOf(typed)
      : {
          header: { kind: 'bodies', bodies: batch.map(({ request: { format, body } }) => [format, body.length]) },
          parts: bodies,
        };
    try {
      const answer = await this.#pool.ask(header, parts);
      return answersOf(answer, typed ? typed.map(({ frame }) => frame.rows) : batch.map(() => 0));
    } catch (error) {
      if (!(error instanceof WorkerError)) throw error;
      return batch.map(() => broken(error.message));
    }
  }
}
