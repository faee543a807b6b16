import type { Reader, Writer } from '../database/database.ts';

/** What the registry needs to know of tracking: where runs and logged models keep their files. */
export interface ModelSources {
  /** The run's artifact root; undefined when there is no such run. */
  runArtifactUri(reader: Reader, runId: string): Promise<string | undefined>;
  /** Where a logged model's files are and which run made it ('' for none); undefined when there is no such model. */
  loggedModel(reader: Reader, modelId: string): Promise<{ artifactUri: string; sourceRunId: string } | undefined>;
  /** Notes on a logged model that it was registered. */
  noteRegistration(writer: Writer, modelId: string, name: string, version: number): Promise<void>;
}
