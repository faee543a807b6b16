/** Makes a whole configuration of what a person or a program gave, or tells everything that is wrong with it. */
import {
  automlFrameworks,
  automlMetrics,
  automlProblems,
  type AutomlConfig,
  type AutomlFramework,
  type AutomlMetric,
} from './automl-config.ts';
import { checkRoles } from './automl-column-roles.ts';
import { ConfigReader, type ConfigProblem } from './automl-config-reader.ts';
import { checkModelName } from './registry-names.ts';

/** What a search is asked for, with only what differs from the defaults; `timeout_minutes` stands for `timeout_seconds`. */
export type AutomlRequest = Partial<AutomlConfig> & { readonly timeout_minutes?: number };

export class AutomlConfigError extends Error {
  override readonly name = 'AutomlConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.problems = problems;
  }
}

const defaultSeconds = 600;
/**
 * @param input as in JSON: the names of `AutomlConfig`; what is undefined or null counts as not given
 * @throws AutomlConfigError with all that is wrong
 */
export function checkedConfig(input: unknown): AutomlConfig {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new AutomlConfigError([{ field: '', message: 'A configuration is an object of options and their values.' }]);
  }
  const given = new ConfigReader(input as Readonly<Record<string, unknown>>);
  const config = read(given);
  if (config) checkTogether(config, given);
  if (given.problems.length > 0 || !config) throw new AutomlConfigError(given.problems);
  return config;
}

function read(given: ConfigReader): AutomlConfig | undefined {
  given.names();
  const problem = given.oneOf('problem_type', automlProblems);
  if (problem === undefined) given.wrong('problem_type', `problem_type is one of ${automlProblems.join(', ')}.`);
  const dataset = given.text('dataset');
  if (!dataset)
    given.wrong('dataset', 'Say which data: a file (CSV, Parquet, JSON lines), or a database with a query.');
  const target = given.text('target_col');
  if (!target) given.wrong('target_col', 'Say which column to predict: target_col.');
  const minutes = given.number('timeout_minutes', { least: 0.01, whole: false });
  const rest = {
    query: given.text('query'),
    exclude_cols: given.list('exclude_cols'),
    imputers: given.imputers(),
    pos_label: given.text('pos_label'),
    time_col: given.text('time_col'),
    split_col: given.text('split_col'),
    sample_weight_col: given.text('sample_weight_col'),
    experiment_name: given.text('experiment_name'),
    timeout_seconds:
      given.number('timeout_seconds') ?? (minutes === undefined ? defaultSeconds : Math.round(minutes * 60)),
    max_trials: given.number('max_trials'),
    parallel_trials: given.number('parallel_trials'),
    memory_mb: given.number('memory_mb'),
    early_stopping: given.flag('early_stopping') ?? true,
    seed: given.number('seed') ?? 42,
    register: given.text('register'),
    horizon: given.number('horizon') ?? 1,
    frequency: given.frequency() ?? 'D',
    identity_col: given.list('identity_col'),
    country_code: given.country() ?? 'US',
    covariates: given.list('covariates'),
  } as const;
  if (problem === undefined || !dataset || !target) return undefined;
  const metrics: readonly AutomlMetric[] = automlMetrics[problem];
  const frameworks: readonly AutomlFramework[] = automlFrameworks[problem];
  return {
    problem_type: problem,
    dataset,
    target_col: target,
    primary_metric: given.oneOf('primary_metric', metrics, `the metrics of ${problem}`) ?? automlMetrics[problem][0],
    exclude_frameworks: given.list('exclude_frameworks').flatMap((name) => {
      const found = frameworks.find((one) => one === name);
      if (found !== undefined) return [found];
      given.wrong('exclude_frameworks', `The frameworks of ${problem} are ${frameworks.join(', ')}, not '${name}'.`);
      return [];
    }),
    ...rest,
  };
}

/** What each says is fine alone, and makes no sense together. */
function checkTogether(config: AutomlConfig, given: ConfigReader): void {
  const { problem_type: problem, target_col: target } = config;
  const forecasting = problem === 'forecasting';
  const roles: readonly (keyof AutomlConfig)[] = ['time_col', 'split_col', 'sample_weight_col'];
  for (const role of roles) {
    if (config[role] === target) given.wrong(role, `${role} '${target}' is the target: it cannot be both.`);
  }
  if (config.exclude_cols.includes(target)) {
    given.wrong('exclude_cols', `The target '${target}' cannot be excluded: it is what is predicted.`);
  }
  if (target in config.imputers) {
    given.wrong('imputers', `The target '${target}' is not imputed: rows without it are left out.`);
  }
  if (automlFrameworks[problem].every((one) => config.exclude_frameworks.some((name) => name === one))) {
    given.wrong('exclude_frameworks', 'All frameworks are excluded: leave at least one.');
  }
  if (config.time_col !== undefined && config.split_col !== undefined && !forecasting) {
    given.wrong('split_col', 'Rows are split by time_col or by split_col: give one of them.');
  }
  if (config.pos_label !== undefined && problem !== 'classification') {
    given.wrong('pos_label', 'pos_label is for classification.');
  }
  if (forecasting && config.time_col === undefined) {
    given.wrong('time_col', 'A forecast needs time_col: the column that says when a value was observed.');
  }
  if (forecasting && config.split_col !== undefined) {
    given.wrong('split_col', 'Forecasts are validated by time: split_col is for classification and regression.');
  }
  for (const name of ['identity_col', 'covariates'] as const) {
    if (!forecasting && config[name].length > 0) given.wrong(name, `${name} is for forecasting.`);
    if (config[name].includes(target)) given.wrong(name, `${name} holds the target '${target}': it cannot be both.`);
  }
  checkRoles(config, given);
  checkRegister(config.register, given);
  const database = /^(sqlite|postgres|postgresql|duckdb):/.test(config.dataset);
  if (database && config.query === undefined) {
    given.wrong('query', 'A database needs a query that says which rows, such as "select * from orders".');
  }
}

/** Told before the search, not after it. */
function checkRegister(name: string | undefined, given: ConfigReader): void {
  if (name === undefined) return;
  try {
    checkModelName(name);
  } catch (error) {
    given.wrong('register', (error as Error).message);
  }
}
