/** What a search was asked to do, in words. */
import type { ReactNode } from 'react';
import { greaterIsBetter, type AutomlConfig, type Imputer } from '../../api/automl-rules.ts';
import { Fact } from '../../components/fact.tsx';
import { count } from '../../components/format.ts';
import { PathText } from '../../components/path-text.tsx';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';
import { spanText } from './time-left.tsx';

type FactOfConfig = readonly [keyof typeof words.names, ReactNode];

/** The pairs of a list. */
export function ConfigFacts({ config }: { config: AutomlConfig }) {
  return factsOf(config).map(([name, value]) => (
    <Fact key={name} title={words.names[name]}>
      {value}
    </Fact>
  ));
}

/** Without what does not apply, or stays as it is. */
function factsOf(config: AutomlConfig): readonly FactOfConfig[] {
  const { problem_type: problem, primary_metric: metric } = config;
  const forecasting = problem === 'forecasting';
  const better = greaterIsBetter.has(metric) ? words.greater : words.less;
  const all: readonly FactOfConfig[] = [
    ['problem_type', words.problems[problem]],
    ['dataset', <PathText key="dataset" path={config.dataset} />],
    ['query', config.query && <code key="query">{config.query}</code>],
    ['target_col', config.target_col],
    ['primary_metric', `${words.metrics[metric]}, ${better}`],
    ['timeout_seconds', spanText(config.timeout_seconds * 1000)],
    ['max_trials', config.max_trials !== undefined && count(config.max_trials)],
    ['parallel_trials', config.parallel_trials !== undefined && count(config.parallel_trials)],
    ['memory_mb', config.memory_mb !== undefined && text.config.megabytes(count(config.memory_mb))],
    ['early_stopping', text.config.early[`${config.early_stopping}`]],
    ['exclude_cols', config.exclude_cols.join(', ')],
    ['imputers', imputersText(config.imputers)],
    ['exclude_frameworks', config.exclude_frameworks.map((one) => words.frameworks[one] ?? one).join(', ')],
    ['pos_label', config.pos_label],
    ['time_col', config.time_col],
    ['split_col', config.split_col],
    ['sample_weight_col', config.sample_weight_col],
    ['horizon', forecasting && text.config.steps(count(config.horizon))],
    ['frequency', forecasting && (words.frequencies[config.frequency] ?? config.frequency)],
    ['identity_col', config.identity_col.join(', ')],
    ['country_code', forecasting && (config.country_code || text.config.none)],
    ['covariates', config.covariates.join(', ')],
    ['experiment_name', config.experiment_name],
    ['register', config.register],
    ['seed', count(config.seed)],
  ];
  return all.filter(([, value]) => value !== undefined && value !== false && value !== '');
}

function imputersText(imputers: Readonly<Record<string, Imputer>>): string {
  return Object.entries(imputers)
    .map(([column, how]) => {
      const way =
        typeof how === 'string' ? words.imputers[how].toLowerCase() : words.imputers.filled(String(how.fill_value));
      return `${column}: ${way}`;
    })
    .join(', ');
}
