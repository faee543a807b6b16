/** What a model is worth and what it costs. */
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';
import { weightArgument } from './scores.ts';

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
  const [argument, by] = task.weight === undefined ? ['', ''] : [', weight', ', sample_weight=weight'];
  const weights = (rows: string): string => weightArgument(task, rows);
  const code = `positive = list(classes).index(POSITIVE)


def best_threshold(y, probability${argument}):
    """Where f1 is best."""
    precision, recall, thresholds = precision_recall_curve(y == POSITIVE, probability${by})
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    return float(thresholds[f1[:-1].argmax()])


prediction = np.empty_like(y[validated])
for others, part in StratifiedKFold(5, shuffle=True, random_state=SEED).split(predicted, y[validated]):
    threshold = best_threshold(y[validated][others], predicted[others, positive]${weights('validated][others')})
    prediction[part] = np.where(predicted[part, positive] >= threshold, POSITIVE, classes[1 - positive])

threshold = best_threshold(y[validated], predicted[:, positive]${weights('validated')})
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

/** Defines `metrics`. @param more entries of it */
export function evaluatePart(task: Task, more = ''): Part {
  const [method, decided] =
    task.kind === 'regression'
      ? ['predict', '']
      : [
          'predict_proba',
          choosesThreshold(task)
            ? 'np.where(fitted[:, positive] >= threshold, POSITIVE, classes[1 - positive]), '
            : 'classes[fitted.argmax(axis=1)], ',
        ];
  const validation = task.kind === 'regression' ? 'predicted' : 'prediction, predicted';
  const shuffled = 'np.random.default_rng(SEED).permutation(fitted_rows)';
  const some =
    task.kind === 'regression'
      ? `some = ${shuffled}[:2000]`
      : `shuffled = ${shuffled}
of_each_class = pd.Series(shuffled).groupby(y[shuffled]).head(10)
some = np.union1d(shuffled[:2000], of_each_class)`;
  const rare = task.kind === 'regression' ? '' : ', and ten of each class where it has them';
  const code = `${some}
fitted = model.${method}(X.iloc[some])
metrics = {
    **measured("training", y[some], ${decided}fitted${weightArgument(task, 'some')}),
    **measured("val", y[validated], ${validation}${weightArgument(task, 'validated')}),
    **costs(model),
    "fit_seconds": fit_seconds,${more === '' ? '' : `\n    ${more},`}
}
metrics = {name: float(value) for name, value in metrics.items()}
pd.Series(metrics)`;
  return section(
    'evaluate',
    'Evaluate',
    `The numbers of the validation (\`val_\`) are the ones to compare models by. Those of the training are of 2,000 rows${rare}.`,
    `${costsCode}\n\n\n${code}`,
    ['time', 'cloudpickle'],
  );
}

const costsCode = `def costs(model):
    """Milliseconds for a row of many, and bytes of the model as it is kept."""
    rows = X.head(500)
    started = time.perf_counter()
    model.predict(rows)
    return {
        "predict_ms_per_row": (time.perf_counter() - started) * 1000 / len(rows),
        "model_size_bytes": len(cloudpickle.dumps(model)),
    }`;

/** Defines `costs(model)`. */
export const costsPart: Part = section('evaluate', 'Costs', '', costsCode, ['time', 'cloudpickle']);
