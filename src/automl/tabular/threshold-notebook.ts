/** A trial's model, which decides for the positive class from another probability on. */
import type { AutomlMetric } from '../../protocol/automl-config.ts';
import type { Notebook } from '../notebook/cell.ts';
import { notebookCells } from '../notebook/notebook-cells.ts';
import { section } from '../notebook/part.ts';
import { pythonLiteral } from '../notebook/python-code.ts';
import type { TrialPlan } from '../problem.ts';
import { basesPart } from './cells/bases.ts';
import { evaluatePart } from './cells/evaluate.ts';
import { logPart } from './cells/log.ts';
import { headText, loadPart, settings, settingsImports } from './cells/opening.ts';
import { plotsPart } from './cells/plots.ts';
import { scoresPart, weightArgument } from './cells/scores.ts';
import { usePart } from './cells/use.ts';
import type { Task } from './task.ts';

/** By metric: what decisions are worth. */
const scores: Partial<Record<AutomlMetric, (weights: string) => string>> = {
  accuracy: (weights) => `accuracy_score(y, decided(probability, threshold)${weights})`,
  f1: (weights) => `f1_score(y, decided(probability, threshold), pos_label=POSITIVE${weights}, zero_division=0)`,
  precision: (weights) =>
    `precision_score(y, decided(probability, threshold), pos_label=POSITIVE${weights}, zero_division=0)`,
};

export const thresholdMetrics = Object.keys(scores) as AutomlMetric[];

export function thresholdNotebook(plan: TrialPlan, task: Task): Notebook {
  const [base] = plan.bases;
  if (!base) throw new TypeError('A threshold needs the trial whose model decides by it.');
  const metric = String(plan.params['optimize']) as AutomlMetric;
  const code = `positive = list(classes).index(POSITIVE)


def decided(probability, threshold):
    return np.where(probability >= threshold, POSITIVE, classes[1 - positive])


def best_threshold(y, probability${weightArgument(task)}):
    """Of a hundred, the one with the best ${metric}."""

    def score(threshold):
        return ${scores[metric]?.(task.weight === undefined ? '' : ', sample_weight=weight') ?? ''}

    return max(np.unique(np.quantile(probability, np.linspace(0, 1, 101))), key=score)


TRIAL = ${pythonLiteral(base.name)}

predicted = predictions_by[TRIAL]
prediction = np.empty_like(actual)
for others, part in parts:
    threshold = best_threshold(actual[others], predicted[others, positive]${weightArgument(task, 'validated][others')})
    prediction[part] = decided(predicted[part, positive], threshold)

threshold = float(best_threshold(actual, predicted[:, positive]${weightArgument(task, 'validated')}))
params = {"threshold": threshold}
model = FixedThresholdClassifier(
    member(TRIAL), threshold=threshold, pos_label=POSITIVE, response_method="predict_proba"
).fit(X, y)
fitted_rows = ${task.crossValidated ? 'np.arange(len(y))' : 'np.flatnonzero(fold < 0)'}
fit_seconds = mlflow.get_run(BASES[TRIAL]).data.metrics["fit_seconds"]
requirements = Path(mlflow.artifacts.download_artifacts(f"runs:/{BASES[TRIAL]}/model/requirements.txt"))
threshold`;
  const text =
    'Each part of the validated rows is decided by a threshold that was chosen on the others, so that the metrics are not flattered; the model keeps the one that is best on all.';
  const parts = [
    { imports: settingsImports, cells: [] },
    loadPart(task),
    scoresPart(task),
    basesPart(plan.bases, task),
    section('model', 'Threshold', text, code, ['sklearn.model_selection:FixedThresholdClassifier']),
    evaluatePart(task),
    logPart({ ...plan, requirements: 'requirements.read_text().split()' }, task),
    plotsPart(task),
    usePart(task),
  ];
  const about = `The model of \`${base.name}\`, deciding by the threshold at which ${metric} is best.\n\n${headText(task)}`;
  return {
    name: plan.name,
    cells: notebookCells(`${plan.name}: ${base.name}`, about, settings(task), parts),
    results: ['metrics'],
  };
}
