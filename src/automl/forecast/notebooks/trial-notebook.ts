/** A method of forecasting with its backtest, as a notebook. */
import type { Notebook } from '../../notebook/cell.ts';
import type { SearchContext, TrialPlan } from '../../problem.ts';
import { notebookCells } from '../../notebook/notebook-cells.ts';
import { backtestPart, scoresPart } from '../cells/backtest.ts';
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
  const { target_col } = context.config;
  return {
    name: plan.name,
    cells: notebookCells(
      `${plan.name}: ${estimator.name} for ${target_col}`,
      `Forecasts \`${target_col}\` ${setting.horizon} steps ahead. This notebook is what ran: run it again and it gives the same numbers.`,
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadPart(setting),
        forecasterPart(setting, plan.params['transform'] === 'log'),
        modelPart(estimator, plan.params, setting),
        scoresPart(),
        backtestPart(setting),
        fitPart('Once more, to everything before the steps of the test.', 'model = Model().fit(data)'),
        logPart(estimator.name, plan.params, estimator.packages, setting.series === 1),
        forecastPlotPart(),
        backtestPlotPart(),
        ...(own ? [own] : []),
      ],
    ),
    results: ['metrics'],
  };
}
