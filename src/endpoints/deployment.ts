/**
 * A version that is kept running: its process is started again after a crash, with growing pauses, until it is closed.
 * What it is in hand of is known here, so that it is closed with nothing unanswered.
 */
import { LastWords } from './last-words.ts';
import { startServing, type ServedVersion, type ServingProcess } from './serving-process.ts';

export type DeploymentState = 'pending' | 'ready' | 'failed' | 'closed';

export interface DeploymentParts {
  readonly socket: () => string;
  readonly environment: Readonly<Record<string, string>>;
  /** A line of the process's output. */
  readonly onLine: (line: string) => void;
  /** What is done with the process, in words for the log. */
  readonly onNote: (note: string) => void;
  /** The state or the message is another. */
  readonly onChange: () => void;
}

/** Milliseconds; twice as many each time. */
const afterCrash = { first: 100, most: 30_000 };
const afterFailedStart = { first: 5000, most: 600_000 };
/** A process that was ready for so long has not crashed for the reason that the one before had. */
const recovered = 60_000;
/** An environment that is made for the first time takes its time. */
const longestStart = 1_800_000;
/** Milliseconds that requests get to be answered before their process is ended. */
const longestDrain = 250_000;

export class Deployment {
  readonly served: ServedVersion;
  /** Tells it from others. */
  readonly key: string;
  state: DeploymentState = 'pending';
  message = '';
  restarts = 0;
  socket = '';
  pid: number | undefined;
  /** Requests that it has not answered yet. */
  inHand = 0;
  readonly #parts: DeploymentParts;
  #process: ServingProcess | undefined;
  #idle: (() => void) | undefined;
  #wake: (() => void) | undefined;
  readonly #lastWords = new LastWords();
  readonly #running: Promise<void>;

  constructor(key: string, served: ServedVersion, parts: DeploymentParts) {
    this.key = key;
    this.served = served;
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** Counts a request as in hand until what is returned is called. */
  take(): () => void {
    this.inHand++;
    return () => {
      if (--this.inHand === 0) this.#idle?.();
    };
  }

  /** Ends a pause between two attempts, and waits for what comes of the next. */
  retry(): void {
    if (this.state === 'failed') this.#become('pending', '');
    this.#wake?.();
  }

  /** Ends the process when what is in hand is answered; it is given nothing more. */
  async close(): Promise<void> {
    if (this.state === 'closed') return this.#running;
    const wasReady = this.state === 'ready';
    this.#become('closed', '');
    this.#wake?.();
    if (wasReady && this.inHand > 0) await this.#drained();
    await this.#process?.end();
    await this.#running;
  }

  async #drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const impatience = setTimeout(resolve, longestDrain);
    this.#idle = resolve;
    await promise;
    clearTimeout(impatience);
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#closed;) {
      const begin = performance.now();
      const wasReady = await this.#once();
      if (this.#closed) break;
      failures = wasReady && performance.now() - begin > recovered ? 1 : failures + 1;
      const { first, most } = wasReady ? afterCrash : afterFailedStart;
      const pause = Math.min(first * 2 ** (failures - 1), most);
      this.restarts++;
      if (pause >= 1000) this.#parts.onNote(`next attempt in ${Math.round(pause / 1000)} s`);
      await this.#pause(pause);
    }
  }

  /** Starts the process and waits for its end; whether it had been ready. */
  async #once(): Promise<boolean> {
    const { uri } = this.served;
    this.#lastWords.forget();
    this.socket = this.#parts.socket();
    const process = this.#start();
    if (!process) return false;
    this.#process = process;
    this.pid = process.pid;
    this.#parts.onNote(`started process ${process.pid} for ${uri}`);
    const tooLong = setTimeout(() => void process.end(), longestStart);
    const isReady = await Promise.race([process.ready.then(() => true), process.exited.then(() => false)]);
    clearTimeout(tooLong);
    if (isReady && !this.#closed) {
      this.#parts.onNote(`${uri} is ready`);
      this.#lastWords.forget();
      this.#become('ready', '');
    }
    const how = await process.exited;
    this.pid = undefined;
    const last = this.#lastWords.told();
    const when = isReady ? '' : ' before it could answer';
    this.#parts.onNote(`process ${process.pid} for ${uri} ended ${how}`);
    if (this.#closed) return isReady;
    if (isReady) this.#become('pending', `The process of ${uri} ended ${how} and is being started again.${last}`);
    else this.#become('failed', `${uri} cannot be started: its process ended ${how}${when}.${last}`);
    return isReady;
  }

  #start(): ServingProcess | undefined {
    const { environment, onLine } = this.#parts;
    try {
      return startServing(this.served, {
        socket: this.socket,
        environment,
        onLine: (line) => {
          this.#lastWords.hear(line);
          onLine(line);
        },
      });
    } catch (error) {
      this.#become('failed', `${this.served.uri} cannot be started: ${String(error)}`);
      return undefined;
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.#wake = resolve;
    await promise;
    this.#wake = undefined;
    clearTimeout(timer);
  }

  get #closed(): boolean {
    return this.state === 'closed';
  }

  #become(state: DeploymentState, message: string): void {
    this.state = state;
    this.message = message;
    this.#parts.onChange();
  }
}
