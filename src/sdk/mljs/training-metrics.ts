/** How well a model fits what it was trained on, under the names of MLflow's autologging of scikit-learn. */

/** Precision, recall and F1 are the means over the classes, weighted by how often each occurs. */
export function classifierMetrics(labels: readonly unknown[], predicted: readonly unknown[]): Record<string, number> {
  const pairs = labels.map((label, index) => [String(label), String(predicted[index])] as const);
  const count = (test: (label: string, guess: string) => boolean): number =>
    pairs.filter(([a, b]) => test(a, b)).length;
  const scores = { precision: 0, recall: 0, f1: 0 };
  for (const name of new Set(pairs.map(([label]) => label))) {
    const support = count((label) => label === name);
    const right = count((label, guess) => label === name && guess === name);
    const precision = ratio(
      right,
      count((_, guess) => guess === name),
    );
    const recall = ratio(right, support);
    const weight = support / pairs.length;
    scores.precision += weight * precision;
    scores.recall += weight * recall;
    scores.f1 += weight * ratio(2 * precision * recall, precision + recall);
  }
  return {
    training_accuracy_score: ratio(
      count((label, guess) => label === guess),
      pairs.length,
    ),
    training_precision_score: scores.precision,
    training_recall_score: scores.recall,
    training_f1_score: scores.f1,
  };
}

export function regressorMetrics(values: readonly number[], predicted: readonly number[]): Record<string, number> {
  const errors = values.map((value, index) => value - (predicted[index] ?? Number.NaN));
  const mean = meanOf(values);
  const squared = meanOf(errors.map((error) => error ** 2));
  const spread = meanOf(values.map((value) => (value - mean) ** 2));
  return {
    training_mean_squared_error: squared,
    training_root_mean_squared_error: Math.sqrt(squared),
    training_mean_absolute_error: meanOf(errors.map(Math.abs)),
    training_r2_score: spread === 0 ? Number(squared === 0) : 1 - squared / spread,
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
