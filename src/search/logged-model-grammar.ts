import { invalidParameter } from '../protocol/errors.ts';
import type { Operand } from './clauses.ts';
import { commonMessages } from './common-messages.ts';
import type { FilterGrammar, KeyRule } from './filter-grammar.ts';
import { pythonLiteral } from './python-literal.ts';
import type { Comparator } from './syntax.ts';
import { isIntegerText, rightOf, stringList, toInteger } from './values.ts';
import { stripQuotes } from './tokenizer.ts';

const numeric: Comparator[] = ['<', '<=', '>', '>=', '=', '!='];
const text: Comparator[] = ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'];
const specialFloats: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, infinity: Infinity };

function notOneOf(name: string, comparators: readonly Comparator[], operator: string): string {
  const list = comparators.map((comparator) => `'${comparator}'`).join(', ');
  return `Invalid comparison operator for ${name}: '${operator}'. Expected one of (${list}).`;
}

function toFloat(right: Operand, name: string): number {
  const special = right.type === 'word' ? specialFloats[right.text.toLowerCase()] : undefined;
  if (special !== undefined) return special;
  if (right.type === 'number') return Number(right.text);
  throw invalidParameter(`Invalid value for ${name}: ${right.text}. Expected a number.`);
}

function toText(right: Operand): string {
  if (right.type === 'string') return stripQuotes(right.text);
  // Unlike elsewhere, a bare word or number stands for itself: experiment_id = 1.
  if (right.type !== 'list') return right.text;
  throw invalidParameter(`Expected a quoted string value. Got value ${right.text}`);
}

function textRule(group: string, canonicalKey?: string): KeyRule {
  return {
    ...(canonicalKey === undefined ? {} : { canonicalKey }),
    comparators: text,
    readValue: (clause) => {
      const right = rightOf(clause);
      return clause.operator === 'IN' || clause.operator === 'NOT IN' ? stringList(right) : toText(right);
    },
    badComparator: (operator, key) => notOneOf(`${group}.${key}`, text, operator),
  };
}

/** A time in milliseconds since 1970. */
function timeRule(canonicalKey: string): KeyRule {
  const name = `attributes.${canonicalKey}_ms`;
  return {
    canonicalKey,
    comparators: numeric,
    readValue: (clause) => {
      const right = rightOf(clause);
      return isIntegerText(right.text) ? (toInteger(right.text) ?? Number(right.text)) : toFloat(right, name);
    },
    badComparator: (operator) => notOneOf(name, numeric, operator),
  };
}

const metric: KeyRule = {
  comparators: numeric,
  readValue: (clause, key) => toFloat(rightOf(clause), `metrics.${key}`),
  badComparator: (operator, key) => notOneOf(`metrics.${key}`, numeric, operator),
};

const attributes = new Map<string, KeyRule>([
  ...[
    'artifact_location',
    'experiment_id',
    'lifecycle_stage',
    'model_id',
    'model_type',
    'name',
    'source_run_id',
    'status',
    'status_message',
  ].map((key): [string, KeyRule] => [key, textRule('attributes')]),
  ['creation_time', timeRule('creation_timestamp')],
  ['creation_timestamp', timeRule('creation_timestamp')],
  ['creation_timestamp_ms', timeRule('creation_timestamp')],
  ['last_updated_timestamp', timeRule('last_updated_timestamp')],
  ['last_updated_timestamp_ms', timeRule('last_updated_timestamp')],
]);

function notAnded(filter: string): string {
  return (
    `Invalid filter string: ${pythonLiteral(filter)}. Expected a list of comparisons separated by 'AND' ` +
    "(e.g. 'metrics.loss > 0.1 AND params.lr = 0.01')."
  );
}

function notSingle(filter: string): string {
  return `Invalid filter string: ${pythonLiteral(filter)}. Expected a single SQL expression.`;
}

export const loggedModelGrammar: FilterGrammar = {
  prefixes: { attributes: 'attribute', metrics: 'metric', params: 'param', tags: 'tag' },
  freeKeys: { metric, param: textRule('params'), tag: textRule('tags') },
  knownKeys: { attribute: attributes },
  looseKeys: true,
  comparatorFirst: true,
  messages: {
    ...commonMessages,
    empty: notSingle,
    severalStatements: notSingle,
    invalidClauses: (_texts, filter) => notAnded(filter),
    badIdentifier: (_left, filter) => notAnded(filter),
    badPrefix: (prefix) =>
      `Invalid entity type: ${pythonLiteral(prefix)}. Expected one of ['attributes', 'metrics', 'params', 'tags'].`,
    noNullTest: (_kind, _key, clause) =>
      `Invalid comparison: ${clause.left}${clause.operator}. Expected a comparison with 3 tokens.`,
  },
};
