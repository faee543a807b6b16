/** What a model is worth and what it costs. */
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

/** f1 of two classes gains from a threshold of its own. */
function choosesThreshold({ kind, context }: Task): boolean {
  return kind === 'binary' && context.config.primary_metric === 'f1';
}

/** Defines `prediction` of the validated rows from `predicted`; a threshold of its own where f1 gains from it, in `model`. */
export function decidePart(task: Task): Part {
  if (task.kind === 'regression') return { imports: [], cells: [] };
  if (!choosesThreshold(task)) {
    return section(
      'evaluate',
      'Decide',
      'The most probable class is predicted.',
      'prediction = classes[predicted.argmax(axis=1)]',
      [],
    );
  }
  const code = `positive = list(classes).index(POSITIVE)


def best_threshold(y, probability):
    """Where f1 is best."""
    precision, recall, thresholds = precision_recall_curve(y == POSITIVE, probability)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return float(thresholds[f1[:-1].argmax()])


prediction = np.empty_like(y[validated])
for others, part in StratifiedKFold(5, shuffle=True, random_state=SEED).split(predicted, y[validated]):
    threshold = best_threshold(y[validated][others], predicted[others, positive])
    prediction[part] = np.where(predicted[part, positive] >= threshold, POSITIVE, classes[1 - positive])

threshold = best_threshold(y[validated], predicted[:, positive])
model = FixedThresholdClassifier(
    FrozenEstimator(model), threshold=threshold, pos_label=POSITIVE, response_method="predict_proba"
).fit(X, y)
threshold`;
  const text =
    'Predicts `POSITIVE` from the probability on at which f1 is best. The validated rows are decided by a threshold that was chosen on others, so that their metrics are not flattered.';
  return section('evaluate', 'Decide', text, code, [
    'sklearn.frozen:FrozenEstimator',
    'sklearn.metrics:precision_recall_curve',
    'sklearn.model_selection:FixedThresholdClassifier',
    'sklearn.model_selection:StratifiedKFold',
  ]);
}

/** Defines `metrics`. */
export function evaluatePart(task: Task): Part {
  const training =
    task.kind === 'regression'
      ? '**measured("training", y[fitted_rows], model.predict(X.iloc[fitted_rows])),'
      : '**measured("training", y[fitted_rows], model.predict(X.iloc[fitted_rows]), model.predict_proba(X.iloc[fitted_rows])),';
  const validation =
    task.kind === 'regression'
      ? '**measured("val", y[validated], predicted),'
      : '**measured("val", y[validated], prediction, predicted),';
  const code = `metrics = {
    ${training}
    ${validation}
    **costs(model),
    "fit_seconds": fit_seconds,
}
metrics = {name: float(value) for name, value in metrics.items()}
pd.Series(metrics)`;
  return section(
    'evaluate',
    'Evaluate',
    'The numbers of the validation (`val_`) are the ones to compare models by.',
    `${costsCode}\n\n\n${code}`,
    ['time', 'cloudpickle'],
  );
}

const costsCode = `def costs(model):
    """Milliseconds for a row of many, and bytes of the model as it is kept."""
    rows = X.head(1000)
    started = time.perf_counter()
    model.predict(rows)
    return {
        "predict_ms_per_row": (time.perf_counter() - started) * 1000 / len(rows),
        "model_size_bytes": len(cloudpickle.dumps(model)),
    }`;

/** Defines `costs(model)`. */
export const costsPart: Part = section('evaluate', 'Costs', '', costsCode, ['time', 'cloudpickle']);
