/** Trials as they rank. */
import type { AutomlConfig } from '../../../src/protocol/automl-config.ts';
import { isBetter, ranked } from '../../../src/protocol/automl-leaderboard.ts';
import { costMetrics, typicalNameOf, type TrialFailure, type TrialKind } from '../../../src/protocol/automl-record.ts';
import type { RunStatus } from '../../../src/protocol/runs.ts';

export { isBetter };

export interface Trial {
  readonly runId: string;
  readonly name: string;
  /** In the order in which they began. */
  readonly number: number;
  readonly status: RunStatus;
  readonly kind: TrialKind;
  readonly estimator: string;
  readonly framework: string;
  readonly started: number;
  readonly ended: number | undefined;
  readonly training: number | undefined;
  readonly validation: number | undefined;
  readonly test: number | undefined;
  readonly fitSeconds: number | undefined;
  readonly predictMs: number | undefined;
  readonly modelBytes: number | undefined;
  /** Of a blend: how many models have a weight. */
  readonly members: number | undefined;
  /** Of a forecast: its validation where a window of the backtest like no other counts little. */
  readonly typical: number | undefined;
  /** Of a final model: the run of the trial that it is made of. */
  readonly refitOf: string | undefined;
  readonly failure: TrialFailure | undefined;
  readonly message: string;
  readonly reproduced: boolean;
}

export interface RankedTrial extends Trial {
  /** From 1 on; undefined for one without a value. */
  readonly rank: number | undefined;
}

/** The best first; then what has no value: what runs, what failed. */
export function rankedTrials(trials: readonly Trial[], goal: AutomlConfig): RankedTrial[] {
  const scored = trials.flatMap(({ status, validation, typical, predictMs, members, refitOf, ...trial }) =>
    status === 'FINISHED' && validation !== undefined
      ? [
          {
            ...trial,
            status,
            validation,
            typical,
            predictMs,
            members,
            refitOf,
            params: refitOf === undefined ? {} : { refit_of: refitOf },
            metrics: {
              ...(typical !== undefined && { [typicalNameOf(goal)]: typical }),
              ...(predictMs !== undefined && { [costMetrics.predictMs]: predictMs }),
              ...(members !== undefined && { [costMetrics.members]: members }),
            },
          },
        ]
      : [],
  );
  const known = new Set(scored.map(({ runId }) => runId));
  const running = ({ status }: Trial): number => Number(status === 'RUNNING');
  return [
    ...ranked(scored, goal).map((trial, place) => ({ ...trial, rank: place + 1 })),
    ...trials
      .filter(({ runId }) => !known.has(runId))
      .toSorted((a, b) => running(b) - running(a))
      .map((trial) => ({ ...trial, rank: undefined })),
  ];
}
