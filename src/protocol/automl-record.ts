/**
 * What a search of AutoML leaves on a tracking server, any that speaks MLflow's API, and all that its pages, the
 * leaderboard and `--resume` are drawn from.
 *
 * A search is a run (`role` = `search`); each trial, the data exploration, the ensembles and the final model are its
 * children (`mlflow.parentRunId`). Databricks' names where it has some: tools read them.
 */
import type { AutomlConfig, AutomlMetric } from './automl-config.ts';

export const automlTags = {
  /** `search`, `trial`, `exploration`. */
  role: 'modelyard.automl.role',

  // Of the search
  /** The configuration as JSON (`AutomlConfig`), with all its defaults. */
  config: 'modelyard.automl.config',
  /** One of `automlPhases`. */
  phase: 'modelyard.automl.phase',
  /** When time is up, in milliseconds since 1970. */
  deadline: 'modelyard.automl.deadline',
  /** Set by anybody while it runs: `stop` ends it with what it has; a number is the new deadline. */
  wish: 'modelyard.automl.wish',
  /** Alive at this time, in milliseconds since 1970; written every few seconds. */
  heartbeat: 'modelyard.automl.heartbeat',
  /** SHA-256 of the prepared data with its split. */
  dataHash: 'modelyard.automl.data_hash',
  /** Run id of the best trial so far. */
  best: 'modelyard.automl.best_run',
  /** Why it ended before its time, or what went wrong. */
  message: 'modelyard.automl.message',
  /** What makes the result worse than it seems, such as a best that is not refitted, or the baseline: a sentence a line; written at the end. */
  warning: 'modelyard.automl.warning',
  /** Registered as, such as `churn/3`. */
  registered: 'modelyard.automl.registered',

  // Of a trial
  /** From 1 on, in the order in which they began. */
  number: 'modelyard.automl.trial',
  /** One of `trialKinds`. */
  kind: 'modelyard.automl.kind',
  /** Such as `LGBMClassifier`. */
  estimator: 'estimator_name',
  /** How its columns are made ready: a list of sentences as JSON. */
  preprocessors: 'modelyard.automl.preprocessors',
  /** Framework, as in `exclude_frameworks`. */
  framework: 'modelyard.automl.framework',
  /** The hyperparameters as JSON, as the searcher proposed them. */
  proposal: 'modelyard.automl.proposal',
  /** One of `trialFailures`; with `message` it says why the run FAILED. */
  failure: 'modelyard.automl.failure',
  /** From 1 on; written at the end of the search. */
  rank: 'modelyard.automl.rank',
  /** `true`: the notebook was run again by a clean kernel and gave the same metric. */
  reproduced: 'modelyard.automl.reproduced',
} as const;

/** The wish to end a search with what it has. */
export const stopWish = 'stop';

/**
 * When time is up: as it was wished last, for a search that has not heard that yet.
 * @returns milliseconds since 1970; NaN while the search prepares
 */
export function wishedDeadline(deadline: string | undefined, wish: string | undefined): number {
  return Number(wish || (deadline ?? NaN));
}

/** Alias of the version that a search found best. */
export const championAlias = 'champion';

export const automlPhases = [
  'preparing',
  'searching',
  'ensembling',
  'finishing',
  'finished',
  'stopped',
  'failed',
] as const;
export type AutomlPhase = (typeof automlPhases)[number];

/**
 * - `baseline`: predicts without looking at the columns
 * - `portfolio`: a configuration that is known to do well; `search`: proposed by the optimiser
 * - `blend`, `stack`: of other trials; `final`: the best, fitted to all data, that of the test too
 * - `edited`: a person's copy of a trial's notebook
 */
export const trialKinds = ['baseline', 'portfolio', 'search', 'blend', 'stack', 'final', 'edited'] as const;
export type TrialKind = (typeof trialKinds)[number];

/** Whether it is made of the models of other trials. */
export function isEnsemble(kind: TrialKind): boolean {
  return kind === 'blend' || kind === 'stack';
}

