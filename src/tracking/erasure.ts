/**
 * Erasing for good, for the server's methods and for `modelyard gc`.
 *
 * Artifacts go first, rows last: a row is all that tells where its artifacts lie. A process that is killed between the
 * two leaves something deleted that still names its folder, half or wholly gone, and the same call again takes the
 * rest. The other way round the files would stay for ever, and nobody would know whose they are. What goes early was
 * asked to go: each folder only after a look that its owner is still deleted.
 *
 * Rows go in sessions of their own, each of some thousand rows, so that other writers get in between.
 *
 * What holds files that a registered version needs stays, and so does the experiment around it.
 */
import { doesNotExist, invalidParameter } from '../protocol/errors.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { eraseArtifacts, tidyLocation, type ArtifactHome, type Owner } from './erasure-artifacts.ts';
import * as store from './erasure-store.ts';
import { findExperiment, type ExperimentRow } from './experiment-store.ts';
import { lifecycle } from './lifecycle.ts';

export interface ErasureParts {
  readonly database: Database;
  readonly artifacts: ArtifactHome | undefined;
  /** The runs and logged models whose files registered versions need, by their ids. */
  readonly filesInUse: (reader: Reader) => Promise<FilesInUse>;
  /** Whether they need those of one by now: somebody may register what goes. */
  readonly hasFilesInUse: (reader: Reader, id: string) => Promise<boolean>;
  /** Between two sessions, for writers in other processes. */
  readonly pause?: () => Promise<void>;
  /** Hears of each thing that is gone, and of artifacts that stay because they lie elsewhere. */
  readonly onErased?: (kind: ErasedKind, id: string) => void;
  readonly onKept?: (artifactUri: string) => void;
  /** Hears of each thing that stays because of a registered version; of some more than once. */
  readonly onNeeded?: (kind: ErasedKind, id: string, by: RegisteredVersion) => void;
}

export type ErasedKind = 'run' | 'logged_model' | 'experiment';

export interface RegisteredVersion {
  readonly name: string;
  readonly version: number;
}

export type FilesInUse = ReadonlyMap<string, RegisteredVersion>;

type MayGo<Thing = { readonly uuid: string }> = (reader: Reader, thing: Thing) => Promise<boolean>;

const runsTogether = 100;
/** Some 10 ms of work. */
const rowsInSession = 2000;
const foldersTogether = 4;

export class Erasure {
  readonly #parts: ErasureParts;

  constructor(parts: ErasureParts) {
    this.#parts = parts;
  }

  /** Erases deleted runs; one that is active by now stays. */
  async runs(uuids: readonly string[]): Promise<void> {
    for (let from = 0; from < uuids.length; from += runsTogether) {
      const some = uuids.slice(from, from + runsTogether);
      const { things, inUse } = await this.#readWithUse((reader) => store.runsByUuid(reader, some));
      await this.#runs(things, inUse, undefined);
    }
  }

  /** Erases deleted logged models; one that is active by now stays. */
  async models(uuids: readonly string[]): Promise<void> {
    for (let from = 0; from < uuids.length; from += runsTogether) {
      const some = uuids.slice(from, from + runsTogether);
      const { things, inUse } = await this.#readWithUse((reader) => store.modelsByUuid(reader, some));
      const deleted = things.filter((model) => model.lifecycle === lifecycle.deleted);
      await this.#models(deleted, inUse, (reader, { uuid }) => isDeleted(store.modelsByUuid(reader, [uuid])));
    }
  }

