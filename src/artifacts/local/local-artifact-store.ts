import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { artifactLog } from '../../logging/loggers.ts';
import { RefusedWrites } from '../../logging/refused-writes.ts';
import { ApiError, doesNotExist, invalidParameter } from '../../protocol/errors.ts';
import { invalidPath, resolveArtifactFilePath, resolveArtifactPath } from '../artifact-path.ts';
import type { ArtifactEntry, ArtifactFile, ArtifactStore, WriteOptions } from '../artifact-store.ts';
import { hasErrno, storageError } from './file-errors.ts';
import { lostFolder } from './lost-folder.ts';
import { openRegularFile } from './open-file.ts';
import { outsideRoot, PinnedFolder } from './pinned-folder.ts';
import { stagingName } from './staging.ts';
import { writeNewFile } from './write-stream.ts';

export interface LocalStoreOptions {
  /** Made by the caller, so that a missing one is refused. Otherwise it is made when it is first needed. */
  readonly rootIsThere?: boolean;
}

/** Artifacts in a folder of this machine. Symbolic links inside it are never followed, and not listed. */
export class LocalArtifactStore implements ArtifactStore {
  readonly #root: string;
  readonly #rootIsThere: boolean;
  readonly #refused = new RefusedWrites(artifactLog, 'artifacts');
  #realRoot: Promise<string> | undefined;

  /** It may itself be a link. */
  constructor(root: string, options: LocalStoreOptions = {}) {
    this.#root = root;
    this.#rootIsThere = options.rootIsThere === true;
  }

  async list(path: string): Promise<ArtifactEntry[]> {
    const names = namesOf(resolveArtifactPath(path));
    return this.#attempt(async (root) => {
      const folder = await orMissing(PinnedFolder.open(root, names));
      if (folder === undefined) return [];
      try {
        // The folder may be deleted while it is held open; then it holds nothing.
        const items = (await orMissing(readdir(folder.at(), { withFileTypes: true }))) ?? [];
        const shown = items.filter((item) => names.length > 0 || !isStaging(item.name));
        const entries = await Promise.all(shown.map((item) => entryOf(folder, names, item.name)));
        return entries.filter((entry) => entry !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
      } finally {
        await folder.close();
      }
    });
  }

  async open(path: string): Promise<ArtifactFile> {
    const clean = resolveArtifactPath(path);
    const { folder: names, name } = splitPath(clean);
    return this.#attempt(async (root) => {
      if (name === '') throw isFolder(clean);
      const folder = await orMissing(PinnedFolder.open(root, names));
      if (folder === undefined) throw doesNotExist(`No such artifact: '${clean}'`);
      try {
        const file = await orMissing(openRegularFile(folder.at(name)));
        if (file !== undefined) return file;
        const facts = await orMissing(lstat(folder.at(name)));
        throw facts?.isDirectory() === true ? isFolder(clean) : doesNotExist(`No such artifact: '${clean}'`);
      } catch (error) {
        throw hasErrno(error, 'ELOOP') ? outsideRoot() : error;
      } finally {
        await folder.close();
      }
    });
  }

  async write(path: string, body: ReadableStream<Uint8Array> | null, options: WriteOptions = {}): Promise<number> {
    try {
      const clean = resolveArtifactFilePath(path);
      const { folder: names, name } = splitPath(clean);
      return await this.#attempt(async (root) => {
        await refuseBeforeUpload(root, names, name);
        const staging = await PinnedFolder.create(root, [stagingName], 0o700);
        const staged = staging.at(crypto.randomUUID());
        try {
          const size = await writeNewFile(staged, body, options.expectedSize);
          await publish(root, names, name, staged);
          this.#refused.worked();
          return size;
        } catch (error) {
          await rm(staged, { force: true });
          throw error;
        } finally {
          await staging.close();
        }
      });
    } catch (error) {
      this.#note(error);
      // Refused before it was read: tell the sender to stop. Ended or aborted streams do not mind.
      if (body !== null && !body.locked) await body.cancel().catch(() => undefined);
      throw error;
    }
  }

  async delete(path: string): Promise<void> {
    const { folder: names, name } = splitPath(resolveArtifactPath(path));
    if (name === '') throw invalidPath();
    await this.#attempt(async (root) => {
      const folder = await orMissing(PinnedFolder.open(root, names));
      if (folder === undefined) return;
      const staging = await PinnedFolder.create(root, [stagingName], 0o700);
      try {
        // First out of sight at once, then piece by piece, where no client can reach it any more.
        const trash = staging.at(crypto.randomUUID());
        const moved = await orMissing(rename(folder.at(name), trash).then(() => true));
        if (moved === true) await rm(trash, { recursive: true, force: true });
      } finally {
        await Promise.all([folder.close(), staging.close()]);
      }
    });
  }

  /** Removes what a crash left of uploads and deletions begun before `olderThan` (ms since 1970). */
  async removeLeftovers(olderThan: number): Promise<number> {
    return this.#attempt(async (root) => {
      const staging = await orMissing(PinnedFolder.open(root, [stagingName]));
      if (staging === undefined) return 0;
      try {
        let removed = 0;
        for (const name of await readdir(staging.at())) {
          const facts = await orMissing(lstat(staging.at(name)));
          // ctime: a moved folder keeps its old mtime.
          if (facts === undefined || facts.ctimeMs >= olderThan) continue;
          await rm(staging.at(name), { recursive: true, force: true });
          removed++;
        }
        return removed;
      } finally {
        await staging.close();
      }
    });
  }

  async #attempt<T>(work: (realRoot: string) => Promise<T>): Promise<T> {
    try {
      this.#realRoot ??= this.#findRoot();
      const root = await this.#realRoot.catch((error: unknown) => {
        this.#realRoot = undefined;
        throw error;
      });
      return await work(root);
    } catch (error) {
      if (hasErrno(error, 'ENOENT') && this.#rootIsThere && !existsSync(this.#root)) throw lost(error);
      throw storageError(error);
    }
  }

  async #findRoot(): Promise<string> {
    if (!this.#rootIsThere) await mkdir(this.#root, { recursive: true });
    return realpath(this.#root);
  }

  /** Tells the log of what keeps uploads from being stored, not of what is wrong with one of them. */
  #note(error: unknown): void {
    if (!(error instanceof ApiError) || error.code !== 'TEMPORARILY_UNAVAILABLE') return;
    const cause = error.cause instanceof Error ? ` ${error.cause.message}` : '';
    this.#refused.refused(error.message.replace(/\.$/, ''), `Their folder is ${this.#root}.${cause}`);
  }
}

