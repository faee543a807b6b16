/** Other trials' forecasts taken together, as a notebook. */
import type { Notebook } from '../../notebook/cell.ts';
import { notebookCells } from '../../notebook/notebook-cells.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { SearchContext, TrialPlan } from '../../problem.ts';
import { backtestPlotPart, forecastPlotPart } from '../cells/plots.ts';
import { fitPart, logPart } from '../cells/log.ts';
import { forecasterPart } from '../cells/forecaster.ts';
import { loadPart, openingImports, settingsCode } from '../cells/opening.ts';
import { backtestScoresPart, bandsPart, scoresPart } from '../cells/backtest.ts';
import { estimatorOf } from '../estimators/estimators.ts';
import { seriesSetting } from '../series-setting.ts';

export function blendNotebook(plan: TrialPlan, context: SearchContext): Notebook {
  const setting = seriesSetting(context);
  const packages = plan.bases.flatMap((base) => estimatorOf(base.estimator).packages);
  const runs = Object.fromEntries(plan.bases.map((base) => [base.name, base.runId]));
  const weights = String(plan.params['weights']).split(', ').map(Number);
  return {
    name: plan.name,
    cells: notebookCells(
      `${plan.name}: the weighted median of forecasts of ${setting.target}`,
      'Methods that err in different ways are better together. This notebook is what ran: run it again and it gives the same numbers.',
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadPart(setting),
        trialsPart(runs, weights),
        scoresPart(),
        bandsPart(),
        backtestScoresPart(context),
        medianPart(),
        forecasterPart(setting),
        modelPart(setting.covariates.length > 0),
        fitPart(
          'The models are fitted already, to everything before the steps of the test.',
          `members = [mlflow.pyfunc.load_model(f"runs:/{run}/model").unwrap_python_model() for run in TRIALS.values()]
model = Model(members, WEIGHTS).joined()
model.stretch = stretch`,
          'sum(mlflow.get_run(run).data.metrics["fit_seconds"] for run in TRIALS.values())',
        ),
        logPart({ name: plan.name, estimator: plan.estimator, params: plan.params, packages }, context),
        forecastPlotPart(),
        backtestPlotPart(),
      ],
    ),
    results: ['metrics'],
  };
}

/** Defines `tables`, the backtests of the trials with the same rows. */
function trialsPart(runs: Readonly<Record<string, string>>, weights: readonly number[]): Part {
  return section(
    'evaluate',
    'The trials',
    'The forecasts of each trial at each cutoff are kept with its run: what they are together needs no new fit.',
    `
TRIALS = ${pythonLiteral(runs)}  # best first
WEIGHTS = ${pythonLiteral(weights)}  # less for larger errors in the backtest

tables = [
    pd.read_parquet(mlflow.artifacts.download_artifacts(f"runs:/{run}/predictions/validation.parquet"))
    for run in TRIALS.values()
]
tables = [table.sort_values(["series", "cutoff", "ds"], ignore_index=True) for table in tables]
values = {"prediction": "prediction", "lower": "own_lower", "upper": "own_upper"}`,
    [],
  );
}

function medianPart(): Part {
  return section(
    'evaluate',
    'Together',
    'The weighted median of the forecasts, and of each side of the bands as the methods draw them: what is stretched is the median.',
    `
def middle(values, weights):
    """Weighted median along the first axis; between two values that each hold half of the weight, their mean."""
    order = np.argsort(values, axis=0)
    ordered = np.take_along_axis(values, order, axis=0)
    below = np.cumsum(np.asarray(weights)[order], axis=0) / np.sum(weights)
    sides = [(below > 0.5 + tiny).argmax(axis=0)[None] for tiny in (-1e-9, 1e-9)]
    return np.mean([np.take_along_axis(ordered, side, axis=0)[0] for side in sides], axis=0)


validation = tables[0].copy()
validation[list(values)] = middle(np.stack([table[list(values.values())] for table in tables]), WEIGHTS)
stretch = stretch_of(validation)
validation = stretched(validation)
metrics = metrics_of_backtest(validation)
pd.Series(metrics)`,
    [],
  );
}

function modelPart(known: boolean): Part {
  return section(
    'model',
    'The median',
    'Of forecasts and of their bands; members keep their weights when they are fitted again.',
    `
class Model(Forecaster):
    def __init__(self, members, weights):
        self.members = members
        self.weights = weights
        for member in members:
            member.stretch = np.ones(1)  # what is stretched is their median

    def fit(self, history):
        self.members = [member.fit(history) for member in self.members]
        return self.joined()

    def joined(self):
        """Members that are fitted already, as one."""
        self.last = self.members[0].last
        return self

    def ahead(self, rows, steps):
        forecasts = [member.forecast(steps${known ? ', rows' : ''})[["yhat", "yhat_lower", "yhat_upper"]] for member in self.members]
        return middle(np.stack(forecasts), self.weights)`,
    [],
  );
}
