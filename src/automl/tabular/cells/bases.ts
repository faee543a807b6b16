/** What other trials predicted for the validated rows. */
import type { FinishedTrial } from '../../problem.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Task } from '../task.ts';

/**
 * Defines `validated`, `actual` (targets of the validated rows), `predictions_by` (by name of the trial), `parts`
 * (of the validated rows, for choices that are made on some and measured on others) and `member(name)`.
 */
export function basesPart(bases: readonly FinishedTrial[], task: Task): Part {
  const lines = bases.map(({ name, runId }) => `    ${pythonLiteral(name)}: ${pythonLiteral(runId)},\n`);
  const columns =
    task.kind === 'regression'
      ? 'table["prediction"].to_numpy()'
      : 'table[[f"probability_{label}" for label in classes]].to_numpy()';
  const [splitter, argument] = task.crossValidated
    ? ['PredefinedSplit', 'fold[validated]']
    : task.kind === 'regression'
      ? ['KFold', '5, shuffle=True, random_state=SEED']
      : ['StratifiedKFold', '5, shuffle=True, random_state=SEED'];
  const code = `BASES = {
${lines.join('')}}


def validation_of(run_id):
    """The predictions that a trial left, in the order of the rows here."""
    file = mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="predictions/validation.parquet")
    table = pd.read_parquet(file).set_index("row").loc[row[validated]]
    return ${columns}


def member(name):
    """The model of a trial, as it is: nothing fits it again."""
    model = mlflow.sklearn.load_model(f"runs:/{BASES[name]}/model")
    # The probabilities are what is combined: a threshold has no part in it.
    model = model.estimator_ if isinstance(model, FixedThresholdClassifier) else FrozenEstimator(model)
    return model


validated = fold >= 0
actual = y[validated]
predictions_by = {name: validation_of(run_id) for name, run_id in BASES.items()}
parts = list(${splitter}(${argument}).split(row[validated]${task.crossValidated || task.kind === 'regression' ? '' : ', actual'}))`;
  return section(
    'fit',
    'The models',
    'Each has left its predictions of the validated rows, made by a model that had not seen them.',
    task.kind === 'regression' ? code.replace(thresholdLines, 'return FrozenEstimator(model)') : code,
    [
      'mlflow.sklearn',
      'sklearn.frozen:FrozenEstimator',
      `sklearn.model_selection:${splitter}`,
      ...(task.kind === 'regression' ? [] : ['sklearn.model_selection:FixedThresholdClassifier']),
    ],
  );
}

const thresholdLines = /# The probabilities are what[^]*?return model/;
