/**
 * A folder held open by its descriptor, proven to lie where its name says. All verbs work relative to the descriptor
 * (`/proc/self/fd/<n>/<name>` is what openat is in C), so nobody can swap a symbolic link in between check and use.
 * Without /proc (macOS) the check is the same but names are looked up again: fine for a laptop.
 */
import { close, constants, existsSync, fstat, open } from 'node:fs';
import { mkdir, readlink, realpath, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { invalidParameter } from '../../protocol/errors.ts';
import { hasErrno } from './file-errors.ts';

// Plain descriptors: Bun throws, outside of any promise, when it collects a FileHandle that nobody closed.
const openFd = promisify(open);
const closeFd = promisify(close);
const statFd = promisify(fstat);

const hasProc = existsSync('/proc/self/fd');

export class PinnedFolder {
  readonly #fd: number;
  readonly #path: string;

  private constructor(fd: number, path: string) {
    this.#fd = fd;
    this.#path = path;
  }

  /**
   * Opens the folder `names` below `root`, which must be a real path. Throws ENOENT or ENOTDIR as the system does,
   * and 400 when a symbolic link is on the way, wherever it leads.
   */
  static async open(root: string, names: readonly string[]): Promise<PinnedFolder> {
    const path = [root, ...names].join('/');
    const fd = await openFd(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      if (!(await isAt(fd, path))) throw outsideRoot();
      return new PinnedFolder(fd, path);
    } catch (error) {
      await closeFd(fd);
      throw error;
    }
  }

  /** As `open`, making what is missing. */
  static async create(root: string, names: readonly string[], mode = 0o777): Promise<PinnedFolder> {
    // Three tries: a delete at the same time may take a parent away again.
    for (let tries = 1; ; tries++) {
      try {
        return await PinnedFolder.open(root, names);
      } catch (error) {
        const last = names.at(-1);
        if (tries > 3 || last === undefined || !hasErrno(error, 'ENOENT')) throw error;
        const parent = await PinnedFolder.create(root, names.slice(0, -1));
        try {
          await mkdir(parent.at(last), mode);
        } catch (failure) {
          if (!hasErrno(failure, 'EEXIST', 'ENOENT')) throw failure;
        } finally {
          await parent.close();
        }
      }
    }
  }

  /** The system path of an entry, or of the folder itself. Never follow the entry if it is a symbolic link. */
  at(name?: string): string {
    const self = hasProc ? `/proc/self/fd/${this.#fd}` : this.#path;
    return name === undefined ? `${self}/` : `${self}/${name}`;
  }

  close(): Promise<void> {
    return closeFd(this.#fd);
  }
}

export function outsideRoot(): Error {
  return invalidParameter('Invalid path: resolved path is outside the artifact directory');
}

async function isAt(fd: number, path: string): Promise<boolean> {
  if (hasProc) return (await readlink(`/proc/self/fd/${fd}`)) === path;
  if ((await realpath(path)) !== path) return false;
  const [held, named] = await Promise.all([statFd(fd), stat(path)]);
  return held.ino === named.ino && held.dev === named.dev;
}
