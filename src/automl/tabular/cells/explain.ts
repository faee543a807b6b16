/** Which columns a model leans on. */
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

/** Takes `checked`, `held_out` and `keep`. */
export function explainPart({ kind, weight }: Task): Part {
  const by = weight === undefined ? '' : ', sample_weight=weight[rows]';
  const [metric, words, call] =
    kind === 'regression'
      ? ['root_mean_squared_error', 'Rise of RMSE', `root_mean_squared_error(y[rows], predicted${by})`]
      : ['log_loss', 'Rise of log loss', `log_loss(y[rows], predicted, labels=checked.classes_${by})`];
  const predict = kind === 'regression' ? 'predict' : 'predict_proba';
  const code = `SECONDS = 0.3  # columns that this does not suffice for are left out

random = np.random.default_rng(SEED)
rows = random.permutation(held_out)[:300]


def losses(tables):
    """Of each table of these rows, predicted at once."""
    together = checked.${predict}(pd.concat(tables))
    return [${call} for predicted in np.split(together, len(tables))]


def shuffled(name):
    """These rows, with the values of the column shuffled."""
    other = table.copy(deep=False)
    other[name] = random.permutation(table[name].to_numpy())
    return other


table = X.iloc[rows]
[reference] = losses([table])
importance = {}
started = time.perf_counter()
at_once = max(1, min(10, 1000 // X.shape[1]))  # of a wide table one by one, for the memory
for first in range(0, X.shape[1], at_once):
    names = X.columns[first : first + at_once]
    lost = losses([shuffled(name) for name in names])
    importance |= {name: loss - reference for name, loss in zip(names, lost, strict=True)}
    if time.perf_counter() - started > SECONDS:
        break
importance = pd.Series(importance).sort_values(ascending=False)
figure, axes = plt.subplots(figsize=(7, 0.5 + 0.3 * len(importance.head(20))))
importance.head(20)[::-1].plot.barh(ax=axes, xlabel="${words}")
figure.tight_layout()
keep("importance", figure, {"kind": "bars", "x": "${words}", "bars": importance.round(6).to_dict()})`;
  const text =
    'How much worse rows that the model has not seen are predicted when the values of one column are shuffled: about zero for a column that the model does not need.';
  return section('explain', 'Importance', text, code, ['matplotlib.pyplot as plt', `sklearn.metrics:${metric}`]);
}

/** Takes `BASES`, `params` and `keep`. @param weighted by the values of `params`, else each member counts the same */
export function membersImportancePart(weighted: boolean): Part {
  const code = `def importance_of(run_id):
    """As its trial measured it; nothing where it had no time for that."""
    try:
        return mlflow.artifacts.load_dict(f"runs:/{run_id}/plots/importance.json")
    except MlflowException:
        return {"x": "", "bars": {}}


found = {name: importance_of(BASES[name]) for name in params}
table = pd.DataFrame({name: plot["bars"] for name, plot in found.items() if plot["bars"]}, dtype=float)
if not table.empty:
    label = next(plot["x"] for plot in found.values() if plot["bars"])
    shares = ${weighted ? 'pd.Series(params)[table.columns]' : 'pd.Series(1.0, index=table.columns)'}
    importance = (table.mul(shares).sum(axis=1) / table.notna().mul(shares).sum(axis=1)).sort_values(ascending=False)
    figure, axes = plt.subplots(figsize=(7, 0.5 + 0.3 * len(importance.head(20))))
    importance.head(20)[::-1].plot.barh(ax=axes, xlabel=label)
    figure.tight_layout()
    keep("importance", figure, {"kind": "bars", "x": label, "bars": importance.round(6).to_dict()})`;
  const mean = weighted ? 'mean, by the weights of the members,' : 'mean';
  const text = `The ${mean} of what the trials of the members measured: how much worse each predicts when the values of one column are shuffled.`;
  return section('explain', 'Importance', text, code, [
    'matplotlib.pyplot as plt',
    'mlflow.exceptions:MlflowException',
  ]);
}
