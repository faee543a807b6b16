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
  // What was fitted to the steps of the test has the score of the trial that it is made of.
  const runs = Object.fromEntries(
    trials.map(({ runId, params }) => [runId, typeof params['refit_of'] === 'string' ? params['refit_of'] : runId]),
  );
  return {
    name: 'test',
    cells: notebookCells(
      title,
      'Each model forecasts the last steps, which none of them has seen, once.',
      settingsCode(context, setting),
      [
        { imports: openingImports, cells: [] },
        loadAllPart(),
        scoresPart(),
        section(
          'test',
          'Score',
          'By run the one whose model is measured: that of the trial, where a model was fitted once more to everything.',
          `
RUNS = ${pythonLiteral(runs)}

held_out = test[test["y"].notna()]
by_run = {}
for run in sorted(set(RUNS.values())):
    model = mlflow.pyfunc.load_model(f"runs:/{run}/model")
    forecast = model.predict(test[test["ds"] <= held_out["ds"].max()])
    table = held_out.merge(forecast, on=["series", "ds"]).rename(columns={"y": "target", "yhat": "prediction"})
    by_run[run] = {f"test_{name}": value for name, value in metrics_of(table, data).items()}

client = mlflow.MlflowClient()
scores = {run: by_run[measured] for run, measured in RUNS.items()}
for run, values in scores.items():
    for name, value in values.items():
        client.log_metric(run, name, value)
pd.DataFrame(scores).T
`,
          [],
        ),
      ],
    ),
    results: ['scores'],
  };
}
