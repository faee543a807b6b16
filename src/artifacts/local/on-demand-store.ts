import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ArtifactEntry, ArtifactFile, ArtifactStore, WriteOptions } from '../artifact-store.ts';
import type { LocalArtifactStore, LocalStoreOptions } from './local-artifact-store.ts';
import { stagingName } from './staging.ts';

/** A `LocalArtifactStore` that is loaded when it is first needed: a server that only tracks does without 2 MiB of it. */
export class OnDemandStore implements ArtifactStore {
  readonly #root: string;
  readonly #options: LocalStoreOptions;
  #store: Promise<LocalArtifactStore> | undefined;

  constructor(root: string, options: LocalStoreOptions = {}) {
    this.#root = root;
    this.#options = options;
  }

  async list(path: string): Promise<ArtifactEntry[]> {
    return (await this.#loaded()).list(path);
  }

  async open(path: string): Promise<ArtifactFile> {
    return (await this.#loaded()).open(path);
  }

  async write(path: string, body: ReadableStream<Uint8Array> | null, options?: WriteOptions): Promise<number> {
    return (await this.#loaded()).write(path, body, options);
  }

  async delete(path: string): Promise<void> {
    return (await this.#loaded()).delete(path);
  }

  /** As `LocalArtifactStore.removeLeftovers`; where nothing is left, nothing is loaded. */
  async removeLeftovers(olderThan: number): Promise<number> {
    return hasEntries(join(this.#root, stagingName)) ? (await this.#loaded()).removeLeftovers(olderThan) : 0;
  }

  #loaded(): Promise<LocalArtifactStore> {
    return (this.#store ??= import('./local-artifact-store.ts').then(
      (module) => new module.LocalArtifactStore(this.#root, this.#options),
    ));
  }
}

function hasEntries(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    // Anything but a missing folder is told by the store itself, in its own words.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
