/** The test rows, opened once, when the search has chosen. */
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import { section } from '../notebook/part.ts';
import { pythonLiteral } from '../notebook/python-code.ts';
import type { FinishedTrial } from '../problem.ts';
import { loadTestPart, settings, settingsImports } from './cells/opening.ts';
import { scoresPart, weightArgument } from './cells/scores.ts';
import type { Task } from './task.ts';

export function testNotebookOf(trials: readonly FinishedTrial[], task: Task): Notebook {
  // A final model is fitted to the test rows too: it cannot be measured by them.
  const tested = trials.filter(({ kind }) => kind !== 'final');
  const probabilities = task.kind === 'regression' ? '' : ', model.predict_proba(X)';
  const code = `RUNS = [
${tested.map(({ runId, name }) => `    ${pythonLiteral(runId)},  # ${name}\n`).join('')}]
scores = {}
for run_id in RUNS:
    model = mlflow.sklearn.load_model(f"runs:/{run_id}/model")
${task.kind === 'regression' ? '' : '    classes = model.classes_\n'}    found = measured("test", y, model.predict(X)${probabilities}${weightArgument(task)})
    scores[run_id] = {name: float(value) for name, value in found.items()}
    mlflow.log_metrics(scores[run_id], run_id=run_id)

pd.DataFrame(scores).T`;
  return {
    name: 'test',
    cells: notebookCells(
      'The test',
      'Scores the best models by rows that nothing was chosen by. It is run once, after the choice: models that are picked by these numbers would look better than they are.',
      settings(task),
      [
        { imports: settingsImports, cells: [] },
        loadTestPart(task),
        scoresPart(task),
        section('test', 'Score', '', code, ['mlflow.sklearn']),
      ],
    ),
    results: ['scores'],
  };
}
