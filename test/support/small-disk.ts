/**
 * A disk that a test can fill and free. As root it is a small tmpfs. Where mounting is not allowed the size of the
 * server's files is limited instead (RLIMIT_FSIZE), which fails its writes in the same places with another error.
 */
import { closeSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from './folders.ts';

export interface SmallDisk {
  readonly dir: string;
  /** What an answer may say of it. */
  readonly reason: RegExp;
  /** A command to start the server through. */
  readonly through: readonly string[];
  /** From now on there is room for about so many bytes more, none by default. */
  fill(pid: number, leave?: number): void;
  free(pid: number): void;
  remove(): void;
}

export function smallDisk(megabytes: number): SmallDisk {
  const dir = freshFolder();
  const { exitCode } = Bun.spawnSync(['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]);
  return exitCode === 0 ? tmpfs(dir) : limitedFiles(dir);
}

function tmpfs(dir: string): SmallDisk {
  const filler = join(dir, 'filler');
  return {
    dir,
    reason: /disk is full|disk of the artifact folder is full/,
    through: [],
    fill: (_pid, leave = 0) => {
      fillWith(filler);
      if (leave > 0) Bun.spawnSync(['truncate', '-s', String(statSync(filler).size - leave), filler]);
    },
    free: () => rmSync(filler),
    remove: () => {
      Bun.spawnSync(['umount', '-l', dir]);
      removeFolder(dir);
    },
  };
}

/** Writes until the disk takes not one byte more. */
function fillWith(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (let size = 65536; size >= 1;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

function limitedFiles(dir: string): SmallDisk {
  const limit = (pid: number, bytes: string): void => {
    Bun.spawnSync(['prlimit', '--pid', String(pid), `--fsize=${bytes}:`]);
  };
  return {
    dir,
    reason: /disk reported an error|disk is full|disk of the artifact folder is full/,
    // Without this the signal that goes with the limit would end the server.
    through: ['sh', '-c', `trap '' XFSZ; exec "$@"`, 'sh'],
    fill: (pid, leave = 0) => limit(pid, String(greatestFile(dir) + leave)),
    free: (pid) => limit(pid, 'unlimited'),
    remove: () => removeFolder(dir),
  };
}

function greatestFile(dir: string): number {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).size));
}
