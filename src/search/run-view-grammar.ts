/**
 * The filters of our own pages: MLflow's of runs, and beyond it lists of params, tags and attributes, numbers that params
 * are compared with as numbers, and what their columns show besides. `runs/search` takes none of it, as MLflow does.
 */
import { invalidParameter } from '../protocol/errors.ts';
import type { Clause } from './clauses.ts';
import type { FilterGrammar, KeyRule } from './filter-grammar.ts';
import { attribute, attributes, param, runGrammar, tag } from './run-grammar.ts';
import type { Comparator } from './syntax.ts';
import { nonEmptyStringList, rightOf, type Value } from './values.ts';

const lists: readonly Comparator[] = ['IN', 'NOT IN'];
const orders: readonly Comparator[] = ['>', '>=', '<', '<='];

function isList({ operator }: Clause): boolean {
  return operator === 'IN' || operator === 'NOT IN';
}

function withLists(rule: KeyRule): KeyRule {
  if (!rule.comparators.includes('LIKE') || rule.comparators.includes('IN')) return rule;
  return {
    ...rule,
    comparators: [...rule.comparators, ...lists],
    readValue: (clause, key) => (isList(clause) ? nonEmptyStringList(rightOf(clause)) : rule.readValue(clause, key)),
  };
}

function withNumbers(rule: KeyRule): KeyRule {
  return {
    ...rule,
    comparators: [...rule.comparators, ...orders],
    readValue: (clause, key) => numberOf(clause) ?? rule.readValue(clause, key),
  };
}

/** Undefined where the value is to be a text. */
function numberOf(clause: Clause): Value | undefined {
  const right = rightOf(clause);
  const isOrder = (orders as readonly string[]).includes(clause.operator);
  if (right.type === 'number' && (isOrder || clause.operator === '=' || clause.operator === '!=')) {
    return Number(right.text);
  }
  if (!isOrder) return undefined;
  throw invalidParameter(`Expected a number, such as 0.5, after '${clause.operator}'. Found ${right.text}`);
}

/** Columns of the table of runs that MLflow's grammar has no key for. */
const columns = ['dataset', 'experiment', 'models', 'source'].map((key) => [key, attribute(key)] as const);

export const runViewGrammar: FilterGrammar = {
  ...runGrammar,
  freeKeys: { ...runGrammar.freeKeys, param: withNumbers(withLists(param)), tag: withLists(tag) },
  knownKeys: {
    ...runGrammar.knownKeys,
    attribute: new Map([...attributes, ...columns].map(([key, rule]) => [key, withLists(rule)])),
  },
};
