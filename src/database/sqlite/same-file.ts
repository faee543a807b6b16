import { statSync, type Stats } from 'node:fs';
import { databaseLog } from '../../logging/loggers.ts';
import { ApiError } from '../../protocol/errors.ts';

/**
 * Tells whether the file that is open is still the one at its path: what is written to one that was removed is gone with the
 * process, though every write succeeds. It costs 3 µs, a commit a hundred times as much.
 */
export class SameFile {
  readonly #path: string;
  readonly #opened: Stats | undefined;
  #told = false;

  /** @param path of a file that is open; one in memory is always the same */
  constructor(path: string) {
    this.#path = path;
    this.#opened = stats(path);
  }

  /** @throws ApiError TEMPORARILY_UNAVAILABLE when it was removed, moved or replaced */
  check(): void {
    if (this.#opened === undefined) return;
    const now = stats(this.#path);
    if (now?.ino === this.#opened.ino && now.dev === this.#opened.dev) {
      this.#told = false;
      return;
    }
    const what = `the database file ${this.#path} was ${now ? 'replaced' : 'removed'} while the server runs`;
    if (!this.#told) databaseLog.error(`${what}; nothing is written any more. Put it back, or start the server again.`);
    this.#told = true;
    throw new ApiError('TEMPORARILY_UNAVAILABLE', `Nothing was written: ${what}.`);
  }
}

function stats(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
