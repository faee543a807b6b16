/** Copies the artifacts of a run or a logged model into a store; what is there already with the same size stays. */
import type { ArtifactEntry, ArtifactStore } from '../artifacts/artifact-store.ts';
import { ApiError } from '../protocol/errors.ts';
import { reasonOf, type Report } from './report.ts';
import type { ArtifactFile } from './source.ts';

export interface CopyOptions {
  readonly store: ArtifactStore;
  /** Run or logged model, for the report. */
  readonly owner: string;
  readonly report: Report;
  /** Its owner was brought before: what is there under the same name and is another is left. */
  readonly isThere: boolean;
  readonly dryRun: boolean;
}

export async function copyArtifacts(files: AsyncIterable<ArtifactFile>, options: CopyOptions): Promise<void> {
  const folders = new Folders(options.store);
  for await (const file of files) {
    try {
      await copy(file, folders, options);
    } catch (error) {
      // A full disk fails every file that follows, and the owner must not count as brought.
      if (error instanceof ApiError && error.code === 'TEMPORARILY_UNAVAILABLE') throw error;
      options.report.add('artifact_file', `${options.owner}/${file.path}`, 'failed', reasonOf(error));
    }
  }
}

async function copy(file: ArtifactFile, folders: Folders, options: CopyOptions): Promise<void> {
  const { store, owner, report, isThere, dryRun } = options;
  const there = await folders.find(file.path);
  if (there && (file.size === undefined || file.size === there.size)) return report.count('artifact_file', 'there');
  if (there && isThere) {
    return report.add('artifact_file', `${owner}/${file.path}`, 'differs', 'another file of this name is there');
  }
  if (!dryRun) await store.write(file.path, await file.open(), { expectedSize: file.size });
  report.count('artifact_file', 'brought');
}

/** What the folders of a store hold, each read once. */
class Folders {
  readonly #store: ArtifactStore;
  readonly #lists = new Map<string, readonly ArtifactEntry[]>();

  constructor(store: ArtifactStore) {
    this.#store = store;
  }

  async find(path: string): Promise<ArtifactEntry | undefined> {
    const [, folder = '', name = path] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    let list = this.#lists.get(folder);
    if (!list) this.#lists.set(folder, (list = await this.#store.list(folder)));
    return list.find((entry) => !entry.isDir && entry.name === name);
  }
}
