/** The flags of a search, named as its configuration. */
import type { Given } from '../action.ts';

export const dataFlags = {
  data: {
    type: 'string',
    short: 'd',
    value: 'DATA',
    operand: true,
    meaning:
      'CSV, Parquet or JSON lines: a file or runs:/ID/PATH; with --query sqlite:///FILE, duckdb:///FILE or postgresql://…',
  },
  query: { type: 'string', short: 'q', value: 'SQL', meaning: 'the rows, for a database' },
} as const;

/** Of how it is searched: `resume` takes them too. */
export const effortFlags = {
  timeout: { type: 'string', short: 't', value: 'TIME', fallback: '10m', meaning: 'seconds, or such as 90s, 10m, 2h' },
  'max-trials': { type: 'string', value: 'N', meaning: 'at most so many trials' },
  'parallel-trials': {
    type: 'string',
    short: 'j',
    value: 'N',
    fallback: 'one for each core, at most four',
    meaning: 'trials at a time',
  },
  'memory-mb': {
    type: 'string',
    value: 'MB',
    fallback: 'most of what is free',
    meaning: 'memory of all trials together',
  },
  'no-early-stopping': { type: 'boolean', meaning: 'use all of the time, also when nothing improves any more' },
  register: { type: 'string', short: 'r', value: 'NAME', meaning: 'register the best model, with the alias champion' },
} as const;

const commonFlags = {
  ...dataFlags,
  target: { type: 'string', short: 'y', value: 'COLUMN', meaning: 'the column to predict' },
  metric: { type: 'string', short: 'm', value: 'METRIC', meaning: 'what is best' },
  ...effortFlags,
  'experiment-name': {
    type: 'string',
    short: 'n',
    value: 'NAME',
    variable: 'MLFLOW_EXPERIMENT_NAME',
    fallback: 'automl-DATA-COLUMN',
    meaning: 'where it is recorded',
  },
  'exclude-cols': { type: 'many', value: 'A,B', meaning: 'columns that are not looked at' },
  'exclude-frameworks': { type: 'many', value: 'A,B', meaning: 'what is not tried' },
  'time-col': { type: 'string', value: 'COLUMN', meaning: 'when a row was observed' },
  'sample-weight-col': { type: 'string', value: 'COLUMN', meaning: 'how much a row counts' },
  seed: { type: 'string', value: 'N', fallback: '42', meaning: 'the same gives the same proposals' },
  resume: { type: 'boolean', meaning: 'go on with the last search for the same that was killed or stopped' },
  'run-id': { type: 'string', value: 'RUN', meaning: 'with --resume: go on with this search' },
  'config-file': {
    type: 'string',
    value: 'FILE',
    meaning: 'options as JSON, by their names with _; flags go before it',
  },
  'job-folder': {
    type: 'string',
    value: 'FOLDER',
    hidden: true,
    meaning: 'tell the host of a job how it goes, by files',
  },
  // As Databricks calls them.
  dataset: { type: 'string', value: 'DATA', hidden: true, meaning: 'as --data' },
  'target-col': { type: 'string', value: 'COLUMN', hidden: true, meaning: 'as --target' },
  'primary-metric': { type: 'string', value: 'METRIC', hidden: true, meaning: 'as --metric' },
} as const;

const tableFlags = {
  ...commonFlags,
  imputers: {
    type: 'many',
    value: 'COLUMN=WAY',
    meaning: 'fill what is missing by mean, median, most_frequent or constant:VALUE',
  },
  'split-col': { type: 'string', value: 'COLUMN', meaning: 'holds train, validate or test for each row' },
} as const;

export const flagsOf = {
  classification: {
    ...tableFlags,
    'pos-label': { type: 'string', value: 'LABEL', meaning: 'of two classes the one that f1 and the curves are about' },
  },
  regression: tableFlags,
  forecasting: {
    ...commonFlags,
    horizon: { type: 'string', value: 'N', fallback: '1', meaning: 'steps to forecast' },
    frequency: {
      type: 'string',
      short: 'f',
      value: 'STEP',
      fallback: 'D',
      meaning: 'W, D, h, min, s, B, M, Q or Y; MS, QS, YS by their first days, ME, QE, YE by their last',
    },
    'identity-col': { type: 'many', value: 'A,B', meaning: 'columns that together name a series' },
    'country-code': { type: 'string', value: 'CODE', fallback: 'US', meaning: "for holidays; '' for none" },
    covariates: { type: 'many', value: 'A,B', meaning: 'columns that are known for the time to be forecast too' },
  },
} as const;

export type GivenSearch = Given<typeof commonFlags> &
  Partial<Given<(typeof flagsOf)['classification']>> &
  Partial<Given<(typeof flagsOf)['forecasting']>>;
