/** The way to the endpoints. What runs them is loaded with the first, so that a server without any stays small. */
import { extname, resolve } from 'node:path';
import type * as Program from '../endpoints/endpoints.ts';
import type { EndpointParts, Endpoints } from '../endpoints/endpoints.ts';
import { hasEndpoints } from '../endpoints/endpoint-store.ts';

export class EndpointAccess {
  readonly #parts: () => EndpointParts;
  #opened: Promise<Endpoints> | undefined;

  /** @param parts known once the server listens */
  constructor(parts: () => EndpointParts) {
    this.#parts = parts;
  }

  get(): Promise<Endpoints> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<Endpoints> {
    try {
      const { Endpoints } = await load();
      return await Endpoints.open(this.#parts());
    } catch (error) {
      // The next who asks tries again.
      this.#opened = undefined;
      throw error;
    }
  }

  /** Starts those that are to run, if there are any. */
  async start(): Promise<void> {
    if (await this.#parts().database.read(hasEndpoints)) await this.get();
  }

  /** Ends what is not ready yet: it may hold the server up. */
  async stopStarting(): Promise<void> {
    (await this.#opened)?.stopStarting();
  }

  async close(): Promise<void> {
    await (await this.#opened)?.close();
  }
}

/** A program of its own beside ours, as the reader thread is: `.ts` in src, `.js` in dist. */
async function load(): Promise<typeof Program> {
  const place = resolve(Bun.main, '../../endpoints', `endpoints${extname(Bun.main)}`);
  return (await import(place)) as typeof Program;
}
