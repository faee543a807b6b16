/**
 * Configurations that are known to do well. Ensembles live on models that err differently, so that every family comes
 * early: of two trials that cost the same the one of a new family brings more than the better of a known one.
 */
import type { SemanticType } from '../../protocol/automl-record.ts';
import type { Proposal } from '../worker/worker.ts';
import { modelOf } from './models.ts';
import { columnGroups, type Task } from './task.ts';

type Entry = readonly [estimator: string, params: Proposal['params']];

export function portfolioOf(task: Task): (Proposal & { kind: 'baseline' | 'portfolio' })[] {
  const { exclude_frameworks } = task.context.config;
  const [baseline, entries] =
    task.kind === 'regression'
      ? (['DummyRegressor', regression] as const)
      : (['DummyClassifier', [...classification, ...(isImbalanced(task) ? imbalanced : [])]] as const);
  return [
    { estimator: baseline, params: task.kind === 'regression' ? {} : { strategy: 'prior' }, kind: 'baseline' },
    ...(task.crossValidated && valuesPerSecond(task) > handful ? slowOnesLater(entries) : entries)
      .filter(([estimator, params]) => {
        const { framework, mostRows = Infinity } = modelOf(estimator);
        return !exclude_frameworks.includes(framework) && task.rows <= mostRows && isOfUse(params, task);
      })
      .map(([estimator, params]) => ({
        estimator,
        params: completed(estimator, ofSize(params, task)),
        kind: 'portfolio' as const,
      })),
  ];
}

/** Of the table, for each second of the search. */
function valuesPerSecond({ rows, features, context }: Task): number {
  return (rows * features.length) / context.config.timeout_seconds;
}

/** With more values for each second a handful of models is all that is tried, where each is fitted in every fold. */
const handful = 2000;

/** Places that learners go back which take several times as long as a booster and predict no better alone. */
const waits: readonly (readonly [name: RegExp, places: number])[] = [
  [/^(ExtraTrees|RandomForest|MLP)/, 5.5],
  [/^SV[CR]$/, 8],
];

function slowOnesLater(entries: readonly Entry[]): readonly Entry[] {
  const waitOf = (estimator: string): number => waits.find(([slow]) => slow.test(estimator))?.[1] ?? 0;
  return entries
    .map((entry, place) => ({ entry, place: place + waitOf(entry[0]) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ entry }) => entry);
}

/** A way of making columns ready that the table has no columns for gives the same model twice. */
function isOfUse({ features: way, target }: Proposal['params'], task: Task): boolean {
  if (target === 'log' && !task.isPositive) return false;
  const groups = columnGroups(task);
  const has = (...types: readonly SemanticType[]): boolean => groups.some(({ semantic }) => types.includes(semantic));
  if (way === 'one-hot') return has('categorical');
  return way === undefined || has('numeric', 'datetime');
}

/** From so many on a forest takes hundreds of megabytes, and the time to keep and to load it, where each leaf is a row. */
const manyRows = 5000;
const leavesOfClasses = 2500;
const leavesOfNumbers = 10_000;
const mostOfLeaf = 32;

/** Of so many values for each second twice the trees of a booster are grown in a tenth of the time by one core. */
const grownTwice = 15_000;

/** Of many rows a forest gets fewer trees with larger leaves, and a booster of large trees may get more. */
function ofSize(params: Proposal['params'], task: Task): Proposal['params'] {
  const { min_samples_leaf: leaf, n_estimators: trees } = params;
  if (task.rows < manyRows || trees === undefined) return params;
  const withTrees = (factor: number) => ({ ...params, n_estimators: Number(trees) * factor });
  if (leaf === undefined) return growsLonger(params, task) ? withTrees(2) : params;
  const factor = task.kind === 'regression' ? 0.25 : 0.5;
  return { ...withTrees(factor), min_samples_leaf: leafOfMany(Number(leaf), task) };
}

/** Many rows tell more of a number than 400 steps take up; classes are learnt by heart with more of them. */
function growsLonger({ num_leaves: leaves = 0, max_depth: depth = 0 }: Proposal['params'], task: Task): boolean {
  const isDeep = Number(leaves) >= 63 || Number(depth) >= 8;
  return isDeep && task.kind === 'regression' && valuesPerSecond(task) <= grownTwice;
}

/** Small leaves are worth more to numbers than many trees. */
function leafOfMany(leaf: number, { rows, kind }: Task): number {
  const least =
    kind === 'regression'
      ? leaf * Math.ceil(rows / leavesOfNumbers)
      : Math.max(leaf, Math.ceil(rows / leavesOfClasses));
  return Math.min(least, mostOfLeaf);
}

/** With all that the optimiser may choose, so that it learns from these. */
function completed(estimator: string, params: Proposal['params']): Proposal['params'] {
  const all: Record<string, Proposal['params'][string]> = {};
  for (const [name, range] of Object.entries(modelOf(estimator).space)) {
    const value = params[name] ?? (range.type === 'choice' ? range.of[0] : usual[name]);
    if (value !== undefined) all[name] = value;
  }
  return { ...all, ...params };
}

