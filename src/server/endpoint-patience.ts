/** How long a process is waited for that takes a request: not while the one who asks is still sending it. */
export class EndpointPatience {
  readonly #limit: number;
  readonly #over = new AbortController();
  #timer: Timer | undefined;
  #ended = false;

  /** @param limit milliseconds */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Aborted when the process has neither taken more nor answered for so long. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** From now on the process is waited for. */
  start(): void {
    this.#pause();
    if (!this.#ended) this.#timer = setTimeout(() => this.#over.abort(), this.#limit);
  }

  /** It has answered, or will not. */
  end(): void {
    this.#ended = true;
    this.#pause();
  }

  #pause(): void {
    clearTimeout(this.#timer);
  }

  /** The same bytes, each handed on when the process takes it. */
  watching(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        this.#pause();
        const { done, value } = await reader.read();
        this.start();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }
}
