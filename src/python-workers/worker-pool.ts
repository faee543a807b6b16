/** Keeps some workers up, and gives each no more than it can do at a time. */
import type { Frame, FrameHeader } from './frames.ts';
import { WorkerError, type WorkerProcess } from './worker-process.ts';

export interface PoolOptions {
  readonly start: () => Worker;
  readonly workers: number;
  /** What one worker may be asked at a time. */
  readonly lanes: number;
  /** Milliseconds that an answer may take; then the worker hangs and another takes its place. */
  readonly limitMs: number;
  /** Called when a lane may be free. */
  readonly onFree: () => void;
  readonly onLine: (line: string) => void;
}

/** What a pool needs of a worker. */
export type Worker = Pick<WorkerProcess, 'pid' | 'ready' | 'ended' | 'isAlive' | 'ask' | 'kill' | 'close'>;

interface Seat {
  readonly worker: Worker;
  running: number;
  /** Of those running, the ones that take too long. */
  overdue: number;
  /** Has answered at least once. */
  proven: boolean;
  readonly hangs: PromiseWithResolvers<'hangs'>;
}

const longestWait = 30_000;
/** Milliseconds for a worker to end by itself. */
const longestGoodbye = 2000;

export class WorkerPool {
  /** Resolves when one worker is up; rejects when none can be started. */
  readonly ready: Promise<void>;
  restarts = 0;
  readonly #options: PoolOptions;
  readonly #seats = new Set<Seat>();
  readonly #processes = new Set<Worker>();
  readonly #closed = Promise.withResolvers<void>();
  readonly #isUp = Promise.withResolvers<void>();
  #isClosed = false;
  /** Workers that come up, as far as is known. */
  #hopeful: number;
  #problem: WorkerError | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#hopeful = options.workers;
    const places = Array.from({ length: options.workers }, () => this.#keep());
    this.ready = this.#isUp.promise;
    this.ready.catch(() => undefined);
    void Promise.all(places).then(() => this.#isUp.reject(this.#problem), this.#isUp.reject);
  }

  get hasFree(): boolean {
    return this.#freest() !== undefined;
  }

  /** Why nothing can be scored for now: no worker is up and the last ones did not come up. */
  get problem(): WorkerError | undefined {
    return this.#seats.size === 0 && this.#hopeful === 0 ? this.#problem : undefined;
  }

  /** To be called only when a lane is free. Rejects with a WorkerError when the worker ends before it answers. */
  async ask(header: FrameHeader, parts: readonly Uint8Array[]): Promise<Frame> {
    const seat = this.#freest();
    if (!seat) throw new Error('no worker is free');
    seat.running++;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      seat.overdue++;
      this.#seats.delete(seat);
      seat.hangs.resolve('hangs');
      if (seat.overdue === seat.running) seat.worker.kill();
    }, this.#options.limitMs);
    try {
      const answer = await seat.worker.ask(header, parts);
      seat.proven = true;
      return answer;
    } finally {
      clearTimeout(timer);
      seat.running--;
      if (late) seat.overdue--;
      // The others that it had in hand were let end.
      if (seat.overdue > 0 && seat.overdue === seat.running) seat.worker.kill();
      if (this.#seats.has(seat)) this.#options.onFree();
    }
  }

  /** Ends the workers; what they have in hand is lost. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#closed.resolve();
    const ending = [...this.#processes].map((worker) => {
      worker.close();
      const impatience = setTimeout(() => worker.kill(), longestGoodbye);
      return worker.ended.then(() => clearTimeout(impatience));
    });
    await Promise.all(ending);
  }

  #freest(): Seat | undefined {
    let found: Seat | undefined;
    for (const seat of this.#seats) {
      if (seat.worker.isAlive && seat.running < (found?.running ?? this.#options.lanes)) found = seat;
    }
    return found;
  }

  /** One place, in which a worker is started whenever the last one has ended. */
  async #keep(): Promise<void> {
    let everUp = false;
    for (let failures = 0; !this.#isClosed; this.restarts++) {
      const seat = await this.#started();
      if (this.#isClosed) return;
      if (seat instanceof WorkerError) {
        this.#problem = seat;
        failures++;
        // A model that cannot be loaded at all is told of, not tried again; it had its chance.
        if (!everUp) break;
      } else {
        everUp = true;
        const end = await Promise.race([seat.worker.ended, seat.hangs.promise]);
        this.#seats.delete(seat);
        if (this.#isClosed) return;
        failures = seat.proven ? 0 : failures + 1;
        const why = end === 'hangs' ? `took longer than ${this.#options.limitMs / 1000} s` : end.message;
        this.#options.onLine(`modelyard: worker ${seat.worker.pid} is replaced: ${why}`);
      }
      if (failures === 0) continue;
      this.#hopeful--;
      this.#options.onFree();
      await this.#pause(Math.min(longestWait, 250 * 2 ** failures));
      this.#hopeful++;
    }
    this.#hopeful--;
    this.#options.onFree();
  }

  async #pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    await Promise.race([this.#closed.promise, promise]);
    clearTimeout(timer);
  }

  async #started(): Promise<Seat | WorkerError> {
    try {
      const worker = this.#options.start();
      this.#processes.add(worker);
      void worker.ended.then(() => this.#processes.delete(worker));
      const { unusable } = await worker.ready;
      if (typeof unusable === 'string') throw new WorkerError(unusable, (await worker.ended).log);
      const seat = { worker, running: 0, overdue: 0, proven: false, hangs: Promise.withResolvers<'hangs'>() };
      this.#seats.add(seat);
      this.#isUp.resolve();
      this.#options.onFree();
      return seat;
    } catch (error) {
      return error instanceof WorkerError ? error : new WorkerError(String(error), '');
    }
  }
}
