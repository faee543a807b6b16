/** The metrics of the problem as a function of the notebook. */
import { section, type Part } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Task } from '../task.ts';

/**
 * Defines `measured(part, y, …)`: of predictions, for classification of probabilities by class too, and of the weights of
 * the rows where they have some.
 */
export function scoresPart(task: Task): Part {
  const weighted = task.weight !== undefined;
  const counts = weighted ? 'Rows count by their weight.' : '';
  const [argument, by] = weighted ? [', weight', ', sample_weight=weight'] : ['', ''];
  switch (task.kind) {
    case 'regression':
      return section('evaluate', 'Metrics', counts, regression(argument, by), regressionImports);
    case 'binary': {
      const code = binary(pythonLiteral(task.positive ?? null), argument, by);
      return section('evaluate', 'Metrics', `${positiveText} ${counts}`.trim(), code, classificationImports);
    }
    case 'multiclass': {
      const code = multiclass(argument, by);
      return section('evaluate', 'Metrics', `${averageText} ${counts}`.trim(), code, classificationImports);
    }
  }
}

/** The last argument of `measured`, for some of the rows. */
export function weightArgument({ weight }: Task, rows = ''): string {
  if (weight === undefined) return '';
  return rows === '' ? ', weight' : `, weight[${rows}]`;
}

const positiveText = 'f1, precision and the area below the ROC curve are about the class `POSITIVE`.';
const averageText = 'Those of single classes are averaged by the number of their rows.';

const classificationImports = ['accuracy_score', 'f1_score', 'log_loss', 'precision_score', 'roc_auc_score'].map(
  (name) => `sklearn.metrics:${name}`,
);
const regressionImports = ['mean_absolute_error', 'mean_squared_error', 'r2_score', 'root_mean_squared_error'].map(
  (name) => `sklearn.metrics:${name}`,
);

function binary(positive: string, argument: string, by: string): string {
  return `POSITIVE = ${positive}


def measured(part, y, predictions, probabilities${argument}):
    probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)  # some learners round
    probability = probabilities[:, list(classes).index(POSITIVE)]
    return {
        f"{part}_f1_score": f1_score(y, predictions, pos_label=POSITIVE${by}, zero_division=0),
        f"{part}_log_loss": log_loss(y, probabilities, labels=classes${by}),
        f"{part}_precision_score": precision_score(y, predictions, pos_label=POSITIVE${by}, zero_division=0),
        f"{part}_accuracy_score": accuracy_score(y, predictions${by}),
        f"{part}_roc_auc": roc_auc_score(y == POSITIVE, probability${by}),
    }`;
}

function multiclass(argument: string, by: string): string {
  return `def measured(part, y, predictions, probabilities${argument}):
    probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)  # some learners round
    return {
        f"{part}_f1_score": f1_score(y, predictions, average="weighted"${by}, zero_division=0),
        f"{part}_log_loss": log_loss(y, probabilities, labels=classes${by}),
        f"{part}_precision_score": precision_score(y, predictions, average="weighted"${by}, zero_division=0),
        f"{part}_accuracy_score": accuracy_score(y, predictions${by}),
        f"{part}_roc_auc": roc_auc_score(
            y, probabilities, labels=classes, multi_class="ovr", average="weighted"${by}
        ),
    }`;
}

function regression(argument: string, by: string): string {
  return `def measured(part, y, predictions${argument}):
    return {
        f"{part}_r2_score": r2_score(y, predictions${by}),
        f"{part}_mean_absolute_error": mean_absolute_error(y, predictions${by}),
        f"{part}_mean_squared_error": mean_squared_error(y, predictions${by}),
        f"{part}_root_mean_squared_error": root_mean_squared_error(y, predictions${by}),
    }`;
}
