/** Each column has one role in a search: what names one for two of them is refused before anything fails on it. */
import type { AutomlConfig } from './automl-config.ts';
import type { ConfigReader } from './automl-config-reader.ts';

interface Role {
  readonly option: keyof AutomlConfig;
  readonly verb: 'is' | 'names' | 'tells' | 'holds';
  /** With the verb before it, what the column is to the search. */
  readonly what: string;
}

/** The target is told apart. What is left out of a table may still say its split or its weights. */
const ofTables: readonly Role[] = [
  { option: 'time_col', verb: 'is', what: 'the time' },
  { option: 'split_col', verb: 'tells', what: 'the split' },
  { option: 'sample_weight_col', verb: 'holds', what: 'the weights' },
];
const ofForecasts: readonly Role[] = [
  { option: 'time_col', verb: 'is', what: 'the time' },
  { option: 'identity_col', verb: 'names', what: 'the series' },
  { option: 'covariates', verb: 'is', what: 'a covariate' },
  { option: 'exclude_cols', verb: 'is', what: 'left out' },
];

export function checkRoles(config: AutomlConfig, given: ConfigReader): void {
  const forecasting = config.problem_type === 'forecasting';
  const roles = forecasting ? ofForecasts : ofTables;
  for (const [place, second] of roles.entries()) {
    for (const first of roles.slice(0, place)) {
      // A table has one split, whatever its columns are.
      if (!forecasting && first.option === 'time_col' && second.option === 'split_col') continue;
      for (const name of namesOf(config, first).filter((one) => namesOf(config, second).includes(one))) {
        given.wrong(second.option, `'${name}' ${inWords(first, second)}: a column has one role.`);
      }
    }
  }
}

function inWords(first: Role, second: Role): string {
  const verb = second.verb === first.verb ? '' : `${second.verb} `;
  return `${first.verb} ${first.what} (${first.option}) and ${verb}${second.what} (${second.option})`;
}

function namesOf(config: AutomlConfig, { option }: Role): readonly string[] {
  const value = config[option];
  if (typeof value === 'string') return value === '' || value === config.target_col ? [] : [value];
  return Array.isArray(value) ? (value as readonly string[]).filter((one) => one !== config.target_col) : [];
}