export const trialFailures = ['timeout', 'memory', 'error', 'killed'] as const;
export type TrialFailure = (typeof trialFailures)[number];

/** Tags of the experiment, as Databricks' tools read them. */
export const databricksTags = {
  automl: '_databricks_automl',
  prefix: '_databricks_automl.',
  alertPrefix: '_databricks_automl.alerts.',
  /** Of the best trial, as an artifact: `runs:/<run id>/<name>.ipynb`. */
  bestNotebook: '_databricks_automl.best_trial_notebook_path',
} as const;

/** Among the artifacts of the search's run. */
export const searchFiles = {
  /** As the tag `config`, which has no room for thousands of columns. */
  config: 'automl/config.json',
  /** `DataProfile` as JSON. */
  profile: 'automl/profile.json',
  explorationNotebook: 'data-exploration.ipynb',
  /** Folder: `development.parquet` and `test.parquet`, or `series.parquet`. */
  data: 'data',
  /** `LeaderboardRow[]` as JSON and as CSV, at the end. */
  leaderboard: 'automl/leaderboard.json',
  leaderboardCsv: 'automl/leaderboard.csv',
  /** Folder of the notebooks that predict with the best model. */
  inference: 'inference',
} as const;

/** Among the artifacts of a trial's run; its notebook is `<name of the run>.ipynb`, its model the logged model `model`. */
export const trialFiles = {
  /** Of the validation rows: `row`, `fold`, `target` and the predictions. */
  predictions: 'predictions/validation.parquet',
  /** Pictures and, beside each, the numbers in it as JSON of the same name. */
  plots: 'plots',
  importance: 'plots/importance.json',
  error: 'error.txt',
} as const;

/** Metric names of a run by what was asked for; before each stands `training_`, `val_` or `test_`. */
const metricNames: Readonly<Record<AutomlMetric, string>> = {
  f1: 'f1_score',
  log_loss: 'log_loss',
  precision: 'precision_score',
  accuracy: 'accuracy_score',
  roc_auc: 'roc_auc',
  r2: 'r2_score',
  mae: 'mean_absolute_error',
  mse: 'mean_squared_error',
  rmse: 'root_mean_squared_error',
  smape: 'smape',
  mdape: 'mdape',
};

/** What models are compared by. */
export type Goal = Pick<AutomlConfig, 'problem_type' | 'primary_metric'>;

/** What a trial logs it as. Forecasts log mae, mse and rmse by these short names, as Databricks does. */
export function metricNameOf(
  { problem_type: problem, primary_metric: metric }: Goal,
  part: 'training' | 'val' | 'test',
): string {
  return `${part}_${problem === 'forecasting' ? metric : metricNames[metric]}`;
}

/** Of a forecast's trial: its metric over the backtest, where a window like no other counts little. */
export function typicalNameOf(goal: Goal): string {
  return `${metricNameOf(goal, 'val')}_typical`;
}

/** What a trial costs, as metrics of its run. */
export const costMetrics = {
  fitSeconds: 'fit_seconds',
  /** Milliseconds for a row, when many are predicted together. */
  predictMs: 'predict_ms_per_row',
  modelBytes: 'model_size_bytes',
  trialSeconds: 'trial_seconds',
  /** Of a blend: how many models have a weight. */
  members: 'members',
} as const;

/** On the search's run: the best value so far, at the time and with the number of the trial that brought it as step. */
export const bestMetric = 'best_so_far';

export interface LeaderboardRow {
  readonly rank: number;
  readonly run_id: string;
  readonly name: string;
  readonly kind: TrialKind;
  readonly estimator: string;
  /** Of the metric that was asked for. */
  readonly validation: number;
  /** Absent until the search has ended. */
  readonly test?: number | undefined;
  readonly fit_seconds?: number | undefined;
  readonly predict_ms_per_row?: number | undefined;
  readonly model_size_bytes?: number | undefined;
}

