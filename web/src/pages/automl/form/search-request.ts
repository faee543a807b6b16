/** What is sent of a draft. */
import type { DescribedColumn } from '../../../api/automl-changes.ts';
import type { AutomlRequest } from '../../../api/automl-request.ts';
import { automlMetrics, type Imputer } from '../../../api/automl-rules.ts';
import { problemOf, type SearchDraft } from './draft.ts';
import { parseSpan } from './span.ts';

const ofForecasts = ['horizon', 'frequency', 'identity_col', 'country_code', 'covariates'] as const;
const ofTables = ['pos_label', 'split_col', 'sample_weight_col'] as const;

/** What is sent: what belongs to another problem, or to columns that the data does not have, is left out. */
export function requestOf(draft: SearchDraft, columns: readonly DescribedColumn[] | undefined): AutomlRequest {
  const target = columns?.find(({ name }) => name === draft.target_col);
  const problem = problemOf(draft, target);
  const metrics: readonly string[] = automlMetrics[problem];
  const isColumn = (name: string): boolean => columns === undefined || columns.some((column) => column.name === name);
  const whole: Record<string, unknown> = {
    problem_type: problem,
    dataset: draft.dataset.trim(),
    query: draft.query.trim(),
    target_col: draft.target_col,
    primary_metric: metrics.includes(draft.primary_metric) ? draft.primary_metric : '',
    // Text that is no time is refused as a number that is none.
    timeout_seconds: draft.timeout.trim() === '' ? '' : (parseSpan(draft.timeout) ?? draft.timeout),
    exclude_cols: draft.exclude_cols.filter((name) => isColumn(name) && name !== draft.target_col),
    exclude_frameworks: draft.exclude_frameworks,
    imputers: imputersOf(draft, columns, isColumn),
    pos_label: draft.pos_label,
    time_col: draft.time_col,
    split_col: draft.split_col,
    sample_weight_col: draft.sample_weight_col,
    experiment_name: draft.experiment_name.trim(),
    register: draft.register.trim(),
    max_trials: numberOr(draft.max_trials),
    parallel_trials: numberOr(draft.parallel_trials),
    memory_mb: numberOr(draft.memory_mb),
    seed: numberOr(draft.seed),
    early_stopping: draft.early_stopping ? undefined : false,
    horizon: numberOr(draft.horizon),
    frequency: draft.frequency,
    identity_col: draft.identity_col,
    country_code: draft.country_code,
    covariates: draft.covariates,
  };
  const foreign: readonly string[] = problem === 'forecasting' ? ofTables : ofForecasts;
  const kept = Object.entries(whole).filter(
    ([name, value]) =>
      !foreign.includes(name) && !(name === 'pos_label' && problem !== 'classification') && !isNothing(name, value),
  );
  return Object.fromEntries(kept);
}

function isNothing(name: string, value: unknown): boolean {
  if (value === undefined || (value === '' && name !== 'country_code')) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function imputersOf(
  draft: SearchDraft,
  columns: readonly DescribedColumn[] | undefined,
  isColumn: (name: string) => boolean,
): Record<string, Imputer> {
  return Object.fromEntries(
    Object.entries(draft.imputers).flatMap(([name, how]): [string, Imputer][] => {
      if (!isColumn(name) || draft.exclude_cols.includes(name) || name === draft.target_col) return [];
      if (!how.startsWith('=')) return [[name, how as 'mean']];
      const value = how.slice(1);
      const numeric = columns?.find((column) => column.name === name)?.semantic === 'numeric';
      // A number that is not typed yet is none.
      if (numeric && value.trim() === '') return [];
      const number = Number(value);
      const fill_value = numeric && Number.isFinite(number) ? number : value;
      return [[name, { strategy: 'constant', fill_value }]];
    }),
  );
}

/** What is no number stays as it is, and is refused by its name. */
function numberOr(typed: string): number | string {
  const value = Number(typed);
  return typed.trim() === '' || Number.isNaN(value) ? typed.trim() : value;
}
