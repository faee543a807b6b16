/** Forecasting, as the engine sees it. */
import type { FinishedTrial, ProblemKind, SearchContext } from '../problem.ts';
import { refitOf } from '../combination.ts';
import { seriesExploration } from '../exploration/series-exploration.ts';
import { blendEstimator, blends, namedBlend } from './blends.ts';
import { estimatorOf, estimators } from './estimators/estimators.ts';
import type { Estimator } from './estimators/estimator.ts';
import { blendNotebook } from './notebooks/blend-notebook.ts';
import { finalNotebook } from './notebooks/final-notebook.ts';
import { inferenceNotebooks } from './notebooks/inference-notebooks.ts';
import { testNotebook } from './notebooks/test-notebook.ts';
import { trialNotebook } from './notebooks/trial-notebook.ts';
import { fewSeries, fitsTime, seriesSetting } from './series-setting.ts';

/** Saves a model and fits one: what these load at their first use takes as long as a trial. */
const warmUp = `
import tempfile

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import infer_signature
from statsforecast import StatsForecast
from statsforecast.models import AutoETS


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


rows = pd.DataFrame({"series": "a", "ds": pd.date_range("2024-01-01", periods=30), "y": np.sin(np.arange(30)) + 2})
models = StatsForecast(models=[AutoETS(alias="yhat")], freq="D")
models.fit(rows, id_col="series", time_col="ds", target_col="y").predict(h=3, level=[80])
signature = infer_signature(rows, rows, params={"horizon": 0})
with tempfile.TemporaryDirectory() as folder:
    mlflow.pyfunc.save_model(
        folder + "/model", python_model=Echo(), signature=signature, input_example=rows, pip_requirements=["pandas"]
    )
`;

export const forecastProblem: ProblemKind = {
  imports: [
    'matplotlib.pyplot',
    'mlflow.data',
    'mlflow.pyfunc',
    'numpy',
    'pandas',
    'pyarrow.parquet',
    'statsforecast.models',
    'prophet',
    'holidays',
    'lightgbm',
  ],
  warmUp,
  frameworkOf: (estimator) => (estimator === blendEstimator ? 'ets' : estimatorOf(estimator).framework),
  portfolio(context) {
    const setting = seriesSetting(context);
    // The first configuration of each method before the second of any: what there is time for is to be diverse.
    const [baseline, ...others] = wanted(context)
      .flatMap((estimator) =>
        estimator
          .portfolio(setting)
          .map((params, round) => ({ round, proposal: { estimator: estimator.name, params } })),
      )
      .toSorted((a, b) => a.round - b.round)
      .map(({ proposal }) => proposal);
    if (!baseline) return [];
    return [
      { ...baseline, kind: 'baseline' },
      ...others.map((proposal) => ({ ...proposal, kind: 'portfolio' }) as const),
    ];
  },
  space(context) {
    const setting = seriesSetting(context);
    const spaces = wanted(context).map((estimator) => [estimator.name, estimator.space?.(setting) ?? {}] as const);
    // What does not fit these series has no hyperparameters.
    return Object.fromEntries(spaces.filter(([, ranges]) => Object.keys(ranges).length > 0));
  },
  trialNotebook(plan, context) {
    if (plan.kind === 'blend') return blendNotebook(plan, context);
    return plan.kind === 'final' ? finalNotebook(plan, context) : trialNotebook(plan, context);
  },
  ensembles: blends,
  combinedPlan: namedBlend,
  finalPlan(best, context) {
    const refit = refitOf(best);
    // Trials are fitted to what is before the test: without one that is everything.
    return refit && seriesSetting(context).test > 0 ? refit : undefined;
  },
  testNotebook: (trials: readonly FinishedTrial[], context: SearchContext) => testNotebook(trials, context),
  shortcoming: blindToCovariates,
  explorationNotebook: seriesExploration,
  inferenceNotebooks,
};

/** Those that end in time; the baseline is always among them. */
function wanted(context: SearchContext): readonly Estimator[] {
  const setting = seriesSetting(context);
  const [baseline, ...others] = estimators;
  const left = others.filter(
    ({ framework, seconds }) => !context.config.exclude_frameworks.includes(framework) && fitsTime(setting, seconds),
  );
  // Of many series the time may not suffice for a second method that is fitted to each.
  const global = (estimator: Estimator): number => (setting.series > fewSeries && estimator.isGlobal === true ? 0 : 1);
  // Nor, after those that do not, for the methods that follow the covariates: of the others the baseline is always there.
  const follows = (estimator: Estimator): number => (setting.covariates.length > 0 && estimator.usesCovariates ? 0 : 1);
  const ordered = left.toSorted((a, b) => follows(a) - follows(b) || global(a) - global(b));
  return baseline ? [baseline, ...ordered] : ordered;
}

/** A person who names covariates expects that forecasts follow them, and the model asks for them either way. */
function blindToCovariates(trials: readonly FinishedTrial[], context: SearchContext): string | undefined {
  const setting = seriesSetting(context);
  const following = estimators.filter(({ usesCovariates }) => usesCovariates);
  const isFollowing = ({ estimator }: FinishedTrial): boolean => following.some(({ name }) => name === estimator);
  if (setting.covariates.length === 0 || trials.some(isFollowing)) return undefined;
  const names = setting.covariates.map((name) => `'${name}'`).join(', ');
  const tried = wanted(context).some((one) => following.includes(one) && one.portfolio(setting).length > 0);
  if (tried) {
    const more = context.config.max_trials === undefined ? '--timeout' : '--timeout or --max-trials';
    return `No model that follows ${names} came to its end: forecasts are the same whatever is known of it. Give it more ${more}.`;
  }
  const frameworks = following.map(({ framework }) => framework).join(', ');
  return (
    `No model follows ${names}: the methods that do, ${frameworks}, are left out, or would take too long. ` +
    'Give it more --timeout, or leave out fewer methods.'
  );
}
