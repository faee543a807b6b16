/** Classification and regression, as the engine sees them. */
import { refitOf } from '../combination.ts';
import type { ProblemKind } from '../problem.ts';
import { tableExploration } from '../exploration/table-exploration.ts';
import { ensembleNotebook } from './ensemble-notebook.ts';
import { derivedPlanOf, thresholdEstimator } from './derived.ts';
import { combinedPlanOf, ensemblesOf, frameworkOf } from './ensembles.ts';
import { finalNotebook } from './final-notebook.ts';
import { inferenceNotebooks } from './inference-notebooks.ts';
import { portfolioOf } from './portfolio.ts';
import { spaceOf } from './space.ts';
import { taskOf } from './task.ts';
import { testNotebookOf } from './test-notebook.ts';
import { thresholdNotebook } from './threshold-notebook.ts';
import { singleNotebook } from './trial-notebook.ts';

export const tabularProblem: ProblemKind = {
  imports: [
    'IPython.display',
    'lightgbm',
    'matplotlib.pyplot',
    'mlflow.data',
    'mlflow.sklearn',
    'pandas',
    'pyarrow.parquet',
    'scipy.stats',
    'sklearn.calibration',
    'sklearn.compose',
    'sklearn.decomposition',
    'sklearn.dummy',
    'sklearn.ensemble',
    'sklearn.feature_selection',
    'sklearn.feature_extraction.text',
    'sklearn.frozen',
    'sklearn.impute',
    'sklearn.linear_model',
    'sklearn.metrics',
    'sklearn.model_selection',
    'sklearn.neural_network',
    'sklearn.pipeline',
    'sklearn.preprocessing',
    'sklearn.svm',
    'sklearn.tree',
    'xgboost',
  ],
  frameworkOf,
  portfolio: (context) => portfolioOf(taskOf(context)),
  space: (context) => spaceOf(taskOf(context)),
  trialNotebook(plan, context) {
    const task = taskOf(context);
    switch (plan.kind) {
      case 'blend':
      case 'stack':
        return ensembleNotebook(plan, plan.kind, task);
      case 'final':
        return finalNotebook(plan, task);
      default:
        return plan.estimator === thresholdEstimator ? thresholdNotebook(plan, task) : singleNotebook(plan, task);
    }
  },
  ensembles: (trials, context, fitSeconds) => ensemblesOf(trials, taskOf(context), fitSeconds),
  finalPlan: refitOf,
  combinedPlan: (combination, context) => combinedPlanOf(combination, taskOf(context)),
  derivedPlan: (base, how, context) => derivedPlanOf(base, how, taskOf(context)),
  testNotebook: (trials, context) => testNotebookOf(trials, taskOf(context)),
  explorationNotebook: tableExploration,
  inferenceNotebooks,
};
