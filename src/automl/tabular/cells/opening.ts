/** How every notebook begins: what it is, its imports and settings, its rows. */
import { pythonLiteral } from '../../notebook/python-code.ts';
import { section, type Part } from '../../notebook/part.ts';
import { cacheCode, searchRunCode, trackingCode } from '../../notebook/search-code.ts';
import type { Task } from '../task.ts';

/** What a reader should know first. */
export function headText(task: Task): string {
  const { profile, config } = task.context;
  const validation = task.crossValidated
    ? `${profile.kind === 'tabular' ? profile.validation.folds : 5} folds`
    : 'rows that are kept for it';
  return `Predicts \`${task.target}\` from ${task.features.length} columns of ${task.rows} rows; validated by ${validation}; compared by \`${config.primary_metric}\`.

**To run it again**: \`pip install -r requirements.txt\` with the file that stands beside the model of this run, which has the versions of what its numbers come from, and \`pip install pyarrow matplotlib ipykernel\` in any; then run all cells. It gives the same numbers and logs a run of its own, beside those of the search.`;
}

export const settingsImports = [
  'logging',
  'os',
  'warnings',
  'sklearn.exceptions:ConvergenceWarning',
  'mlflow',
  'numpy as np',
  'pandas as pd',
];

export function settings({ context, target }: Task): string {
  return `logging.getLogger("mlflow").setLevel(logging.ERROR)
warnings.filterwarnings("ignore", module="mlflow")
warnings.filterwarnings("ignore", category=ConvergenceWarning)  # stopped early, which does no harm

${trackingCode(context)}

${searchRunCode(context)}
TARGET = ${pythonLiteral(target)}
SEED = ${context.config.seed}
N_JOBS = ${context.threads}`;
}

/** Defines `X`, `y`, `weight` and `OPTIONAL` where there are some, `row`, `fold`, and `classes` of a classification. */
export function loadPart(task: Task): Part {
  const text = task.crossValidated
    ? '`_automl_fold` says in which of the folds a row is validated. The test rows are kept apart.'
    : '`_automl_fold` is 0 for the rows of the validation, -1 for those of the training. The test rows are kept apart.';
  const thinned = task.context.profile.kind === 'tabular' && task.context.profile.weights !== undefined;
  const weights = thinned
    ? ' Of the class with most rows a part is here for training: by `_automl_weight` they count for all of them.'
    : '';
  const code = `${cacheCode}
data = pd.read_parquet(cache / "data" / "development.parquet")
${rowsCode(task)}
row = data["_automl_row"].to_numpy()
fold = data["_automl_fold"].to_numpy()
${task.kind === 'regression' ? '' : 'classes = np.unique(y)\n'}${optionalCode(task)}X.head()`;
  return section('load', 'Load the data', `${text}${weights}`, code, ['pathlib:Path']);
}

function optionalCode({ optional }: Task): string {
  if (optional.length === 0) return '';
  return `OPTIONAL = ${pythonLiteral(optional)}  # values are missing here: a model takes rows without these columns too\n`;
}

/** Defines the same of the test rows, but for `OPTIONAL`. */
export function loadTestPart(task: Task): Part {
  const code = `${cacheCode}
data = pd.read_parquet(cache / "data" / "test.parquet")
${rowsCode(task)}
X.head()`;
  return section('load', 'Load the test rows', 'No model that is scored here has seen them.', code, ['pathlib:Path']);
}

function rowsCode({ weight, kind }: Task): string {
  const others = ['TARGET', ...(weight === undefined ? [] : [pythonLiteral(weight)])];
  return `X = data.drop(columns=[${others.join(', ')}]).filter(regex="^(?!_automl_)")
y = data[TARGET].to_numpy(${kind === 'regression' ? 'dtype=float' : ''})${
    weight === undefined ? '' : `\nweight = data[${pythonLiteral(weight)}].to_numpy(dtype=float)`
  }`;
}

/** Defines `X`, `y`, and the weights of all rows and `OPTIONAL` where there are some. */
export function loadAllPart(task: Task): Part {
  const code = `${cacheCode}
data = pd.concat([pd.read_parquet(cache / "data" / f"{part}.parquet") for part in ("development", "test")], ignore_index=True)
${rowsCode(task)}
${optionalCode(task)}X.head()`;
  return section('load', 'Load the data', 'All rows, those of the test too: nothing is chosen any more.', code, [
    'pathlib:Path',
  ]);
}
