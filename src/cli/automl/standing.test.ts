import { expect, test } from 'bun:test';
import type { ScoredTrial } from '../../protocol/automl-leaderboard.ts';
import type { TrialKind } from '../../protocol/automl-record.ts';
import { standing } from './standing.ts';

let number = 0;
function trial(name: string, kind: TrialKind, validation: number, refit_of?: string): ScoredTrial {
  number++;
  return { runId: name, name, number, kind, estimator: name, validation, params: { refit_of }, metrics: {} };
}

const table = { problem_type: 'classification', primary_metric: 'f1' } as const;
const series = { problem_type: 'forecasting', primary_metric: 'mdape' } as const;

test('a trial with the best score is the best so far, and the others say nothing of their place', () => {
  const [weak, strong] = [trial('ridge-2', 'portfolio', 0.5), trial('xgboost-3', 'search', 0.6)];
  expect(standing(strong, [weak, strong], table)).toBe(', the best so far');
  expect(standing(weak, [strong, weak], table)).toBe('');
  const final = trial('final-xgboost-4', 'final', 0.6, 'xgboost-3');
  expect(standing(final, [weak, strong, final], table)).toBe(', the best so far');
});

test('one that stands first with a worse score says why', () => {
  const single = trial('xgboost-3', 'search', 0.175);
  const blend = trial('blend-14', 'blend', 0.172);
  const reason = ', ranked first: an ensemble this near xgboost-3 tends to be better on new data';
  expect(standing(blend, [single, blend], table)).toBe(reason);
  const refit = trial('final-blend-15', 'final', 0.172, 'blend-14');
  expect(standing(refit, [single, blend, refit], table)).toBe(reason);
});

test('a forecast that knows the latest steps stands before an ensemble that does not', () => {
  const [single, other, blend] = [
    trial('ets-2', 'portfolio', 0.0225),
    trial('theta-3', 'portfolio', 0.026),
    trial('blend-4', 'blend', 0.024),
  ];
  const final = trial('final-theta-5', 'final', 0.026, 'theta-3');
  expect(standing(final, [single, other, blend, final], series)).toBe(
    ', ranked first: it is near ets-2 and knows the latest steps',
  );
});
