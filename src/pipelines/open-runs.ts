/** The runs that a build has begun and not ended, kept on disk: the next build ends those of one that was killed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { updateRun } from '../protocol/runs.ts';
import { call } from '../sdk/call.ts';
import type { Settings } from '../sdk/settings.ts';
import { stateFolder, writeWhole } from './state-folder.ts';

interface Kept {
  readonly server: string;
  readonly runIds: readonly string[];
}

export class OpenRuns {
  readonly #file: string;
  readonly #server: string;
  readonly #runIds = new Set<string>();

  constructor(folder: string, { baseUrl }: Settings) {
    this.#file = join(stateFolder(folder), 'open-runs.json');
    this.#server = baseUrl;
  }

  begun(runId: string): void {
    this.#runIds.add(runId);
    this.#keep();
  }

  ended(runId: string): void {
    this.#runIds.delete(runId);
    this.#keep();
  }

  #keep(): void {
    const kept: Kept = { server: this.#server, runIds: [...this.#runIds] };
    try {
      if (this.#runIds.size === 0) rmSync(this.#file, { force: true });
      else writeWhole(this.#file, JSON.stringify(kept));
    } catch {
      // On a full disk it is not known what a build that is killed leaves; the build itself knows its runs.
    }
  }

  /** Of a build that has gone: only who holds the lock of the folder may call this. */
  async endLost(settings: Settings): Promise<void> {
    for (const runId of this.#lost()) {
      // Somebody may have deleted it.
      await call(settings, updateRun, { run_id: runId, status: 'KILLED', end_time: Date.now() }).catch(() => undefined);
    }
    rmSync(this.#file, { force: true });
  }

  #lost(): readonly string[] {
    try {
      const { server, runIds = [] } = JSON.parse(readFileSync(this.#file, 'utf8')) as Partial<Kept>;
      return server === this.#server ? runIds : [];
    } catch {
      // There are none, or nobody knows them any more.
      return [];
    }
  }
}
