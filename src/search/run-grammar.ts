import { invalidParameter } from '../protocol/errors.ts';
import { commonMessages, quotedTagValue } from './common-messages.ts';
import type { FilterGrammar, KeyRule } from './filter-grammar.ts';
import { pythonSet } from './python-literal.ts';
import type { Comparator } from './syntax.ts';
import {
  invalidNumber,
  isIntegerText,
  nonEmptyStringList,
  quotedString,
  rightOf,
  toInteger,
  toNumber,
} from './values.ts';

const numeric: Comparator[] = ['=', '!=', '>', '>=', '<', '<='];
const text: Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];
const listable: Comparator[] = [...text, 'IN', 'NOT IN'];
const nullable: Comparator[] = [...text, 'IS NULL', 'IS NOT NULL'];

/** The quote before the set, which some kinds close behind it and others leave open, is how MLflow prints it. */
function notOneOf(comparators: readonly Comparator[], end = ''): (operator: string) => string {
  return (operator) => `Invalid comparator '${operator}' not one of '${pythonSet(comparators)}${end}`;
}

const metric: KeyRule = {
  comparators: numeric,
  readValue: (clause) => {
    const right = rightOf(clause);
    if (right.type === 'number') return Number(right.text);
    throw invalidParameter(`Expected numeric value type for metric. Found ${right.text}`);
  },
  badComparator: notOneOf(numeric),
};

export const param: KeyRule = {
  comparators: text,
  nullTests: true,
  readValue: (clause) => quotedString(rightOf(clause), "a quoted string value for parameter (e.g. 'my-value')"),
  badComparator: notOneOf(nullable, "'"),
};

export const tag: KeyRule = {
  comparators: text,
  nullTests: true,
  readValue: (clause) => quotedString(rightOf(clause), quotedTagValue),
  badComparator: notOneOf(nullable),
};

export function attribute(canonicalKey: string): KeyRule {
  return {
    canonicalKey,
    comparators: text,
    readValue: (clause) => {
      const right = rightOf(clause);
      if (right.type === 'list') {
        throw invalidParameter("Only ['run_id'] attributes support comparison with a list of quoted string values.");
      }
      return quotedString(right, 'a quoted string value for attributes');
    },
    badComparator: notOneOf(listable, "'"),
  };
}

function listAttribute(expected: string, end = ''): KeyRule {
  return {
    comparators: listable,
    readValue: (clause) => {
      const right = rightOf(clause);
      const takesList = clause.operator === 'IN' || clause.operator === 'NOT IN';
      return takesList ? nonEmptyStringList(right) : quotedString(right, expected);
    },
    badComparator: notOneOf(listable, end),
  };
}

/** A time in milliseconds; fractions are allowed, as in MLflow. */
function time(canonicalKey: string): KeyRule {
  return {
    canonicalKey,
    comparators: numeric,
    readValue: (clause, key) => {
      const right = rightOf(clause);
      if (right.type !== 'number') {
        throw invalidParameter(`Expected numeric value type for numeric attribute: ${key}. Found ${right.text}`);
      }
      if (isIntegerText(right.text) && toInteger(right.text) === undefined) throw invalidNumber(key, `'${right.text}'`);
      return toNumber(right.text);
    },
    badComparator: notOneOf(listable),
  };
}

/** start_time and end_time in milliseconds since 1970; aliases are what the older UI calls the columns. */
export const attributes: ReadonlyMap<string, KeyRule> = new Map([
  ['artifact_uri', attribute('artifact_uri')],
  ['Created', time('start_time')],
  ['created', time('start_time')],
  ['end_time', time('end_time')],
  ['run_id', listAttribute('a quoted string value for attributes', "'")],
  ['run_name', attribute('run_name')],
  ['Run name', attribute('run_name')],
  ['Run Name', attribute('run_name')],
  ['run name', attribute('run_name')],
  ['start_time', time('start_time')],
  ['status', attribute('status')],
  ['user_id', attribute('user_id')],
]);

const dataset = listAttribute('a quoted string value for dataset attributes');

export const runPrefixes = {
  metric: 'metric',
  metrics: 'metric',
  parameter: 'param',
  parameters: 'param',
  param: 'param',
  params: 'param',
  tag: 'tag',
  tags: 'tag',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  dataset: 'dataset',
  datasets: 'dataset',
} as const;

export function badRunPrefix(prefix: string): string {
  return `Invalid entity type '${prefix}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`;
}

export const runGrammar: FilterGrammar = {
  prefixes: runPrefixes,
  freeKeys: { metric, param, tag },
  knownKeys: {
    attribute: attributes,
    dataset: new Map([
      ['name', dataset],
      ['digest', dataset],
      ['context', dataset],
    ]),
  },
  looseKeys: false,
  comparatorFirst: false,
  messages: {
    ...commonMessages,
    invalidClauses: (texts) => commonMessages.invalidClauses(texts.map((written) => `'${written}'`)),
    badPrefix: badRunPrefix,
    noNullTest: (kind, key) =>
      `IS NULL / IS NOT NULL is only supported for tags and params, not for '${kind}' '${key}'`,
  },
};
