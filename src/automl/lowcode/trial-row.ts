/** A trial as a program of another language is told of it. */
import type { TrialKind } from '../../protocol/automl-record.ts';
import type { FinishedTrial } from '../problem.ts';
import type { Proposal } from '../worker/worker.ts';

export interface TrialRow {
  readonly run_id: string;
  readonly name: string;
  readonly kind: TrialKind;
  readonly estimator: string;
  readonly params: Proposal['params'];
  readonly validation: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export function rowOf({ runId, name, kind, estimator, params, validation, metrics }: FinishedTrial): TrialRow {
  return { run_id: runId, name, kind, estimator, params, validation, metrics };
}
