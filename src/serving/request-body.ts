/** The bodies of requests, held to limits: of one, and of all that are in hand. */

export type Body = Uint8Array | 'too large' | 'too many';

export class RequestBodies {
  readonly #limit: number;
  #held = 0;

  /** @param limit bytes of one body */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Reads a body, has it used, and holds its size against others until then. */
  async use<T>(request: Request, use: (body: Body) => Promise<T>): Promise<T> {
    const stated = Number(request.headers.get('content-length') ?? 'NaN');
    if (stated > this.#limit) return use('too large');
    const expected = Number.isNaN(stated) ? this.#limit : stated;
    // One is always taken; a second of the largest size is too.
    if (this.#held > 0 && this.#held + expected > 2 * this.#limit) return use('too many');
    this.#held += expected;
    try {
      return await use(Number.isNaN(stated) ? await this.#counted(request) : await request.bytes());
    } finally {
      this.#held -= expected;
    }
  }

  /** A body that does not say how long it is. */
  async #counted(request: Request): Promise<Body> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > this.#limit) return 'too large';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
