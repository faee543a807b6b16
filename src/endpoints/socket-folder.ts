/** Where the sockets of serving processes lie: a folder that only this account may enter, on a path short enough. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'modelyard-endpoints-';

export class SocketFolder {
  readonly #folder: string;
  #last = 0;

  constructor() {
    removeLeftovers();
    // Made with rights for its owner alone.
    this.#folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  }

  next(): string {
    return join(this.#folder, `${++this.#last}.sock`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What servers left that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d{1,9})-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another account's.
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
