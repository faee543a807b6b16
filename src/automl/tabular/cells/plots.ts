/** Pictures of the validation; beside each the numbers in it, which pages draw. */
import { keepPlotCode, keepPlotImports } from '../../notebook/keep-plot.ts';
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

/** Takes `run`, `predicted`, `validated`. */
export function plotsPart(task: Task): Part {
  const code =
    task.kind === 'regression'
      ? regression
      : task.kind === 'binary'
        ? `${matrix}\n\n${binary}`
        : `${matrix}\n\n${multiclass}`;
  const displays = {
    regression: ['sklearn.metrics:PredictionErrorDisplay'],
    binary: [...classes, 'sklearn.calibration:CalibrationDisplay'],
    multiclass: classes,
  }[task.kind];
  return section('plots', 'Plots', 'Of the validated rows.', `${keepPlotCode}\n\n\n${linesCode}\n\n\n${code}`, [
    ...keepPlotImports,
    ...displays,
  ]);
}

const classes = ['ConfusionMatrixDisplay', 'PrecisionRecallDisplay', 'RocCurveDisplay'].map(
  (name) => `sklearn.metrics:${name}`,
);

const linesCode = `def thinned(values, most=200):
    """So many of the values, evenly taken."""
    return np.asarray(values, dtype=float)[np.unique(np.linspace(0, len(values) - 1, most).astype(int))].round(5).tolist()


def lines(x, y, **curves):
    return {"kind": "lines", "x": x, "y": y, "lines": {name: {"x": thinned(xs), "y": thinned(ys)} for name, (xs, ys) in curves.items()}}`;

const matrix = `shown = ConfusionMatrixDisplay.from_predictions(y[validated], prediction, labels=classes)
labels = [str(label) for label in classes]
keep("confusion_matrix", shown.figure_, {
    "kind": "matrix", "x": "Predicted", "y": "Actual", "rows": labels, "columns": labels,
    "values": shown.confusion_matrix.tolist(),
})`;

const binary = `positive = list(classes).index(POSITIVE)
actual, probability = y[validated] == POSITIVE, predicted[:, positive]
shown = RocCurveDisplay.from_predictions(actual, probability, plot_chance_level=True)
keep("roc", shown.figure_, lines("False positive rate", "True positive rate", ROC=(shown.fpr, shown.tpr)))
shown = PrecisionRecallDisplay.from_predictions(actual, probability, plot_chance_level=True)
keep("precision_recall", shown.figure_, lines("Recall", "Precision", PR=(shown.recall, shown.precision)))
shown = CalibrationDisplay.from_predictions(actual, probability, n_bins=10, strategy="quantile")
keep("calibration", shown.figure_, lines("Predicted probability", "Share of positives", model=(shown.prob_pred, shown.prob_true)))`;

const multiclass = `figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5))
roc, recall = {}, {}
for place, label in enumerate(classes[:20]):
    actual, name = y[validated] == label, str(label)
    shown = RocCurveDisplay.from_predictions(actual, predicted[:, place], name=name, ax=left)
    roc[name] = (shown.fpr, shown.tpr)
    shown = PrecisionRecallDisplay.from_predictions(actual, predicted[:, place], name=name, ax=right)
    recall[name] = (shown.recall, shown.precision)
keep("roc", figure, lines("False positive rate", "True positive rate", **roc))
keep("precision_recall", figure, lines("Recall", "Precision", **recall))`;

const regression = `actual = y[validated]
some = np.random.default_rng(SEED).permutation(len(actual))[:1000]
for name, kind, label, values in [
    ("predicted", "actual_vs_predicted", "Actual", actual),
    ("residuals", "residual_vs_predicted", "Actual - predicted", actual - predicted),
]:
    shown = PredictionErrorDisplay.from_predictions(actual[some], predicted[some], kind=kind, subsample=None)
    points = {"x": predicted[some].tolist(), "y": values[some].tolist()}
    keep(name, shown.figure_, {"kind": "points", "x": "Predicted", "y": label, "points": points})`;
