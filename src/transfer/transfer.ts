/** Brings all that a source has to a target, kind after kind: what is brought later may name what came before. */
import type { ExperimentRecord, LoggedModelRecord, RegisteredModelRecord, RunRecord } from './records.ts';
import type { Source } from './source.ts';

export interface Target {
  experiment(record: ExperimentRecord): Promise<void>;
  /** May be kept until there are enough of them, or until `flush`. */
  run(record: RunRecord): Promise<void>;
  loggedModel(record: LoggedModelRecord): Promise<void>;
  registeredModel(record: RegisteredModelRecord): Promise<void>;
  flush(): Promise<void>;
  finish(): Promise<void>;
}

export interface Progress {
  /** What is being brought now, and how many there are of it, if that is known. */
  begin(what: string, total: number | undefined): void;
  one(): void;
}

export async function transfer(source: Source, target: Target, progress: Progress): Promise<void> {
  progress.begin('experiments', undefined);
  for await (const record of source.experiments()) {
    await target.experiment(record);
    progress.one();
  }
  progress.begin('runs', await source.countRuns());
  for await (const record of source.runs()) {
    await target.run(record);
    progress.one();
  }
  await target.flush();
  progress.begin('logged models', undefined);
  for await (const record of source.loggedModels()) {
    await target.loggedModel(record);
    progress.one();
  }
  await target.flush();
  progress.begin('registered models', undefined);
  for await (const record of source.registeredModels()) {
    await target.registeredModel(record);
    progress.one();
  }
  await source.tellLeftOut?.();
  await target.finish();
}
