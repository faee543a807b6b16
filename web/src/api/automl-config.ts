/** The configuration of a search as the pages take it: a client may have written anything, or left out what is usual. */
import {
  automlFrequencies,
  automlMetrics,
  automlProblems,
  type AutomlConfig,
  type Imputer,
} from '../../../src/protocol/automl-config.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for what is no configuration. */
export function readConfig(json: string): AutomlConfig | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const from = fields(value);
  const problem = automlProblems.find((one) => one === from['problem_type']);
  const target = text(from['target_col']);
  if (problem === undefined || target === undefined) return undefined;
  const metrics = automlMetrics[problem];
  return {
    problem_type: problem,
    dataset: text(from['dataset']) ?? '',
    query: text(from['query']),
    target_col: target,
    primary_metric: metrics.find((one) => one === from['primary_metric']) ?? metrics[0],
    exclude_cols: texts(from['exclude_cols']),
    exclude_frameworks: texts(from['exclude_frameworks']) as AutomlConfig['exclude_frameworks'],
    imputers: imputers(from['imputers']),
    pos_label: text(from['pos_label']),
    time_col: text(from['time_col']),
    split_col: text(from['split_col']),
    sample_weight_col: text(from['sample_weight_col']),
    experiment_name: text(from['experiment_name']),
    timeout_seconds: number(from['timeout_seconds']) ?? 0,
    max_trials: number(from['max_trials']),
    parallel_trials: number(from['parallel_trials']),
    memory_mb: number(from['memory_mb']),
    early_stopping: from['early_stopping'] !== false,
    seed: number(from['seed']) ?? 0,
    register: text(from['register']),
    horizon: number(from['horizon']) ?? 1,
    frequency: automlFrequencies.find((one) => one === from['frequency']) ?? 'D',
    identity_col: texts(from['identity_col']),
    country_code: text(from['country_code']) ?? '',
    covariates: texts(from['covariates']),
  };
}

function imputers(value: unknown): Readonly<Record<string, Imputer>> {
  return Object.fromEntries(
    Object.entries(fields(value)).flatMap(([column, how]): [string, Imputer][] => {
      if (how === 'mean' || how === 'median' || how === 'most_frequent') return [[column, how]];
      const fill = fields(how)['fill_value'];
      return ['string', 'number', 'boolean'].includes(typeof fill)
        ? [[column, { strategy: 'constant', fill_value: fill as string | number | boolean }]]
        : [];
    }),
  );
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
