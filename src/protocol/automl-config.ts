/**
 * What a search of AutoML is asked to do, in the words of Databricks' parameters. The command's flags, the SDK's options,
 * the REST request and the form of the UI are all this.
 */
export const automlProblems = ['classification', 'regression', 'forecasting'] as const;
export type AutomlProblem = (typeof automlProblems)[number];

/** What a search for it is called by, as a command and as a function. */
export const automlVerbs = { classification: 'classify', regression: 'regress', forecasting: 'forecast' } as const;

/** The first of each is the default. */
export const automlMetrics = {
  classification: ['f1', 'log_loss', 'precision', 'accuracy', 'roc_auc'],
  regression: ['r2', 'mae', 'rmse', 'mse'],
  forecasting: ['smape', 'mse', 'rmse', 'mae', 'mdape'],
} as const satisfies Readonly<Record<AutomlProblem, readonly string[]>>;
export type AutomlMetric = (typeof automlMetrics)[AutomlProblem][number];

/** Of these metrics more is better; of all others less. */
export const greaterIsBetter: ReadonlySet<AutomlMetric> = new Set(['f1', 'precision', 'accuracy', 'roc_auc', 'r2']);

export const automlFrameworks = {
  classification: ['sklearn', 'lightgbm', 'xgboost'],
  regression: ['sklearn', 'lightgbm', 'xgboost'],
  forecasting: ['arima', 'prophet', 'ets', 'theta', 'lightgbm'],
} as const satisfies Readonly<Record<AutomlProblem, readonly string[]>>;
export type AutomlFramework = (typeof automlFrameworks)[AutomlProblem][number];

/** Steps of time, by pandas' aliases; M, Q and Y: by their first or last days, as the times of the data are. */
// prettier-ignore
export const automlFrequencies = [
  'W', 'D', 'h', 'min', 's', 'M', 'MS', 'ME', 'Q', 'QS', 'QE', 'Y', 'YS', 'YE', 'B',
] as const;

export type Imputer =
  | 'mean'
  | 'median'
  | 'most_frequent'
  | { readonly strategy: 'constant'; readonly fill_value: string | number | boolean };

export interface AutomlConfig {
  readonly problem_type: AutomlProblem;
  /**
   * A file (CSV, Parquet, JSON lines; a path, or an artifact such as `runs:/ID/data.csv`), or with `query` a database:
   * `sqlite:///file.db`, `postgresql://user@host/name`, `duckdb:///file.db`.
   */
  readonly dataset: string;
  /** SQL, for a database. */
  readonly query?: string | undefined;
  /** The column to predict. */
  readonly target_col: string;
  /** What the best is best by; else the first of `automlMetrics` for the problem. */
  readonly primary_metric: AutomlMetric;
  /** Columns that are not looked at. */
  readonly exclude_cols: readonly string[];
  /** What is not tried; one at least must be left. */
  readonly exclude_frameworks: readonly AutomlFramework[];
  /** How what is missing is filled, by column; else by the kind of the column. */
  readonly imputers: Readonly<Record<string, Imputer>>;
  /** Classification with two classes: the one that f1, precision and the curves are about. */
  readonly pos_label?: string | undefined;
  /** Splits by time; forecasting: when a value was observed. */
  readonly time_col?: string | undefined;
  /** Holds `train`, `validate` or `test` for each row. */
  readonly split_col?: string | undefined;
  /** Numbers: how much a row counts. */
  readonly sample_weight_col?: string | undefined;
  /** Made when there is none of this name; else named by data and target. */
  readonly experiment_name?: string | undefined;
  /** Seconds, of at least 1, that the whole search may take. */
  readonly timeout_seconds: number;
  /** Undefined: as many as the budget allows. */
  readonly max_trials?: number | undefined;
  /** Trials at a time; undefined: one for each core, at most four. */
  readonly parallel_trials?: number | undefined;
  /** MB that all trials together may take; undefined: most of what is free. */
  readonly memory_mb?: number | undefined;
  /** Whether the search may end before its time when nothing improves any more. */
  readonly early_stopping: boolean;
  /** The same gives the same splits and proposals. */
  readonly seed: number;
  /** Name to register the best model under. */
  readonly register?: string | undefined;

  // Forecasting
  /** Steps to forecast. */
  readonly horizon: number;
  /** How far two values of a series are apart. */
  readonly frequency: (typeof automlFrequencies)[number];
  /** Columns that together name a series. */
  readonly identity_col: readonly string[];
  /** For holidays; the empty text for none. */
  readonly country_code: string;
  /** Columns known also for the time to be forecast. */
  readonly covariates: readonly string[];
}
