/** The chosen model once more, fitted to everything. */
import type { Notebook } from '../../notebook/cell.ts';
import type { SearchContext, TrialPlan } from '../../problem.ts';
import { notebookCells } from '../../notebook/notebook-cells.ts';
import { section } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import { finalFitPart, finalLogPart } from '../cells/log.ts';
import { loadAllPart, openingImports, settingsCode } from '../cells/opening.ts';
import { forecastPlotPart } from '../cells/plots.ts';
import { estimators } from '../estimators/estimators.ts';
import { seriesSetting } from '../series-setting.ts';

export function finalNotebook(plan: TrialPlan, context: SearchContext): Notebook {
  const setting = seriesSetting(context);
  const base = plan.bases[0];
  if (!base) throw new Error('A final model needs the trial that was chosen');
  const { estimator, params } = plan;
  const packages = estimators.flatMap((one) => one.packages);
  return {
    name: plan.name,
    cells: notebookCells(
      `${plan.name}: ${base.name} for ${setting.target}, fitted to everything`,
      `The best of the backtest, with the steps of the test added to what it learns from. Its code is in the notebook of the trial \`${base.name}\`.`,
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadAllPart(
          'The steps that the search has learnt from, and those of the test, which this model learns from too.',
        ),
        section(
          'evaluate',
          'The trial',
          'There is nothing left to measure this model by: the numbers of the backtest are those of the trial.',
          `TRIAL = ${pythonLiteral(base.runId)}
metrics = {name: value for name, value in mlflow.get_run(TRIAL).data.metrics.items() if name.startswith("val_")}
pd.Series(metrics)`,
          [],
        ),
        finalFitPart(setting.covariates.length > 0),
        finalLogPart({ name: plan.name, estimator, params, packages }, context, base),
        forecastPlotPart(),
      ],
    ),
    results: ['metrics'],
  };
}
