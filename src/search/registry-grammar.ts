import { invalidParameter } from '../protocol/errors.ts';
import { commonMessages, quotedTagValue, tagPrefixes } from './common-messages.ts';
import type { FilterGrammar, GrammarMessages, KeyRule } from './filter-grammar.ts';
import type { Comparator } from './syntax.ts';
import { invalidNumber, nonEmptyStringList, quotedString, rightOf, shownNumber, toInteger } from './values.ts';

const numeric: Comparator[] = ['=', '!=', '>', '>=', '<', '<='];
const text: Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];
const listable: Comparator[] = [...text, 'IN', 'NOT IN'];

function badAttributeComparator(operator: string): string {
  return `Invalid comparator for attribute: ${operator}`;
}

function stringOrList(comparators: readonly Comparator[], expected: string): KeyRule {
  return {
    comparators,
    readValue: (clause) => {
      const right = rightOf(clause);
      const takesList = clause.operator === 'IN' || clause.operator === 'NOT IN';
      return takesList ? nonEmptyStringList(right) : quotedString(right, expected);
    },
    badComparator: badAttributeComparator,
  };
}

/** A string attribute of a model version; only those that take lists may stand before IN. */
function versionAttribute(takesLists: boolean): KeyRule {
  const rule = stringOrList(takesLists ? listable : text, 'a quoted string value for attributes');
  return {
    ...rule,
    readValue: (clause, key) => {
      const right = rightOf(clause);
      if (right.type === 'number') {
        throw invalidParameter(
          "Only the '{'creation_timestamp', 'last_updated_timestamp', 'version_number'}' " +
            'attributes support comparison with numeric values.',
        );
      }
      if (right.type === 'list' && !takesLists) {
        throw invalidParameter(
          "Only ['name', 'run_id'] attributes support comparison with a list of quoted string values.",
        );
      }
      return rule.readValue(clause, key);
    },
  };
}

const stringAttribute = versionAttribute(false);

/** A version may be written as 3 or as '3'. */
const versionNumber: KeyRule = {
  comparators: numeric,
  readValue: (clause, key) => {
    const right = rightOf(clause);
    const written = right.type === 'number' ? right.text : String(stringAttribute.readValue(clause, key));
    const value = toInteger(written);
    // LIKE is refused for its comparator, whatever its value.
    if (value !== undefined || clause.operator.endsWith('LIKE')) return value ?? written;
    throw invalidNumber(key, right.type === 'number' ? shownNumber(written) : `'${written}'`);
  },
  badComparator: (operator, key) => `Invalid comparator for attribute ${key}: ${operator}`,
};

const tag: KeyRule = {
  comparators: text,
  readValue: (clause) => quotedString(rightOf(clause), quotedTagValue),
  badComparator: (operator) => `Invalid comparator for tag: ${operator}`,
};

const messages: GrammarMessages = {
  ...commonMessages,
  noNullTest: (kind, key) => `IS NULL / IS NOT NULL is not supported in this search, but is asked of ${kind} '${key}'`,
};

export const registeredModelGrammar: FilterGrammar = {
  prefixes: tagPrefixes,
  freeKeys: { tag },
  knownKeys: {
    attribute: new Map([
      ['name', stringOrList(listable, 'a quoted string value or a list of quoted string values for attributes')],
    ]),
  },
  looseKeys: false,
  comparatorFirst: false,
  messages,
};

export const modelVersionGrammar: FilterGrammar = {
  prefixes: tagPrefixes,
  freeKeys: { tag },
  knownKeys: {
    attribute: new Map([
      ['name', versionAttribute(true)],
      ['run_id', versionAttribute(true)],
      ['source_path', stringAttribute],
      ['version_number', versionNumber],
    ]),
  },
  looseKeys: false,
  comparatorFirst: false,
  messages,
};
