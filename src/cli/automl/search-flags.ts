/** The flags of a search, named as its configuration, and the configuration that they make. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkedConfig, type AutomlRequest } from '../../protocol/automl-config-check.ts';
import type { AutomlConfig, AutomlProblem, Imputer } from '../../protocol/automl-config.ts';
import type { Given } from '../action.ts';
import { CommandError } from '../command.ts';

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
  resume: { type: 'boolean', meaning: 'go on with the last search for the same that was killed' },
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
      meaning: 'W, D, h, min, s, MS, ME, QS, QE, YS, YE or B',
    },
    'identity-col': { type: 'many', value: 'A,B', meaning: 'columns that together name a series' },
    'country-code': { type: 'string', value: 'CODE', fallback: 'US', meaning: "for holidays; '' for none" },
    covariates: { type: 'many', value: 'A,B', meaning: 'columns that are known for the time to be forecast too' },
  },
} as const;

export type GivenSearch = Given<typeof commonFlags> &
  Partial<Given<(typeof flagsOf)['classification']>> &
  Partial<Given<(typeof flagsOf)['forecasting']>>;

/** @throws AutomlConfigError, CommandError */
export function configOf(problem: AutomlProblem, given: GivenSearch): AutomlConfig {
  const file = fileOf(given['config-file']);
  const asked = file['problem_type'] ?? problem;
  if (asked !== problem) throw new CommandError(`the configuration has another problem_type than ${problem}`, 2);
  const flags: AutomlRequest & Record<string, unknown> = {
    dataset: given.data ?? given.dataset,
    query: given.query,
    target_col: given.target ?? given['target-col'],
    primary_metric: given.metric ?? given['primary-metric'],
    ...effortOf(given),
    experiment_name: given['experiment-name'],
    exclude_cols: listOf(given['exclude-cols']),
    exclude_frameworks: listOf(given['exclude-frameworks']),
    time_col: given['time-col'],
    sample_weight_col: given['sample-weight-col'],
    seed: numberOf(given.seed, 'seed'),
    imputers: imputersOf(given.imputers),
    split_col: given['split-col'],
    pos_label: given['pos-label'],
    horizon: numberOf(given.horizon, 'horizon'),
    frequency: given.frequency,
    identity_col: listOf(given['identity-col']),
    country_code: given['country-code'],
    covariates: listOf(given.covariates),
  } as AutomlRequest & Record<string, unknown>;
  const said = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const config = checkedConfig({ ...file, ...said, problem_type: problem });
  return { ...config, dataset: placeOf(config.dataset) };
}

export function effortOf(given: Given<typeof effortFlags>): Partial<AutomlConfig> {
  return {
    timeout_seconds: given.timeout === undefined ? undefined : secondsOf(given.timeout),
    max_trials: numberOf(given['max-trials'], 'max-trials'),
    parallel_trials: numberOf(given['parallel-trials'], 'parallel-trials'),
    memory_mb: numberOf(given['memory-mb'], 'memory-mb'),
    early_stopping: given['no-early-stopping'] === true ? false : undefined,
    register: given.register,
  } as Partial<AutomlConfig>;
}

const units: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60, h: 3600 };

/** Seconds of such as `60`, `90s`, `10m`, `2h`. */
export function secondsOf(text: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(s|m|min|h)?$/.exec(text.trim()) ?? [];
  const seconds = Number(count) * (units[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new CommandError(`'${text}' is no time. Give seconds, or such as 90s, 10m, 2h`, 2);
}

/** Whole, so that it means the same elsewhere. @throws CommandError when it is a file that is not there */
export function placeOf(dataset: string): string {
  if (/^[a-z][a-z0-9+]+:/i.test(dataset)) return dataset;
  const path = resolve(dataset);
  if (!existsSync(path)) throw new CommandError(`there is no file ${path}`);
  return path;
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new CommandError(`--${name} takes a number, not '${text}'`, 2);
}

function listOf(texts: readonly string[] | undefined): string[] | undefined {
  return texts
    ?.flatMap((text) => text.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function imputersOf(texts: readonly string[] | undefined): Record<string, Imputer> | undefined {
  if (texts === undefined) return undefined;
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.lastIndexOf('=');
      const way = text.slice(at + 1);
      if (at < 1) throw new CommandError(`--imputers takes COLUMN=WAY such as age=median, not '${text}'`, 2);
      const constant = /^constant:(.*)$/s.exec(way)?.[1];
      const imputer =
        constant === undefined ? (way as Imputer) : { strategy: 'constant' as const, fill_value: valueOf(constant) };
      return [text.slice(0, at), imputer];
    }),
  );
}

function valueOf(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function fileOf(path: string | undefined): Readonly<Record<string, unknown>> {
  if (path === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CommandError(`--config-file ${path} cannot be read: ${(error as Error).message}`, 2);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CommandError(`--config-file ${path} must hold a JSON object`, 2);
  }
  return value as Readonly<Record<string, unknown>>;
}
