/** The command that asks for the same search. */
import { automlVerbs, type AutomlConfig, type Imputer } from '../../api/automl-rules.ts';

/** For a shell: the server that it is recorded on, and the command with what is not usual. */
export function commandOf(config: AutomlConfig, server: string): string {
  const forecasting = config.problem_type === 'forecasting';
  const flags: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ['data', config.dataset],
    ['query', config.query],
    ['target', config.target_col],
    ['metric', config.primary_metric],
    ['timeout', timeText(config.timeout_seconds)],
    ['exclude-cols', joined(config.exclude_cols)],
    ...Object.entries(config.imputers).map(([column, how]) => ['imputers', `${column}=${imputerText(how)}`] as const),
    ['exclude-frameworks', joined(config.exclude_frameworks)],
    ['pos-label', config.pos_label],
    ['time-col', config.time_col],
    ['split-col', config.split_col],
    ['sample-weight-col', config.sample_weight_col],
    ...(forecasting
      ? ([
          ['horizon', config.horizon],
          ['frequency', config.frequency],
          ['identity-col', joined(config.identity_col)],
          ['country-code', config.country_code === 'US' ? undefined : config.country_code],
          ['covariates', joined(config.covariates)],
        ] as const)
      : []),
    ['max-trials', config.max_trials],
    ['parallel-trials', config.parallel_trials],
    ['memory-mb', config.memory_mb],
    ['seed', config.seed === 42 ? undefined : config.seed],
    ['experiment-name', config.experiment_name],
    ['register', config.register],
  ];
  const parts = flags.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${shellText(String(value))}`],
  );
  if (!config.early_stopping) parts.push('--no-early-stopping');
  const command = [`modelyard automl ${automlVerbs[config.problem_type]}`, ...parts].join(' \\\n  ');
  return `export MLFLOW_TRACKING_URI=${server}\n${command}`;
}

function timeText(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds % 60 === 0 ? `${seconds / 60}m` : String(seconds);
}

function joined(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join(',');
}

function imputerText(how: Imputer): string {
  return typeof how === 'string' ? how : `constant:${String(how.fill_value)}`;
}

function shellText(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
