/** What may stand at the caret of a filter: a key, an operator, a value or `and`. */
import type { ColumnKeys, ColumnValues } from '../../api/run-columns.ts';
import { quoted } from '../../api/filter-text.ts';
import { columnInFilter, isFilter } from './run-query.ts';

export interface Completion {
  readonly kind: 'key' | 'operator' | 'value' | 'joiner';
  /** The column whose value is asked for, such as `params.lr`. */
  readonly key: string;
  /** What of it is typed already, and where that begins. */
  readonly typed: string;
  readonly start: number;
}

export interface Suggestion {
  readonly label: string;
  readonly insert: string;
  readonly note?: string | undefined;
}

const most = 12;
const keyForm =
  '(?:(?:metrics?|params?|parameters?|tags?|attributes?|attr|datasets?)\\.)?(?:`[^`]*`|"[^"]*"|[\\w./-]+)';

/** @param before the text up to the caret */
export function completionAt(before: string): Completion | undefined {
  const start = startOfClause(before);
  const clause = before.slice(start);
  const space = clause.length - clause.trimStart().length;
  const joined = new RegExp(
    `^\\s*${keyForm}\\s*(?:[<>!=]+|i?like)\\s*(?:'[^']*'|"[^"]*"|[-+\\d.e]+)\\s+(\\w*)$`,
    'i',
  ).exec(clause);
  if (joined) return at('joiner', '', joined[1] ?? '', before);
  const value = new RegExp(`^\\s*(${keyForm})\\s*(?:[<>!=]+|i?like)\\s*((?:'[^']*|"[^"]*|[^'"\\s]*))$`, 'i').exec(
    clause,
  );
  if (value) return at('value', unquotedKey(value[1] ?? ''), value[2] ?? '', before);
  const operator = new RegExp(`^\\s*(${keyForm})\\s+([<>!=]*|\\w*)$`, 'i').exec(clause);
  if (operator) return at('operator', unquotedKey(operator[1] ?? ''), operator[2] ?? '', before);
  if (/^\s*[\w.`/-]*$/.test(clause) && (clause.trim() !== '' || isFilter(before) || before.trim() === '')) {
    return { kind: 'key', key: '', typed: clause.trim(), start: start + space };
  }
  return undefined;
}

function at(kind: Completion['kind'], key: string, typed: string, before: string): Completion {
  return { kind, key, typed, start: before.length - typed.length };
}

function startOfClause(before: string): number {
  let start = 0;
  for (const match of before.matchAll(/\sand\s/gi)) {
    const head = before.slice(0, match.index);
    if (((head.match(/'/g)?.length ?? 0) % 2 || (head.match(/"/g)?.length ?? 0) % 2) === 0) {
      start = match.index + match[0].length;
    }
  }
  return start;
}

function unquotedKey(key: string): string {
  return key.replace(/^(\w+)\.[`"](.*)[`"]$/, '$1.$2');
}

const attributes = [
  'run_name',
  'status',
  'start_time',
  'end_time',
  'user_id',
  'run_id',
  'source',
  'models',
  'artifact_uri',
];
const statuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
const numberOperators = ['>', '>=', '<', '<=', '=', '!='];
const textOperators = ['=', '!=', 'LIKE', 'ILIKE', 'IN'];
/** Of params that are numbers. */
const orders = ['>', '>=', '<', '<='];

export function suggestionsOf(
  { kind, key, typed }: Completion,
  keys: ColumnKeys | undefined,
  values: ColumnValues | undefined,
): Suggestion[] {
  switch (kind) {
    case 'joiner':
      return matching([{ label: 'and', insert: 'and ' }], typed);
    case 'operator': {
      const isNumber = /^(?:metrics|attributes\.(?:start|end)_time)/.test(key);
      const operators = isNumber ? numberOperators : [...textOperators, ...(key.startsWith('params.') ? orders : [])];
      return matching(
        operators.map((label) => ({ label, insert: label === 'IN' ? "IN ('" : `${label} ` })),
        typed,
      );
    }
    case 'value': {
      if (key === 'attributes.status') return literals(statuses, typed);
      return literals(
        (values?.values ?? []).map(({ value = '' }) => value),
        typed,
        values,
      );
    }
    case 'key':
      return keysLike(keys, typed);
  }
}

function literals(found: readonly string[], typed: string, values?: ColumnValues): Suggestion[] {
  const bare = typed.replace(/^['"]/, '');
  return found
    .filter((value) => value.toLowerCase().includes(bare.toLowerCase()))
    .slice(0, most)
    .map((value, i) => ({ label: value, insert: `${quoted(value)} `, note: values?.values?.[i]?.count?.toString() }));
}

function keysLike(keys: ColumnKeys | undefined, typed: string): Suggestion[] {
  const names = [
    ...(keys?.metrics ?? []).map(({ key }) => `metrics.${key}`),
    ...(keys?.params ?? []).map(({ key }) => `params.${key}`),
    ...(keys?.tags ?? []).map(({ key }) => `tags.${key}`),
    ...attributes.map((key) => `attributes.${key}`),
  ];
  // Without a word typed there is nothing to complete; a list would only be in the way.
  if (typed === '') return [];
  return matching(
    names.map((name) => ({ label: name, insert: `${columnInFilter(name)} ` })),
    typed,
  );
}

function matching(all: readonly Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase().replaceAll('`', '');
  const lower = all.map((suggestion) => ({ suggestion, label: suggestion.label.toLowerCase() }));
  const starts = lower.filter(({ label }) => label.startsWith(wanted));
  const holds = lower.filter(({ label }) => !label.startsWith(wanted) && label.includes(wanted));
  return [...starts, ...holds].slice(0, most).map(({ suggestion }) => suggestion);
}
