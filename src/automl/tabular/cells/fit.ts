/** Fits the model within each fold, for predictions of rows that it has not seen, and then to all that it may see. */
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

/**
 * Defines `validated` (whether a row is), `predicted` (of the validated rows: probabilities by class, or values),
 * `checked` (a fitted model) with `held_out` (rows that it has not seen), `fitted_rows`, `fit_seconds`; fits `model`.
 * @param constant the model predicts the same for every row
 */
export function fitPart(task: Task, constant = false): Part {
  const weights = (rows: string): string =>
    task.weight === undefined ? '' : `, model__sample_weight=weight${rows === '' ? '' : `[${rows}]`}`;
  const loop =
    task.kind === 'regression'
      ? `predicted = np.full(len(y), np.nan)
for train, held_out in PredefinedSplit(fold).split():
    checked = clone(model).fit(X.iloc[train], y[train]${weights('train')})
    predicted[held_out] = checked.predict(X.iloc[held_out])`
      : `predicted = np.zeros((len(y), len(classes)))
for train, held_out in PredefinedSplit(fold).split():
    checked = clone(model).fit(X.iloc[train], y[train]${weights('train')})
    predicted[np.ix_(held_out, np.isin(classes, checked.classes_))] = checked.predict_proba(X.iloc[held_out])`;
  const last = task.crossValidated
    ? `
started = time.perf_counter()
model.fit(X, y${weights('')})
fit_seconds = time.perf_counter() - started
fitted_rows = np.arange(len(y))`
    : `
fit_seconds = time.perf_counter() - started
model, fitted_rows = checked, train`;
  const begin = task.crossValidated ? '' : 'started = time.perf_counter()\n';
  // Some learners count in single precision.
  const sums = task.kind === 'regression' ? '' : '\npredicted /= predicted.sum(axis=1, keepdims=True)';
  const same =
    constant && task.kind !== 'regression' && task.crossValidated
      ? '\npredicted[:] = predicted.mean(axis=0)  # classes are not shared alike by the folds: that is nothing to rank rows by'
      : '';
  const text = task.crossValidated
    ? 'Each row is predicted by a model that was fitted without it. The model that is kept is fitted to all rows.'
    : 'The model is fitted to the training rows and predicts those of the validation.';
  return section(
    'fit',
    'Fit and validate',
    text,
    `${begin}${loop}\n${last.trim()}\nvalidated = fold >= 0\npredicted = predicted[validated]${sums}${same}`,
    ['time', 'sklearn.base:clone', 'sklearn.model_selection:PredefinedSplit'],
  );
}
