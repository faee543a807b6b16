import type { JsonNumber } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import type { RunStatus } from '../protocol/runs.ts';
import type { Tag } from './registered-model-store.ts';

export interface SourceRun {
  readonly run_id: string;
  readonly run_name: string;
  readonly experiment_id: string;
  readonly experiment_name: string;
  readonly lifecycle_stage: string;
  readonly status: RunStatus;
}

export interface RunMetric {
  readonly run_id: string;
  readonly key: string;
  readonly value: JsonNumber;
}

/** What views of the registry show of the runs that versions come from; deleted runs too. */
export interface SourceRuns {
  runs(reader: Reader, ids: readonly string[]): Promise<SourceRun[]>;
  /** Last values, of these keys or of all. */
  metrics(reader: Reader, ids: readonly string[], keys?: readonly string[]): Promise<RunMetric[]>;
  params(reader: Reader, ids: readonly string[]): Promise<(Tag & { run_id: string })[]>;
  tags(reader: Reader, ids: readonly string[]): Promise<(Tag & { run_id: string })[]>;
}
