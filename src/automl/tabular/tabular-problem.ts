/** Classification and regression, as the engine sees them. */
import type { ProblemKind } from '../problem.ts';
import { tableExploration } from '../exploration/table-exploration.ts';
import { ensembleNotebook } from './ensemble-notebook.ts';
import { ensemblesOf, finalPlanOf, frameworkOf } from './ensembles.ts';
import { finalNotebook } from './final-notebook.ts';
import { inferenceNotebooks } from './inference-notebooks.ts';
import { portfolioOf } from './portfolio.ts';
import { repeatedPlanOf } from './repeated.ts';
import { spaceOf } from './space.ts';
import { taskOf } from './task.ts';
import { testNotebookOf } from './test-notebook.ts';
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
        return singleNotebook(plan, task);
    }
  },
  ensembles: (trials, context) => ensemblesOf(trials, taskOf(context)),
  finalPlan: finalPlanOf,
  repeatedPlan: (base, how, count, context) => repeatedPlanOf(base, how, count, taskOf(context)),
  testNotebook: (trials, context) => testNotebookOf(trials, taskOf(context)),
  explorationNotebook: tableExploration,
  inferenceNotebooks,
};
