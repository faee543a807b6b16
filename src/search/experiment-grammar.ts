import { invalidParameter } from '../protocol/errors.ts';
import { commonMessages, quotedTagValue, tagPrefixes } from './common-messages.ts';
import type { FilterGrammar, KeyRule } from './filter-grammar.ts';
import { pythonSet } from './python-literal.ts';
import type { Comparator } from './syntax.ts';
import { invalidNumber, nonEmptyStringList, quotedString, rightOf, shownNumber, toInteger } from './values.ts';

const numeric: Comparator[] = ['=', '!=', '>', '>=', '<', '<='];
const text: Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];

/** MLflow leaves the quote before the set open for times and closes it for names. */
function notOneOf(operator: string): string {
  return `Invalid comparator '${operator}' not one of '${pythonSet([...text, 'IN', 'NOT IN'])}`;
}

const quotedValue = 'a quoted string value for attributes';

const name: KeyRule = {
  comparators: text,
  readValue: (clause) => {
    const right = rightOf(clause);
    if (right.type === 'list') {
      throw invalidParameter(
        "Only ['experiment_id'] attributes support comparison with a list of quoted string values.",
      );
    }
    return quotedString(right, quotedValue);
  },
  badComparator: (operator) => `${notOneOf(operator)}'`,
};

/** Ids are compared as numbers, so ' 01' means experiment 1. */
function toExperimentId(written: string): string {
  const id = toInteger(written);
  if (id !== undefined) return String(id);
  throw invalidParameter(`Invalid experiment ID '${written}'. Experiment ID must be a valid integer.`);
}

const experimentId: KeyRule = {
  comparators: ['=', '!=', 'IN', 'NOT IN'],
  readValue: (clause) => {
    const right = rightOf(clause);
    if (clause.operator === 'IN' || clause.operator === 'NOT IN') return nonEmptyStringList(right).map(toExperimentId);
    const value = quotedString(right, quotedValue);
    return clause.operator === '=' || clause.operator === '!=' ? toExperimentId(value) : value;
  },
  badComparator: (operator, key) => `Invalid comparator for ${key}: ${operator}`,
};

const time: KeyRule = {
  comparators: numeric,
  readValue: (clause, key) => {
    const right = rightOf(clause);
    if (right.type !== 'number') {
      throw invalidParameter(`Expected numeric value type for numeric attribute: ${key}. Found ${right.text}`);
    }
    const value = toInteger(right.text);
    if (value === undefined) throw invalidNumber(key, `'${shownNumber(right.text)}'`);
    return value;
  },
  badComparator: notOneOf,
};

const tag: KeyRule = {
  comparators: text,
  nullTests: true,
  readValue: (clause) => quotedString(rightOf(clause), quotedTagValue),
  badComparator: (operator) => `Invalid comparator for tag: ${operator}`,
};

/** The plural is taken since MLflow 3.18. */
export const experimentPrefixes = { ...tagPrefixes, attributes: 'attribute' } as const;

export const experimentGrammar: FilterGrammar = {
  prefixes: experimentPrefixes,
  freeKeys: { tag },
  knownKeys: {
    attribute: new Map([
      ['creation_time', time],
      ['experiment_id', experimentId],
      ['last_update_time', time],
      ['name', name],
    ]),
  },
  looseKeys: false,
  comparatorFirst: false,
  messages: {
    ...commonMessages,
    noNullTest: (kind, key) => `IS NULL / IS NOT NULL is only supported for tags, not for ${kind} '${key}'`,
  },
};
