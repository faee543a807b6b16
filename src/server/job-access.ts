/** The way to the jobs. What runs them is loaded with the first, so that a server without any stays small. */
import { extname, resolve } from 'node:path';
import type * as Program from '../job-host/server-jobs.ts';
import type { JobParts, ServerJobs } from '../job-host/server-jobs.ts';
import { hasUnfinishedJobs } from '../jobs/job-store.ts';

export class JobAccess {
  readonly #parts: () => JobParts;
  #opened: Promise<ServerJobs> | undefined;

  /** @param parts known once the server listens */
  constructor(parts: () => JobParts) {
    this.#parts = parts;
  }

  get(): Promise<ServerJobs> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<ServerJobs> {
    try {
      const { ServerJobs } = await load();
      return await ServerJobs.open(this.#parts());
    } catch (error) {
      // The next who asks tries again.
      this.#opened = undefined;
      throw error;
    }
  }

  /** Takes over what an earlier server left running or waiting, if there is any. */
  async start(): Promise<void> {
    if (await this.#parts().database.read(hasUnfinishedJobs)) await this.get();
  }

  async close(): Promise<void> {
    await (await this.#opened)?.close();
  }
}

/** A program of its own beside ours, as the reader thread is: `.ts` in src, `.js` in dist. */
async function load(): Promise<typeof Program> {
  const place = resolve(Bun.main, '../../job-host', `server-jobs${extname(Bun.main)}`);
  return (await import(place)) as typeof Program;
}
