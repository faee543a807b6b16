/** Pictures of the validation; beside each the numbers in it, which pages draw. */
import { keepPlotCode, keepPlotImports } from '../../notebook/keep-plot.ts';
import { section, type Part } from '../../notebook/part.ts';
import type { Task } from '../task.ts';

/** Takes `run`, `predicted`, `validated`. */
export function plotsPart(task: Task): Part {
  const weighted = task.weight !== undefined;
  const code = {
    regression,
    binary: `${matrix(weighted)}\n\n${binary(weighted)}`,
    multiclass: `${matrix(weighted)}\n\n${multiclass(weighted)}`,
  }[task.kind];
  const displays = {
    regression: ['sklearn.metrics:PredictionErrorDisplay'],
    binary: [...classes, 'sklearn.calibration:CalibrationDisplay'],
    multiclass: classes,
  }[task.kind];
  // Points are drawn alike, whatever they count.
  const text =
    weighted && task.kind !== 'regression' ? `Of the validated rows. ${byWeight}.` : 'Of the validated rows.';
  return section('plots', 'Plots', text, `${keepPlotCode}\n\n\n${linesCode}\n\n\n${code}`, [
    ...keepPlotImports,
    ...displays,
  ]);
}

const byWeight = 'Rows count by their weight';

/** The last argument of scikit-learn's displays. */
function argument(weighted: boolean): string {
  return weighted ? ', sample_weight=weight[validated]' : '';
}

/** So that the picture alone tells what its numbers are of. */
function titled(figure: string, weighted: boolean): string {
  return weighted ? `\n${figure}.suptitle("${byWeight}")` : '';
}

const classes = ['ConfusionMatrixDisplay', 'PrecisionRecallDisplay', 'RocCurveDisplay'].map(
  (name) => `sklearn.metrics:${name}`,
);

const linesCode = `def thinned(values, most=200):
    """So many of the values, evenly taken."""
    return np.asarray(values, dtype=float)[np.unique(np.linspace(0, len(values) - 1, most).astype(int))].round(5).tolist()


def lines(x, y, **curves):
    return {"kind": "lines", "x": x, "y": y, "lines": {name: {"x": thinned(xs), "y": thinned(ys)} for name, (xs, ys) in curves.items()}}`;

function matrix(weighted: boolean): string {
  const format = weighted ? ', values_format=".5g"' : '';
  return `shown = ConfusionMatrixDisplay.from_predictions(y[validated], prediction, labels=classes${argument(weighted)}${format})${titled('shown.figure_', weighted)}
labels = [str(label) for label in classes]
keep("confusion_matrix", shown.figure_, {
    "kind": "matrix", "x": "Predicted", "y": "Actual", "rows": labels, "columns": labels,
    "values": shown.confusion_matrix${weighted ? '.round(6)' : ''}.tolist(),
})`;
}

function binary(weighted: boolean): string {
  const title = titled('shown.figure_', weighted);
  // The chance level of scikit-learn counts each row once.
  const [chance, level] = weighted
    ? [
        '',
        `
share = np.average(actual == POSITIVE, weights=weight[validated])
shown.ax_.axhline(share, color="k", linestyle="--", label=f"Chance level (AP = {share:.2f})")
shown.ax_.legend()`,
      ]
    : [', plot_chance_level=True', ''];
  return `positive = list(classes).index(POSITIVE)
actual, probability = y[validated], predicted[:, positive]


def curve(shown, **curves):
    return lines(shown.ax_.get_xlabel(), shown.ax_.get_ylabel(), **curves)


shown = RocCurveDisplay.from_predictions(actual, probability, pos_label=POSITIVE, plot_chance_level=True${argument(weighted)})${title}
keep("roc", shown.figure_, curve(shown, ROC=(shown.fpr, shown.tpr)))
shown = PrecisionRecallDisplay.from_predictions(actual, probability, pos_label=POSITIVE${chance}${argument(weighted)})${level}${title}
keep("precision_recall", shown.figure_, curve(shown, PR=(shown.recall, shown.precision)))
${weighted ? weightedCalibration : calibration}${title}
keep("calibration", shown.figure_, curve(shown, model=(shown.prob_pred, shown.prob_true)))`;
}

const calibration =
  'shown = CalibrationDisplay.from_predictions(actual, probability, pos_label=POSITIVE, n_bins=10, strategy="quantile")';

/** scikit-learn's takes no weights. */
const weightedCalibration = `counts = pd.DataFrame({"weight": 1, "predicted": probability, "positive": actual == POSITIVE})
bins = np.searchsorted(np.quantile(probability, np.linspace(0, 1, 11))[1:-1], probability)
sums = counts.mul(weight[validated], axis=0).groupby(bins).sum().query("weight > 0")
shown = CalibrationDisplay(
    sums["positive"] / sums["weight"], sums["predicted"] / sums["weight"], probability, pos_label=POSITIVE
).plot()`;

function multiclass(weighted: boolean): string {
  return `figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5))
roc, recall = {}, {}
for place, label in enumerate(classes[:20]):
    actual, name = y[validated] == label, str(label)
    if ${weighted ? 'weight[validated][actual].sum() == 0' : 'not actual.any()'}:  # there is no rate of none
        continue
    shown = RocCurveDisplay.from_predictions(actual, predicted[:, place], name=name, ax=left${argument(weighted)})
    roc[name] = (shown.fpr, shown.tpr)
    shown = PrecisionRecallDisplay.from_predictions(actual, predicted[:, place], name=name, ax=right${argument(weighted)})
    recall[name] = (shown.recall, shown.precision)
left.set(xlabel="False positive rate", ylabel="True positive rate")
right.set(xlabel="Recall", ylabel="Precision")${titled('figure', weighted)}
keep("roc", figure, lines("False positive rate", "True positive rate", **roc))
keep("precision_recall", figure, lines("Recall", "Precision", **recall))`;
}

const regression = `actual = y[validated]
some = np.random.default_rng(SEED).permutation(len(actual))[:1000]
for name, kind, label, values in [
    ("predicted", "actual_vs_predicted", "Actual", actual),
    ("residuals", "residual_vs_predicted", "Actual - predicted", actual - predicted),
]:
    shown = PredictionErrorDisplay.from_predictions(actual[some], predicted[some], kind=kind, subsample=None)
    points = {"x": predicted[some].tolist(), "y": values[some].tolist()}
    keep(name, shown.figure_, {"kind": "points", "x": "Predicted", "y": label, "points": points})`;