/** Where a configuration says nothing else: about what libraries do. */
const usual: Proposal['params'] = {
  subsample: 1,
  colsample_bytree: 1,
  reg_alpha: 0.001,
  reg_lambda: 0.001,
  min_child_samples: 20,
  min_child_weight: 1,
};

/** With few of a class f1 gains from weights, where the others lose. */
function isImbalanced({ rarest, context }: Task): boolean {
  return rarest < 0.25 && context.config.primary_metric === 'f1';
}

const boosters = {
  slow: { n_estimators: 300, learning_rate: 0.03, num_leaves: 16, colsample_bytree: 0.7, subsample: 0.8 },
  stumps: { n_estimators: 300, learning_rate: 0.08, num_leaves: 3, min_child_samples: 10, colsample_bytree: 0.7 },
  large: {
    n_estimators: 400,
    learning_rate: 0.03,
    num_leaves: 63,
    min_child_samples: 5,
    colsample_bytree: 0.5,
    subsample: 0.8,
    reg_lambda: 2,
  },
  random: {
    n_estimators: 300,
    learning_rate: 0.05,
    num_leaves: 31,
    min_child_samples: 10,
    colsample_bytree: 0.7,
    extra_trees: true,
  },
  xgboost: {
    n_estimators: 300,
    reg_lambda: 1,
    learning_rate: 0.05,
    max_depth: 4,
    min_child_weight: 2,
    colsample_bytree: 0.7,
    subsample: 0.8,
  },
  shallow: {
    n_estimators: 300,
    learning_rate: 0.05,
    max_depth: 2,
    colsample_bytree: 0.7,
    subsample: 0.8,
    reg_lambda: 1,
  },
  deep: {
    n_estimators: 300,
    learning_rate: 0.04,
    max_depth: 8,
    min_child_weight: 3,
    colsample_bytree: 0.5,
    subsample: 0.7,
    reg_lambda: 3,
  },
  asItComes: { n_estimators: 100, learning_rate: 0.3, max_depth: 6, reg_lambda: 1 },
} as const;

const network = { alpha: 0.3, learning_rate_init: 0.002 };

const classification: readonly Entry[] = [
  ['LogisticRegression', { C: 1 }],
  ['LGBMClassifier', boosters.slow],
  ['SVC', { C: 10, gamma: 0.01 }],
  ['ExtraTreesClassifier', { n_estimators: 200, max_features: 0.3, min_samples_leaf: 1 }],
  ['MLPClassifier', network],
  ['XGBClassifier', boosters.xgboost],
  ['LGBMClassifier', boosters.stumps],
  ['RandomForestClassifier', { n_estimators: 200, max_features: 0.3, min_samples_leaf: 1 }],
  ['LGBMClassifier', boosters.large],
  ['LogisticRegression', { C: 0.3, features: 'quantile' }],
  ['LGBMClassifier', { ...boosters.slow, features: 'one-hot' }],
  ['SVC', { C: 3, gamma: 0.1 }],
  ['LogisticRegression', { C: 0.1, features: 'splines' }],
  ['XGBClassifier', boosters.shallow],
  ['ExtraTreesClassifier', { n_estimators: 200, max_features: 0.7, min_samples_leaf: 3 }],
  ['LGBMClassifier', boosters.random],
  ['XGBClassifier', boosters.asItComes],
  ['SGDClassifier', { loss: 'log_loss', penalty: 'l2', alpha: 0.001 }],
  ['DecisionTreeClassifier', { max_depth: 5, min_samples_leaf: 10 }],
];

const imbalanced: readonly Entry[] = [
  ['LogisticRegression', { C: 0.3, class_weight: 'balanced' }],
  ['RandomForestClassifier', { n_estimators: 200, max_features: 0.3, min_samples_leaf: 4, class_weight: 'balanced' }],
];

const regression: readonly Entry[] = [
  ['Ridge', { alpha: 10 }],
  ['LGBMRegressor', boosters.slow],
  ['ExtraTreesRegressor', { n_estimators: 200, max_features: 0.5, min_samples_leaf: 1 }],
  ['MLPRegressor', network],
  ['SVR', { C: 10, gamma: 0.05 }],
  ['XGBRegressor', boosters.xgboost],
  ['LGBMRegressor', boosters.large],
  ['LGBMRegressor', { ...boosters.large, target: 'log' }],
  ['ExtraTreesRegressor', { n_estimators: 200, max_features: 0.5, min_samples_leaf: 1, features: 'one-hot' }],
  ['RandomForestRegressor', { n_estimators: 200, max_features: 0.4, min_samples_leaf: 2 }],
  ['XGBRegressor', boosters.deep],
  ['Ridge', { alpha: 10, features: 'splines' }],
  ['LGBMRegressor', boosters.stumps],
  ['XGBRegressor', boosters.asItComes],
  ['ExtraTreesRegressor', { n_estimators: 200, max_features: 0.9, min_samples_leaf: 3 }],
  ['LGBMRegressor', boosters.random],
  ['ElasticNet', { alpha: 0.01, l1_ratio: 0.5 }],
  ['SGDRegressor', { loss: 'huber', penalty: 'l2', alpha: 0.001 }],
  ['DecisionTreeRegressor', { max_depth: 6, min_samples_leaf: 8 }],
];
