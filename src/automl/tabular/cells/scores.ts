/** The metrics of the problem as a function of the notebook. */
import type { Part } from '../../notebook/part.ts';
import { section } from '../../notebook/part.ts';
import { pythonLiteral } from '../../notebook/python-code.ts';
import type { Task } from '../task.ts';

/** Defines `measured(part, y, …)`: of predictions, and for classification of probabilities by class too. */
export function scoresPart(task: Task): Part {
  switch (task.kind) {
    case 'regression':
      return section('evaluate', 'Metrics', '', regression, regressionImports);
    case 'binary':
      return section(
        'evaluate',
        'Metrics',
        positiveText,
        binary(pythonLiteral(task.positive ?? null)),
        classificationImports,
      );
    case 'multiclass':
      return section(
        'evaluate',
        'Metrics',
        'Those of single classes are averaged by the number of their rows.',
        multiclass,
        classificationImports,
      );
  }
}

const positiveText = 'f1, precision and the area below the ROC curve are about the class `POSITIVE`.';

const classificationImports = ['accuracy_score', 'f1_score', 'log_loss', 'precision_score', 'roc_auc_score'].map(
  (name) => `sklearn.metrics:${name}`,
);
const regressionImports = ['mean_absolute_error', 'mean_squared_error', 'r2_score', 'root_mean_squared_error'].map(
  (name) => `sklearn.metrics:${name}`,
);

function binary(positive: string): string {
  return `POSITIVE = ${positive}


def measured(part, y, predictions, probabilities):
    probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)  # some learners round
    return {
        f"{part}_f1_score": f1_score(y, predictions, pos_label=POSITIVE, zero_division=0),
        f"{part}_log_loss": log_loss(y, probabilities, labels=classes),
        f"{part}_precision_score": precision_score(y, predictions, pos_label=POSITIVE, zero_division=0),
        f"{part}_accuracy_score": accuracy_score(y, predictions),
        f"{part}_roc_auc": roc_auc_score(y == POSITIVE, probabilities[:, list(classes).index(POSITIVE)]),
    }`;
}

const multiclass = `def measured(part, y, predictions, probabilities):
    probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)  # some learners round
    return {
        f"{part}_f1_score": f1_score(y, predictions, average="weighted", zero_division=0),
        f"{part}_log_loss": log_loss(y, probabilities, labels=classes),
        f"{part}_precision_score": precision_score(y, predictions, average="weighted", zero_division=0),
        f"{part}_accuracy_score": accuracy_score(y, predictions),
        f"{part}_roc_auc": roc_auc_score(
            y, probabilities, labels=classes, multi_class="ovr", average="weighted"
        ),
    }`;

const regression = `def measured(part, y, predictions):
    return {
        f"{part}_r2_score": r2_score(y, predictions),
        f"{part}_mean_absolute_error": mean_absolute_error(y, predictions),
        f"{part}_mean_squared_error": mean_squared_error(y, predictions),
        f"{part}_root_mean_squared_error": root_mean_squared_error(y, predictions),
    }`;
