/** Which columns a model leans on. */
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

/** Takes `checked`, `held_out` and `keep`. */
export function explainPart({ kind }: Task): Part {
  const [metric, words, call] =
    kind === 'regression'
      ? ['root_mean_squared_error', 'Rise of RMSE', 'root_mean_squared_error(y[rows], checked.predict(table))']
      : ['log_loss', 'Rise of log loss', 'log_loss(y[rows], checked.predict_proba(table), labels=checked.classes_)'];
  const code = `SECONDS = 0.5  # columns that this does not suffice for are left out

random = np.random.default_rng(SEED)
rows = random.permutation(held_out)[:500]


def loss(table):
    return ${call}


table = X.iloc[rows]
reference = loss(table)
importance = {}
started = time.perf_counter()
for name in X:
    importance[name] = loss(table.assign(**{name: random.permutation(table[name].to_numpy())})) - reference
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
