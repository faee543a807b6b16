/** Scores the steps of the test, once, when the search has ended. */
import type { Notebook } from '../../notebook/cell.ts';
import type { FinishedTrial, SearchContext } from '../../problem.ts';
import { notebookCells } from '../../notebook/notebook-cells.ts';
import { section } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import { scoresPart } from '../cells/backtest.ts';
import { loadAllPart, openingImports, settingsCode } from '../cells/opening.ts';
import { seriesSetting } from '../series-setting.ts';

export function testNotebook(trials: readonly FinishedTrial[], context: SearchContext): Notebook {
  const setting = seriesSetting(context);
  const title = `Test of the forecasts of ${context.config.target_col}`;
  if (setting.test === 0) {
    const text = 'The series are too short to keep a last part of them for a test.';
    const nothing = section('test', 'Score', text, 'scores = {}', []);
    return { name: 'test', cells: notebookCells(title, text, '', [nothing]), results: ['scores'] };
  }
  // What was fitted to the steps of the test cannot be measured by them.
  const runs = trials.filter(({ kind }) => kind !== 'final');
  return {
    name: 'test',
    cells: notebookCells(
      title,
      'Each model forecasts the last steps, which none of them has seen, once.',
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadAllPart('The steps that the search has learnt from, and those after them that no model has seen.'),
        scoresPart(),
        section(
          'test',
          'Score',
          '',
          `RUNS = {
${runs.map(({ name, runId }) => `    ${pythonLiteral(name)}: ${pythonLiteral(runId)},\n`).join('')}}
held_out = test[test["y"].notna()]
scores = {}
for run in RUNS.values():
    model = mlflow.pyfunc.load_model(f"runs:/{run}/model").unwrap_python_model()
    forecast = model.forecast(HORIZON${setting.covariates.length > 0 ? ', test' : ''})
    table = held_out.merge(forecast, on=["series", "ds"]).rename(columns=COLUMNS)
    scores[run] = {f"test_{name}": value for name, value in metrics_of(table, data).items()}
    mlflow.log_metrics(scores[run], run_id=run)
pd.DataFrame(scores, columns=RUNS.values()).set_axis(list(RUNS), axis=1).T`,
          [],
        ),
      ],
    ),
    results: ['scores'],
  };
}