/** What a person should know of the data before trusting a model. Tag: `_databricks_automl.alerts.<name>`. */
export interface Alert {
  readonly name: string;
  readonly severity: 'low' | 'medium' | 'high';
  /** A sentence. */
  readonly message: string;
  readonly columns: readonly string[];
}

export const semanticTypes = ['numeric', 'boolean', 'categorical', 'text', 'datetime'] as const;
export type SemanticType = (typeof semanticTypes)[number];

export interface ColumnProfile {
  readonly name: string;
  /** As the data has it: `int64`, `double`, `bool`, `string`, `timestamp`. */
  readonly type: string;
  /** What it is taken for. */
  readonly semantic: SemanticType;
  /** Of dates that are texts: as pandas names it, such as `%d.%m.%Y`, or `month names`. */
  readonly format?: string | undefined;
  /** Of texts that are numbers: what stands beside these, such as `kg`; the empty text where only thousands are set apart. */
  readonly unit?: string | undefined;
  /** Of such: 1.299,00 is a number. */
  readonly decimal_comma?: boolean | undefined;
  /** Some of its texts are numbers: whoever asks a model may send them as such. */
  readonly holds_numbers?: boolean | undefined;
  readonly missing: number;
  readonly unique: number;
  /** Whether models see it. */
  readonly used: boolean;
  /** Why it is not used. */
  readonly reason?: string | undefined;
  readonly examples: readonly string[];
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly mean?: number | undefined;
}

/** How a CSV file is written, as arguments of pandas' `read_csv`. */
export interface CsvArguments extends Readonly<Record<'sep' | 'quotechar' | 'encoding' | 'decimal', string>> {
  /** False where rows end with a separator. */
  readonly index_col?: false | undefined;
  /** Above the names stands a line such as `sep=;`. */
  readonly skiprows?: 1 | undefined;
}

interface Profile {
  /** Of the data set, and of what was kept where rows were left out by chance. */
  readonly rows: number;
  readonly sampled_rows?: number | undefined;
  readonly columns: readonly ColumnProfile[];
  readonly alerts: readonly Alert[];
  readonly data_hash: string;
  /** Null for other files; absent in searches of early releases. */
  readonly csv?: CsvArguments | null | undefined;
}

export interface TabularProfile extends Profile {
  readonly kind: 'tabular';
  readonly target:
    | {
        readonly kind: 'binary' | 'multiclass';
        /** As text, most frequent first is not promised: sorted. */
        readonly classes: readonly string[];
        readonly counts: readonly number[];
        /** Binary: the class that the curves are about. */
        readonly positive?: string | undefined;
      }
    | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly mean: number };
  readonly development_rows: number;
  readonly test_rows: number;
  readonly validation: {
    /** `folds`: each development row is validated once; `holdout`: some are, by chance; or by time, or as told. */
    readonly kind: 'folds' | 'holdout' | 'time' | 'manual';
    readonly folds: number;
  };
  /** Column of the prepared rows that tells how much each counts, where it is none of the data set's own. */
  readonly weights?: string | undefined;
}

export interface ForecastProfile extends Profile {
  readonly kind: 'forecast';
  readonly series: number;
  /** Of the shortest and longest series. */
  readonly shortest: number;
  readonly longest: number;
  readonly start: string;
  readonly end: string;
  /** Step of time as pandas names it, with its anchor, such as `W-MON`. */
  readonly frequency: string;
  /** Steps in a season that shows in the data, most pronounced first; 1 alone: none. */
  readonly seasons: readonly number[];
  /**
   * Backtest: so many cutoffs, `step` apart, each forecasting `horizon` steps of the series that have `minimum` rows
   * before it.
   */
  readonly backtest: { readonly windows: number; readonly step: number; readonly minimum: number };
  /** Steps at the end of each series that are kept out of the search; 0 when the series are too short for that. */
  readonly test_steps: number;
}

export type DataProfile = TabularProfile | ForecastProfile;
