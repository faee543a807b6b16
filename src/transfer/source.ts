/** Where things come from. What cannot be read is told to the report, and the rest goes on. */
import type { ExperimentRecord, LoggedModelRecord, RegisteredModelRecord, RunRecord } from './records.ts';

export interface ArtifactFile {
  /** Below the root of the run's or the model's artifacts. */
  readonly path: string;
  /** Undefined when it is known only at the end. */
  readonly size: number | undefined;
  open(): Promise<ReadableStream<Uint8Array>>;
}

/** Files, or why they cannot be read here. */
export type Artifacts = AsyncIterable<ArtifactFile> | { readonly unreachable: string };

/** Whose artifacts: a run, or a logged model. */
export interface ArtifactOwner {
  readonly kind: 'run' | 'logged_model';
  readonly id: string;
  readonly experimentId: string;
  readonly uri: string;
}

export interface Source {
  /** What it is, for the report. */
  readonly title: string;
  /** Ids are hashes of what is in a run, so one that is there is the same. */
  readonly idsAreHashes?: boolean;
  /** How many runs there are, as far as that is known before they are read. */
  countRuns(): Promise<number | undefined>;
  experiments(): AsyncIterable<ExperimentRecord>;
  runs(): AsyncIterable<RunRecord>;
  loggedModels(): AsyncIterable<LoggedModelRecord>;
  registeredModels(): AsyncIterable<RegisteredModelRecord>;
  artifacts(owner: ArtifactOwner): Promise<Artifacts>;
  /** Tells the report what it has that no record is made of. */
  tellLeftOut?(): Promise<void>;
  close(): Promise<void>;
}
