/** The weights of a blend, and the model that they make. */
import type { AutomlMetric } from '../../../protocol/automl-config.ts';
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { FinishedTrial } from '../../problem.ts';
import type { Task } from '../task.ts';

/** Defines `params` (the weights), `predicted` of the validated rows, `model`, `fitted_rows` and `fit_seconds`. */
export function blendPart(bases: readonly FinishedTrial[], task: Task): Part {
  const { code: loss, imports } = lossOf(task);
  const code = `LEADERS = ${pythonLiteral(leaders(bases))}  # the best of each learner, by their place among the models


def losses(y, blends):
    """Of each blend."""
    ${loss}


def blend_weights(predictions, y, rounds=10):
    """
    Begins with the leaders that come near the best, and adds, again and again, the model that helps the mean most; the
    best mean on the way counts (Caruana, 2004).
    """
    alone = losses(y, predictions[LEADERS])
    same = np.broadcast_to(predictions.mean(axis=(0, 1)), predictions[:1].shape)  # the same for every row
    least, most = alone.min(), losses(y, same)[0]
    near = least + min(0.25 * least, 0.15 * max(most - least, 0))
    chosen = [place for place, loss in zip(LEADERS, alone, strict=True) if loss <= near]
    total = predictions[chosen].sum(axis=0)
    best = [losses(y, total[np.newaxis] / len(chosen)).min()]
    for _ in range(rounds):
        tried = losses(y, (total + predictions) / (len(chosen) + 1))
        chosen.append(int(tried.argmin()))
        best.append(tried.min())
        total += predictions[chosen[-1]]
    chosen = chosen[: len(chosen) - rounds + int(np.argmin(best))]
    return np.bincount(chosen, minlength=len(predictions)) / len(chosen)


predictions = np.stack(list(predictions_by.values()))
predicted = np.empty_like(predictions[0])
for others, part in parts:
    weights = blend_weights(predictions[:, others], actual[others])
    predicted[part] = np.tensordot(weights, predictions[:, part], axes=1)

weights = blend_weights(predictions, actual)
params = {name: float(weight) for name, weight in zip(BASES, weights, strict=True) if weight > 0}
pd.Series(params, name="weight").sort_values(ascending=False).to_frame()`;
  const text =
    'The weights are chosen on the validated rows. What the blend is worth is measured without flattery: each part of these rows is predicted with weights that were chosen on the others.';
  return section('fit', 'Weights', text, code, imports);
}

/** On few rows weights follow chance: with each learner in the mean from the beginning they do less. */
function leaders(bases: readonly FinishedTrial[]): number[] {
  const places = bases.map(({ estimator }, place) => [estimator, place] as const);
  // Of a learner the last that is set counts.
  return [...new Map(places.toReversed()).values()].toSorted((a, b) => a - b);
}

export function blendModelPart({ kind, crossValidated }: Task): Part {
  const [voter, options] = kind === 'regression' ? ['VotingRegressor', ''] : ['VotingClassifier', ', voting="soft"'];
  const code = `members = [(name, member(name)) for name in params]
model = ${voter}(members, weights=list(params.values())${options}).fit(X, y)
${fittedCode(crossValidated)}`;
  return section('model', 'Model', 'The mean of the models as they are, with these weights.', code, [
    `sklearn.ensemble:${voter}`,
  ]);
}

/** A combination takes as long to fit as all that is in it. */
export function fittedCode(crossValidated: boolean): string {
  return `fit_seconds = sum(mlflow.get_run(BASES[name]).data.metrics["fit_seconds"] for name in params)
fitted_rows = ${crossValidated ? 'np.arange(len(y))' : 'np.flatnonzero(fold < 0)'}`;
}

/** What the weights lower, for all blends at a time; metrics that jump are too coarse to choose by. */
function lossOf({ kind, context }: Task): { code: string; imports: string[] } {
  const metric: AutomlMetric = context.config.primary_metric;
  if (kind === 'regression') {
    const distance = metric === 'mae' ? 'np.abs(blends - y)' : '(blends - y) ** 2';
    return { code: `return (${distance}).mean(axis=1)`, imports: [] };
  }
  if (metric === 'roc_auc' && kind === 'binary') {
    return {
      code: `positive = y == POSITIVE
    ranks = rankdata(blends[:, :, list(classes).index(POSITIVE)], axis=1)[:, positive].mean(axis=1)
    return 1 - (ranks - (positive.sum() + 1) / 2) / (~positive).sum()  # 1 - area below the ROC curve`,
      imports: ['scipy.stats:rankdata'],
    };
  }
  return {
    code: `likelihood = blends[:, np.arange(len(y)), np.searchsorted(classes, y)]
    return -np.log(np.clip(likelihood, 1e-15, 1)).mean(axis=1)  # log loss`,
    imports: [],
  };
}