  /**
   * Erases at most `mostRuns` runs of a deleted experiment, and the experiment when none is left; how many are left,
   * besides those that stay.
   */
  async experiment(id: number, mostRuns = Infinity): Promise<number> {
    for (let room = mostRuns; ;) {
      const { things, inUse } = await this.#readWithUse(async (reader, used) => {
        await deletedExperiment(reader, id);
        return store.runsOfExperiment(reader, id, used.keys(), Math.min(room, runsTogether));
      });
      if (things.length === 0) break;
      await this.#runs(things, inUse, id);
      room -= things.length;
    }
    const left = await this.#read(async (reader) =>
      store.countRunsOf(reader, id, (await this.#parts.filesInUse(reader)).keys()),
    );
    if (left > 0) return left;
    await this.#emptyExperiment(id);
    return 0;
  }

  async #emptyExperiment(id: number): Promise<void> {
    for (;;) {
      const { things, inUse } = await this.#readWithUse(async (reader, used) => {
        await deletedExperiment(reader, id);
        return store.modelsOfExperiment(reader, id, used.keys(), runsTogether);
      });
      if (things.length === 0) break;
      await this.#models(things, inUse, stillDeleted(id));
    }
    if (await this.#staysForVersions(id)) return;
    while ((await this.#write((writer) => store.eraseDatasets(writer, id, rowsInSession))) > 0);
    const { artifact_location: location } = await this.#read((reader) => deletedExperiment(reader, id));
    await tidyLocation(this.#parts.artifacts, location);
    await this.#write(async (writer) => {
      await deletedExperiment(writer, id);
      await store.eraseExperimentRow(writer, id);
    });
    this.#parts.onErased?.('experiment', String(id));
  }

  async #staysForVersions(id: number): Promise<boolean> {
    const needed = await this.#read(async (reader) =>
      neededOfExperiment(reader, id, await this.#parts.filesInUse(reader)),
    );
    for (const { kind, id: thing, by } of needed) this.#needed(kind, thing, by);
    const [first] = needed;
    if (first) this.#needed('experiment', String(id), first.by);
    return first !== undefined;
  }

  /** @param experiment the one that goes, and with it whatever is in it */
  async #runs(runs: readonly store.DoomedRun[], inUse: FilesInUse, experiment: number | undefined): Promise<void> {
    const isGoing: MayGo =
      experiment === undefined
        ? (reader, { uuid }) => isDeleted(store.runsByUuid(reader, [uuid]))
        : stillDeleted(experiment);
    const deleted = runs.filter((run) => experiment !== undefined || run.lifecycle === lifecycle.deleted);
    const doomed = this.#without(inUse, 'run', deleted);
    const models = await this.#read((reader) =>
      store.modelsOfRuns(
        reader,
        doomed.map(({ uuid }) => uuid),
      ),
    );
    await this.#models(models, inUse, (reader, { source_run_id: uuid }) => isGoing(reader, { uuid }));
    for (let rest = await this.#artifactsOf(doomed, isGoing); rest.length > 0;) {
      const now = rest;
      const { erased, seen } = await this.#write((writer) => store.eraseRunRows(writer, now, rowsInSession, isGoing));
      for (const uuid of erased) this.#parts.onErased?.('run', uuid);
      rest = now.slice(seen);
    }
  }

  /** Erases logged models. One that was registered outlives its run: code elsewhere loads it by its version. */
  async #models(
    all: readonly store.DoomedModel[],
    inUse: FilesInUse,
    isGoing: MayGo<store.DoomedModel>,
  ): Promise<void> {
    if (all.length === 0) return;
    const going = await this.#artifactsOf(this.#without(inUse, 'logged_model', all), isGoing);
    const erased = await this.#write((writer) => store.eraseModelRows(writer, going, isGoing));
    for (const uuid of erased) this.#parts.onErased?.('logged_model', uuid);
  }

  #without<Thing extends Owner>(inUse: FilesInUse, kind: ErasedKind, things: readonly Thing[]): Thing[] {
    return things.filter(({ uuid }) => {
      const by = inUse.get(uuid);
      if (by) this.#needed(kind, uuid, by);
      return by === undefined;
    });
  }

  #needed(kind: ErasedKind, id: string, by: RegisteredVersion): void {
    this.#parts.onNeeded?.(kind, id, by);
  }

  /** Those whose artifacts went, or lie elsewhere. Each is looked at before: it may have been restored or registered. */
  async #artifactsOf<Thing extends Owner>(owners: readonly Thing[], isGoing: MayGo<Thing>): Promise<readonly Thing[]> {
    const { artifacts, onKept, hasFilesInUse } = this.#parts;
    const mayGo: MayGo<Thing> = async (reader, owner) =>
      (await isGoing(reader, owner)) && !(await hasFilesInUse(reader, owner.uuid));
    const waiting = owners.values();
    const going = new Set<Thing>();
    const worker = async (): Promise<void> => {
      for (const owner of waiting) {
        if (!(await this.#read((reader) => mayGo(reader, owner)))) continue;
        going.add(owner);
        if (!(await eraseArtifacts(artifacts, owner.artifact_uri, owner.uuid))) onKept?.(owner.artifact_uri);
      }
    };
    await Promise.all(Array.from({ length: foldersTogether }, worker));
    return owners.filter((owner) => going.has(owner));
  }

  /** What is to go, and whose files are in use by then; each is looked at again before its own go. */
  #readWithUse<Thing>(
    find: (reader: Reader, inUse: FilesInUse) => Promise<readonly Thing[]>,
  ): Promise<{ things: readonly Thing[]; inUse: FilesInUse }> {
    return this.#read(async (reader) => {
      const inUse = await this.#parts.filesInUse(reader);
      return { things: await find(reader, inUse), inUse };
    });
  }

  #read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#parts.database.read(work);
  }

  async #write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    const result = await this.#parts.database.write(work);
    await this.#parts.pause?.();
    return result;
  }
}

/** Asked right before something goes: it may have been restored since. */
async function isDeleted(rows: Promise<readonly { lifecycle: number }[]>): Promise<boolean> {
  return (await rows).some((row) => row.lifecycle === lifecycle.deleted);
}

function stillDeleted(experiment: number) {
  return async (reader: Reader): Promise<boolean> => (await deletedExperiment(reader, experiment)).id === experiment;
}

/** What of an experiment registered versions need. */
export async function neededOfExperiment(
  reader: Reader,
  id: number,
  inUse: FilesInUse,
): Promise<{ kind: ErasedKind; id: string; by: RegisteredVersion }[]> {
  const things = await store.thingsOfExperiment(reader, id, inUse.keys());
  return things.flatMap((thing) => {
    const by = inUse.get(thing.id);
    return by ? [{ ...thing, by }] : [];
  });
}

/** The experiment, which must be deleted and not the default one. */
export async function deletedExperiment(reader: Reader, id: number): Promise<ExperimentRow> {
  const row = await findExperiment(reader, id);
  if (!row) throw doesNotExist(`No Experiment with id=${id} exists`);
  if (id === 0) throw invalidParameter('The default experiment cannot be erased: clients count on it.');
  if (row.lifecycle !== lifecycle.deleted) {
    throw invalidParameter(`The experiment ${id} is active. Delete it first: only what is deleted can be erased.`);
  }
  return row;
}
