/** A method of forecasting with its backtest, as a notebook. */
import type { Notebook } from '../../notebook/cell.ts';
import type { SearchContext, TrialPlan } from '../../problem.ts';
import { notebookCells } from '../../notebook/notebook-cells.ts';
import { backtestPart, backtestScoresPart, bandsPart, scoresPart } from '../cells/backtest.ts';
import { forecasterPart, modelPart } from '../cells/forecaster.ts';
import { fitPart, logPart } from '../cells/log.ts';
import { loadPart, openingImports, settingsCode } from '../cells/opening.ts';
import { backtestPlotPart, forecastPlotPart } from '../cells/plots.ts';
import { estimatorOf } from '../estimators/estimators.ts';
import { seriesSetting } from '../series-setting.ts';

export function trialNotebook(plan: TrialPlan, context: SearchContext): Notebook {
  const setting = seriesSetting(context);
  const estimator = estimatorOf(plan.estimator);
  const own = estimator.plots?.(plan.params, setting);
  return {
    name: plan.name,
    cells: notebookCells(
      `${plan.name}: ${estimator.name} for ${setting.target}`,
      `Forecasts \`${setting.target}\` ${setting.horizon} steps ahead. This notebook is what ran: run it again and it gives the same numbers.`,
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadPart(setting),
        forecasterPart(setting, plan.params['transform'] === 'log'),
        modelPart(estimator, plan.params, setting),
        scoresPart(),
        bandsPart(),
        backtestScoresPart(context),
        backtestPart(setting),
        fitPart(
          'Once more, to everything before the steps of the test.',
          'model = Model().fit(data)\nmodel.stretch = stretch',
        ),
        logPart(
          { name: plan.name, estimator: estimator.name, params: plan.params, packages: estimator.packages },
          context,
        ),
        forecastPlotPart(),
        backtestPlotPart(),
        ...(own ? [own] : []),
      ],
    ),
    results: ['metrics'],
  };
}
