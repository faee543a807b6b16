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
import { scoresPart } from '../cells/backtest.ts';
import { estimatorOf } from '../estimators/estimators.ts';
import { seriesSetting } from '../series-setting.ts';

export function blendNotebook(plan: TrialPlan, context: SearchContext): Notebook {
  const setting = seriesSetting(context);
  const packages = plan.bases.flatMap((base) => estimatorOf(base.estimator).packages);
  const runs = Object.fromEntries(plan.bases.map((base) => [base.name, base.runId]));
  return {
    name: plan.name,
    cells: notebookCells(
      `${plan.name}: a weighted mean of forecasts of ${context.config.target_col}`,
      'Methods that err in different ways are better together. This notebook is what ran: run it again and it gives the same numbers.',
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadPart(setting),
        trialsPart(runs),
        scoresPart(),
        weightsPart(context),
        forecasterPart(setting),
        modelPart(setting.covariates.length > 0),
        fitPart(
          'The models are fitted already, to everything before the steps of the test.',
          `members = [
    mlflow.pyfunc.load_model(f"runs:/{run}/model").unwrap_python_model()
    for run, weight in zip(TRIALS.values(), weights)
    if weight > 0
]
model = Model(members, weights[weights > 0]).joined()`,
          'sum(mlflow.get_run(run).data.metrics["fit_seconds"] for run in TRIALS.values())',
        ),
        logPart(plan.estimator, plan.params, packages, setting.series === 1),
        forecastPlotPart(),
        backtestPlotPart(),
      ],
    ),
    results: ['metrics'],
  };
}

/** Defines `tables`, the backtests of the trials with the same rows. */
function trialsPart(runs: Readonly<Record<string, string>>): Part {
  return section(
    'evaluate',
    'The trials',
    'The forecasts of each trial at each cutoff are kept with its run: what they are together needs no new fit.',
    `
TRIALS = ${pythonLiteral(runs)}  # best first

tables = [
    pd.read_parquet(mlflow.artifacts.download_artifacts(f"runs:/{run}/predictions/validation.parquet"))
    for run in TRIALS.values()
]
tables = [table.sort_values(["series", "cutoff", "ds"], ignore_index=True) for table in tables]
values = ["prediction", "lower", "upper"]`,
    [],
  );
}

function weightsPart({ config }: SearchContext): Part {
  return section(
    'evaluate',
    'Weights',
    `The mean of the best ${equalParts} forecasts; then the forecast that lowers ${config.primary_metric} most is added once more, as long as one does (Caruana's ensemble selection, kept short).`,
    `
def blend(weights):
    table = tables[0].copy()
    table[values] = np.average([table[values] for table in tables], axis=0, weights=weights)
    return table


weights = np.array([1.0 if place < ${equalParts} else 0.0 for place in range(len(tables))])
score = metrics_of(blend(weights), data)["${config.primary_metric}"]
for _ in range(${rounds}):
    tries = [weights + one for one in np.eye(len(tables))]
    results = [metrics_of(blend(one), data)["${config.primary_metric}"] for one in tries]
    if min(results) >= score:
        break
    score, weights = min(results), tries[int(np.argmin(results))]
weights /= weights.sum()

validation = blend(weights)
metrics = {f"val_{name}": value for name, value in metrics_of(validation, data).items()}
pd.Series(dict(zip(TRIALS, weights)))`,
    [],
  );
}

/** Forecasts that the mean begins with: each keeps a part, so that no chance of the backtest decides alone. */
const equalParts = 3;
const rounds = 6;

function modelPart(known: boolean): Part {
  return section(
    'model',
    'The mean',
    'Of forecasts and of their bands.',
    `
class Model(Forecaster):
    def __init__(self, members, weights):
        self.members = members
        self.weights = weights

    def fit(self, history):
        self.members = [member.fit(history) for member in self.members]
        return self.joined()

    def joined(self):
        """Members that are fitted already, as one."""
        self.last = self.members[0].last
        return self

    def ahead(self, rows, steps):
        forecasts = [member.forecast(steps${known ? ', rows' : ''})[["yhat", "lower", "upper"]] for member in self.members]
        return np.average(forecasts, axis=0, weights=self.weights)`,
    [],
  );
}
