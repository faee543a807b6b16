/** What is tried of a table, and what is combined: told by plans alone. */
import { expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import { tabularProblem } from '../../../src/automl/tabular/tabular-problem.ts';
import type { Proposal } from '../../../src/automl/worker/worker.ts';
import type { SemanticType } from '../../../src/protocol/automl-record.ts';
import { column, tableContext } from './support/table-context.ts';

function contextOf(...semantics: readonly SemanticType[]): SearchContext {
  return tableContext(semantics.map((semantic, at) => column(`x${at}`, semantic)));
}

const context = contextOf('numeric');
const binary: SearchContext = {
  ...context,
  config: { ...context.config, problem_type: 'classification', primary_metric: 'f1' },
  profile: {
    ...context.profile,
    target: { kind: 'binary', classes: ['no', 'yes'], counts: [500, 500], positive: 'yes' },
  } as SearchContext['profile'],
};
let number = 0;

function trial(estimator: string, validation: number, fitSeconds: number): FinishedTrial {
  const name = `${estimator}-${++number}`;
  const costs = { metrics: { fit_seconds: fitSeconds }, seconds: fitSeconds };
  return {
    name,
    number,
    runId: name,
    kind: 'search',
    framework: 'sklearn',
    estimator,
    params: {},
    validation,
    ...costs,
  };
}

const trials = [
  trial('Ridge', 4, 0.1),
  trial('LGBMRegressor', 1, 3),
  trial('LGBMRegressor', 2, 1),
  trial('MLPRegressor', 3, 20),
  trial('SVR', 3.5, 2),
];
const membersWithin = (seconds?: number): string[] =>
  (tabularProblem.ensembles(trials, context, seconds)[0]?.bases ?? []).map(({ estimator }) => estimator);

test('the best of each learner is combined first, and what cannot be fitted again in the time left is not', () => {
  expect(membersWithin()).toEqual(['LGBMRegressor', 'MLPRegressor', 'SVR', 'Ridge', 'LGBMRegressor']);
  expect(membersWithin(6)).toEqual(['LGBMRegressor', 'SVR', 'Ridge']);
  // Without the best they are worse together than it is alone.
  expect(membersWithin(2.5)).toEqual([]);
  expect(membersWithin(0.05)).toEqual([]);
});

test('a model that is named twice is combined once, with the sum of its weights, best first', () => {
  const [a, b] = [trial('Ridge', 4, 1), trial('SVR', 3, 1)];
  const plan = tabularProblem.combinedPlan?.({ kind: 'blend', bases: [a, a, b], weights: [1, 2, 4] }, context);
  expect(plan).toMatchObject({ bases: [b, a], params: { weights: '4, 3' } });
  const twice = { kind: 'blend', bases: [a, a] } as const;
  expect(() => tabularProblem.combinedPlan?.(twice, context)).toThrow('two models or more');
  expect(() => forecastProblem.combinedPlan?.(twice, context)).toThrow('two models or more');
});

test('nothing is made of a final model, which has seen the test rows', () => {
  const final = { ...trial('Ridge', 1, 1), kind: 'final' as const };
  expect(tabularProblem.finalPlan(final, context)).toBeUndefined();
  expect(forecastProblem.finalPlan(final, context)).toBeUndefined();
  const threshold = { kind: 'threshold', metric: 'f1' } as const;
  expect(() => tabularProblem.derivedPlan?.(final, threshold, binary)).toThrow('fitted to all rows');
  const cells = tabularProblem.testNotebook([final, trials[0]!], context).cells.map(({ source }) => source);
  expect(cells.join()).toContain(trials[0]!.runId);
  expect(cells.join()).not.toContain(final.runId);
});

test('a threshold is chosen by rows with their weights', () => {
  const config = { ...binary.config, sample_weight_col: 'w' };
  const plan = tabularProblem.derivedPlan?.(trials[0]!, { kind: 'threshold', metric: 'f1' }, binary);
  const codeOf = (used: SearchContext): string =>
    tabularProblem
      .trialNotebook({ ...plan!, number: 9 }, used)
      .cells.map(({ source }) => source)
      .join('\n');
  const chosen = 'best_threshold(actual, predicted[:, positive]';
  expect(codeOf({ ...binary, config })).toContain(`${chosen}, weight[validated])`);
  expect(codeOf(binary)).toContain(`${chosen})`);
});

test('a blend begins with the best of each learner', () => {
  const [plan] = tabularProblem.ensembles(trials, context);
  const { cells } = tabularProblem.trialNotebook({ ...plan!, number: 9 }, context);
  expect(cells.map(({ source }) => source).join('\n')).toContain('LEADERS = [0, 1, 2, 3]');
});

/** Configurations of a learner. @param profile what differs from the usual one */
function triedOf(learner: string, profile: object, from = context): readonly Proposal['params'][] {
  const changed = { ...from, profile: { ...from.profile, ...profile } } as SearchContext;
  return tabularProblem.portfolio(changed).flatMap(({ estimator, params }) => (estimator === learner ? [params] : []));
}

test('a forest of many rows has fewer and smaller trees', () => {
  const forestOf = (rows: number): unknown => triedOf('ExtraTreesRegressor', { development_rows: rows })[0];
  expect(forestOf(1000)).toMatchObject({ n_estimators: 200, min_samples_leaf: 1 });
  expect(forestOf(20_000)).toMatchObject({ n_estimators: 50, min_samples_leaf: 2 });
  const ofClasses = triedOf('ExtraTreesClassifier', { development_rows: 20_000 }, binary)[0];
  expect(ofClasses).toMatchObject({ n_estimators: 100, min_samples_leaf: 8 });
});

test('a booster of many rows grows more trees for a number, while the time is not too short for them', () => {
  const deepOf = (learner: string, rows: number, from?: SearchContext): unknown =>
    triedOf(learner, { development_rows: rows }, from).find(({ max_depth }) => Number(max_depth) >= 8)?.[
      'n_estimators'
    ];
  const largeOf = (learner: string, rows: number, from?: SearchContext): unknown =>
    triedOf(learner, { development_rows: rows }, from).find(({ num_leaves }) => num_leaves === 63)?.['n_estimators'];
  expect([deepOf('XGBRegressor', 1000), largeOf('LGBMRegressor', 1000)]).toEqual([300, 400]);
  expect([deepOf('XGBRegressor', 20_000), largeOf('LGBMRegressor', 20_000)]).toEqual([600, 800]);
  expect(largeOf('LGBMRegressor', 20_000_000)).toBe(400);
  expect(largeOf('LGBMClassifier', 20_000, binary)).toBe(400);
});

test('of many values in little time boosters are tried before what takes long', () => {
  const orderOf = (rows: number): string[] => {
    const profile = { ...context.profile, development_rows: rows } as SearchContext['profile'];
    return tabularProblem.portfolio({ ...context, profile }).map(({ estimator }) => estimator);
  };
  const [few, many] = [orderOf(1000), orderOf(4000 * context.config.timeout_seconds)];
  expect(few.slice(2, 5)).toEqual(['LGBMRegressor', 'ExtraTreesRegressor', 'MLPRegressor']);
  expect(many.slice(2, 5)).toEqual(['LGBMRegressor', 'XGBRegressor', 'LGBMRegressor']);
});

test('the logarithm of a number is learnt where there is one', () => {
  const ways = (min: number): unknown[] =>
    triedOf('LGBMRegressor', { target: { kind: 'number', min, max: 9, mean: 5 } }).flatMap(
      ({ target }) => target ?? [],
    );
  expect([ways(1), ways(0), ways(-1)]).toEqual([['log'], [], []]);
});

test('a way of making columns ready is tried when there are columns for it', () => {
  const waysOf = (...columns: readonly SemanticType[]): string[] => {
    const known = tabularProblem.portfolio(contextOf(...columns)).flatMap(({ params }) => params['features'] ?? []);
    return [...new Set(known.map(String))].toSorted();
  };
  expect(waysOf('numeric')).toEqual(['scaled', 'splines']);
  expect(waysOf('categorical')).toEqual(['one-hot', 'scaled']);
  // True and false are numbers to trees either way: the same model twice.
  expect(waysOf('boolean')).toEqual(['scaled']);
});
