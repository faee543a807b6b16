import { resolveArtifactPath } from './artifact-path.ts';
import type { ArtifactEntry, ArtifactFile, ArtifactStore, WriteOptions } from './artifact-store.ts';

/** A folder of a store, seen as a store of its own: a run's artifacts within the destination. */
export class ArtifactFolder implements ArtifactStore {
  readonly #store: ArtifactStore;
  readonly #folder: string;

  constructor(store: ArtifactStore, folder: string) {
    this.#store = store;
    this.#folder = resolveArtifactPath(folder);
  }

  async list(path: string): Promise<ArtifactEntry[]> {
    const entries = await this.#store.list(this.#within(path));
    if (this.#folder === '') return entries;
    return entries.map((entry) => ({ ...entry, path: entry.path.slice(this.#folder.length + 1) }));
  }

  async open(path: string): Promise<ArtifactFile> {
    return this.#store.open(this.#within(path));
  }

  async write(path: string, body: ReadableStream<Uint8Array> | null, options?: WriteOptions): Promise<number> {
    // The slash at the end, if any, must reach the store: it makes the path no file.
    const within = this.#within(path);
    return this.#store.write(/(^|\/)\.?$/.test(path) ? `${within}/` : within, body, options);
  }

  /** '' deletes the folder itself. */
  async delete(path: string): Promise<void> {
    return this.#store.delete(this.#within(path));
  }

  /** Resolved before it is joined, so it cannot climb out of the folder. */
  #within(path: string): string {
    const clean = resolveArtifactPath(path);
    if (this.#folder === '') return clean;
    return clean === '' ? this.#folder : `${this.#folder}/${clean}`;
  }
}
