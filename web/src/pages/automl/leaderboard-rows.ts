/** The order of the leaderboard, as the reader wants it. */
import type { RankedTrial } from '../../api/automl-ranking.ts';

export const trialOrders = [
  'rank',
  'name',
  'state',
  'estimator',
  'kind',
  'validation',
  'test',
  'training',
  'fit',
  'predict',
  'size',
  'started',
] as const;
export type TrialOrder = (typeof trialOrders)[number];

const values: Readonly<Record<TrialOrder, (trial: RankedTrial) => string | number | undefined>> = {
  rank: ({ rank }) => rank,
  name: ({ name }) => name,
  state: ({ status }) => status,
  estimator: ({ estimator }) => estimator,
  kind: ({ kind }) => kind,
  validation: ({ validation }) => validation,
  test: ({ test }) => test,
  training: ({ training }) => training,
  fit: ({ fitSeconds }) => fitSeconds,
  predict: ({ predictMs }) => predictMs,
  size: ({ modelBytes }) => modelBytes,
  started: ({ number }) => number,
};

/** `lightgbm-2` before `lightgbm-10`. */
const byWords = new Intl.Collator(undefined, { numeric: true });

/** What has no value stands last in either direction, in the order of the ranking. */
export function sortedTrials(trials: readonly RankedTrial[], order: TrialOrder, ascending: boolean): RankedTrial[] {
  const value = values[order];
  const sign = ascending ? 1 : -1;
  const [having, without] = [
    trials.filter((trial) => value(trial) !== undefined),
    trials.filter((trial) => value(trial) === undefined),
  ];
  return [
    ...having.toSorted((a, b) => {
      const [one, other] = [value(a), value(b)];
      return typeof one === 'number' && typeof other === 'number'
        ? sign * (one - other)
        : sign * byWords.compare(String(one), String(other));
    }),
    ...without,
  ];
}
