/** A linear model that learns from what the models predict. */
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';
import { fittedCode } from './blend.ts';

/** Defines `params`, `predicted`, `model`, `fitted_rows` and `fit_seconds`. */
export function stackParts(task: Task): Part[] {
  return task.kind === 'regression'
    ? [regressionPart, regressionModel(task)]
    : [classificationPart(task), classificationModel(task)];
}

const text =
  'A small linear model takes the predictions of the others as its columns. It is measured on parts of the validated rows that it was not fitted to.';

const regressionPart = section(
  'fit',
  'Combine',
  text,
  `columns = np.column_stack(list(predictions_by.values()))
combiner = RidgeCV(alphas=np.logspace(-3, 4, 15))
predicted = np.empty(len(actual))
for others, part in parts:
    predicted[part] = clone(combiner).fit(columns[others], actual[others]).predict(columns[part])
combiner.fit(columns, actual)
params = dict(zip(BASES, combiner.coef_.tolist(), strict=True))
pd.Series(params, name="weight").to_frame()`,
  ['sklearn.base:clone', 'sklearn.linear_model:RidgeCV'],
);

function classificationPart({ kind }: Task): Part {
  const columns = kind === 'binary' ? 'predicted[:, 1:]' : 'predicted';
  return section(
    'fit',
    'Combine',
    text,
    `def log_odds(probabilities):
    inside = np.clip(probabilities, 1e-5, 1 - 1e-5)
    return np.log(inside / (1 - inside))


columns = np.hstack([${columns} for predicted in predictions_by.values()])
codes = np.searchsorted(classes, actual)
combiner = make_pipeline(FunctionTransformer(log_odds), LogisticRegression(C=0.1, max_iter=500))
predicted = np.zeros((len(actual), len(classes)))
for others, part in parts:
    fitted = clone(combiner).fit(columns[others], codes[others])
    predicted[np.ix_(part, fitted.classes_)] = fitted.predict_proba(columns[part])
combiner.fit(columns, codes)
params = {name: 1 for name in BASES}`,
    [
      'sklearn.base:clone',
      'sklearn.linear_model:LogisticRegression',
      'sklearn.pipeline:make_pipeline',
      'sklearn.preprocessing:FunctionTransformer',
    ],
  );
}

function regressionModel({ crossValidated }: Task): Part {
  return section(
    'model',
    'Model',
    'The models as they are, and the linear one on top.',
    `model = StackingRegressor(
    [(name, member(name)) for name in BASES], final_estimator=FrozenEstimator(combiner), cv="prefit"
).fit(X, y)
${fittedCode(crossValidated)}`,
    ['sklearn.ensemble:StackingRegressor'],
  );
}

function classificationModel({ crossValidated }: Task): Part {
  return section(
    'model',
    'Model',
    'The models as they are, and the linear one on top.',
    `model = StackingClassifier(
    [(name, member(name)) for name in BASES],
    final_estimator=FrozenEstimator(combiner),
    cv="prefit",
    stack_method="predict_proba",
).fit(X, y)
${fittedCode(crossValidated)}`,
    ['sklearn.ensemble:StackingClassifier'],
  );
}
