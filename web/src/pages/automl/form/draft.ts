/** What is filled in for a new search: as it stands in the fields, in the address of the page, and as it is sent. */
import type { DescribedColumn } from '../../../api/automl-changes.ts';
import { automlProblems, type AutomlConfig, type AutomlProblem } from '../../../api/automl-rules.ts';
import { withoutPassword } from '../../../api/job-rules.ts';
import type { UrlValues } from '../../../components/url-state.ts';
import { shownSpan } from './span.ts';

/** Texts as they were typed; the empty text: not given. */
const textNames = [
  'dataset',
  'query',
  'target_col',
  'problem_type',
  'primary_metric',
  'timeout',
  'pos_label',
  'time_col',
  'split_col',
  'sample_weight_col',
  'experiment_name',
  'register',
  'max_trials',
  'parallel_trials',
  'memory_mb',
  'seed',
  'horizon',
  'frequency',
  'country_code',
] as const;
const listNames = ['exclude_cols', 'exclude_frameworks', 'identity_col', 'covariates'] as const;

export type SearchDraft = Readonly<Record<(typeof textNames)[number], string>> &
  Readonly<Record<(typeof listNames)[number], readonly string[]>> & {
    /** By column: `mean`, `median`, `most_frequent`, or a value behind `=`. */
    readonly imputers: Readonly<Record<string, string>>;
    readonly early_stopping: boolean;
  };

const usual = { timeout: '10 min', country_code: 'US', frequency: 'D', horizon: '1', seed: '42' } as const;

/** In the address: nothing, where something else is usual. */
const none = '-';

const empty: SearchDraft = {
  ...(Object.fromEntries(textNames.map((name) => [name, ''])) as Record<(typeof textNames)[number], string>),
  ...usual,
  exclude_cols: [],
  exclude_frameworks: [],
  identity_col: [],
  covariates: [],
  imputers: {},
  early_stopping: true,
};

export function draftOfUrl(url: UrlValues): SearchDraft {
  const texts = textNames.map((name): [string, string] => [name, url[name] === none ? '' : (url[name] ?? empty[name])]);
  const lists = listNames.map((name): [string, readonly string[]] => [name, textsOf(url[name])]);
  return {
    ...empty,
    ...Object.fromEntries<string>(texts),
    ...Object.fromEntries<readonly string[]>(lists),
    imputers: recordOf(url['imputers']),
    early_stopping: url['early_stopping'] !== 'false',
  };
}

/** The whole query of the page; what is usual has no place in it, and a password never. */
export function urlOfDraft(draft: SearchDraft): UrlValues {
  type Entry = [string, string | undefined];
  const texts = textNames.map((name): Entry => [name, draft[name] === empty[name] ? undefined : draft[name] || none]);
  const lists = listNames.map((name): Entry => [
    name,
    draft[name].length === 0 ? undefined : JSON.stringify(draft[name]),
  ]);
  const imputed = Object.keys(draft.imputers).length > 0;
  return {
    ...Object.fromEntries<string | undefined>([...texts, ...lists]),
    dataset: plain(draft.dataset),
    imputers: imputed ? JSON.stringify(draft.imputers) : undefined,
    early_stopping: draft.early_stopping ? undefined : 'false',
    again: undefined,
  };
}

/** The user of a database is no secret, and needed. */
function plain(dataset: string): string {
  const bare = withoutPassword(dataset);
  const user = /^[\w+.-]+:\/\/([^:@/?#]+)(?::[^/?#]*)?@/.exec(dataset)?.[1];
  return user === undefined || bare === dataset ? bare : bare.replace('://', `://${user}@`);
}

export function draftOfConfig(config: AutomlConfig): SearchDraft {
  const texts = textNames
    .filter((name) => name !== 'timeout')
    .flatMap((name): [string, string][] => (config[name] === undefined ? [] : [[name, String(config[name])]]));
  return {
    ...empty,
    ...Object.fromEntries(texts),
    timeout: shownSpan(config.timeout_seconds),
    exclude_cols: config.exclude_cols,
    exclude_frameworks: config.exclude_frameworks,
    identity_col: config.identity_col,
    covariates: config.covariates,
    imputers: Object.fromEntries(
      Object.entries(config.imputers).map(([column, how]) => [
        column,
        typeof how === 'string' ? how : `=${String(how.fill_value)}`,
      ]),
    ),
    early_stopping: config.early_stopping,
  };
}

/** By what it holds: few values are classes, many numbers a quantity. */
export function proposedProblem(target: DescribedColumn | undefined): AutomlProblem {
  if (!target) return 'classification';
  const { semantic, type, unique } = target;
  const fractional = /^(double|float|decimal)/i.test(type) && target.examples.some((one) => Number(one) % 1 !== 0);
  return semantic === 'numeric' && (unique > 20 || fractional) ? 'regression' : 'classification';
}

export function problemOf(draft: SearchDraft, target: DescribedColumn | undefined): AutomlProblem {
  return automlProblems.find((one) => one === draft.problem_type) ?? proposedProblem(target);
}

function textsOf(json: string | undefined): readonly string[] {
  const value = parsed(json);
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function recordOf(json: string | undefined): Readonly<Record<string, string>> {
  const value = parsed(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, one]) => typeof one === 'string'));
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? 'null');
  } catch {
    return undefined;
  }
}