function lost(cause: unknown): ApiError {
  return new ApiError('TEMPORARILY_UNAVAILABLE', `Nothing was stored or read: ${lostFolder}.`, { cause });
}

function namesOf(clean: string): string[] {
  const names = clean === '' ? [] : clean.split('/');
  if (isStaging(names[0] ?? '')) throw invalidPath();
  return names;
}

function splitPath(clean: string): { folder: string[]; name: string } {
  const names = namesOf(clean);
  return { folder: names.slice(0, -1), name: names.at(-1) ?? '' };
}

function isStaging(name: string): boolean {
  // Some file systems do not tell upper from lower case.
  return name.toLowerCase() === stagingName;
}

function isFolder(path: string): Error {
  return invalidParameter(`Artifact path refers to a directory, not a file: '${path}'`);
}

async function orMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function entryOf(folder: PinnedFolder, names: string[], name: string): Promise<ArtifactEntry | undefined> {
  const facts = await orMissing(lstat(folder.at(name)));
  if (facts === undefined || !(facts.isFile() || facts.isDirectory())) return undefined;
  const isDir = facts.isDirectory();
  return { path: [...names, name].join('/'), name, isDir, size: isDir ? 0 : facts.size };
}

/** What is sure to fail is refused before gigabytes are sent; folders are made only when the upload is complete. */
async function refuseBeforeUpload(root: string, names: string[], name: string): Promise<void> {
  let folder: PinnedFolder;
  try {
    folder = await PinnedFolder.open(root, names);
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return;
    throw targetError(error, name);
  }
  try {
    const facts = await orMissing(lstat(folder.at(name)));
    if (facts?.isDirectory() === true) throw isFolderAlready(name);
  } finally {
    await folder.close();
  }
}

async function publish(root: string, names: string[], name: string, staged: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    let folder: PinnedFolder | undefined;
    try {
      folder = await PinnedFolder.create(root, names);
      return await rename(staged, folder.at(name));
    } catch (error) {
      // The folder was deleted between the two steps.
      if (tries < 3 && hasErrno(error, 'ENOENT')) continue;
      throw targetError(error, name);
    } finally {
      await folder?.close();
    }
  }
}

function targetError(error: unknown, name: string): unknown {
  if (hasErrno(error, 'ENOTDIR')) return invalidParameter('Invalid path: a part of it is a file, not a directory');
  if (hasErrno(error, 'EISDIR', 'EEXIST', 'ENOTEMPTY')) return isFolderAlready(name);
  return error;
}

function isFolderAlready(name: string): Error {
  return invalidParameter(`Invalid path: '${name}' is a directory already`);
}
