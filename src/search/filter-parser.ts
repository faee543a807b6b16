import { invalidParameter } from '../protocol/errors.ts';
import type { Clause } from './clauses.ts';
import { readClauses } from './clauses.ts';
import { experimentGrammar } from './experiment-grammar.ts';
import type { FilterGrammar, KeyRule } from './filter-grammar.ts';
import { loggedModelGrammar } from './logged-model-grammar.ts';
import { modelVersionGrammar, registeredModelGrammar } from './registry-grammar.ts';
import { runGrammar } from './run-grammar.ts';
import { runViewGrammar } from './run-view-grammar.ts';
import type { Comparator, Comparison, KeyKind } from './syntax.ts';
import { stripQuotes } from './tokenizer.ts';

/** Beyond that a filter is no question any more; databases limit how many conditions a statement may have. */
const maxComparisons = 500;

interface ResolvedKey {
  readonly kind: KeyKind;
  readonly key: string;
  readonly rule: KeyRule;
}

/** Splits `tags.a` at its first dot; without a dot the key is an attribute. */
export function splitKey(text: string): { readonly prefix: string | null; readonly key: string } {
  const dot = text.indexOf('.');
  if (dot < 0) return { prefix: null, key: stripQuotes(text) };
  const prefix = text.slice(0, dot);
  return { prefix: prefix.startsWith('`') ? stripQuotes(prefix) : prefix, key: stripQuotes(text.slice(dot + 1)) };
}

function resolveKey(clause: Clause, filter: string, grammar: FilterGrammar): ResolvedKey {
  const { messages } = grammar;
  if (clause.leftType === 'other' || (clause.leftType === 'loose' && !grammar.looseKeys)) {
    throw invalidParameter(messages.badIdentifier(clause.left, filter));
  }
  const { prefix, key } = splitKey(clause.left);
  const kind = prefix === null ? 'attribute' : Object.hasOwn(grammar.prefixes, prefix) && grammar.prefixes[prefix];
  if (kind === false || kind === undefined) throw invalidParameter(messages.badPrefix(prefix ?? ''));
  const known = grammar.knownKeys[kind];
  const rule = grammar.freeKeys[kind] ?? known?.get(key);
  if (rule === undefined) throw invalidParameter(messages.badKey(kind, key, [...(known?.keys() ?? [])]));
  return { kind, key, rule };
}

function checkComparator(operator: string, { key, rule }: ResolvedKey): Comparator {
  const comparator = rule.comparators.find((known) => known === operator);
  if (comparator === undefined) throw invalidParameter(rule.badComparator(operator, key));
  return comparator;
}

/** Reads one comparison. What it returns checks the comparator, which MLflow does once all values are read. */
function readComparison(clause: Clause, filter: string, grammar: FilterGrammar): () => Comparison {
  const resolved = resolveKey(clause, filter, grammar);
  const { kind, key, rule } = resolved;
  const treeKey = rule.canonicalKey ?? key;
  if (clause.operator === 'IS NULL' || clause.operator === 'IS NOT NULL') {
    const comparator = clause.operator;
    if (rule.nullTests !== true) throw invalidParameter(grammar.messages.noNullTest(kind, key, clause));
    return () => ({ kind, key: treeKey, comparator, value: null });
  }
  if (grammar.comparatorFirst) checkComparator(clause.operator, resolved);
  const value = rule.readValue(clause, key);
  return () => ({ kind, key: treeKey, comparator: checkComparator(clause.operator, resolved), value });
}

function parseFilter(filter: string | undefined, grammar: FilterGrammar): Comparison[] {
  if (filter === undefined || filter === '') return [];
  const { messages } = grammar;
  const clauses = readClauses(filter);
  if (clauses.isEmpty) throw invalidParameter(messages.empty(filter));
  if (clauses.hasSeveralStatements) throw invalidParameter(messages.severalStatements(filter));
  if (clauses.invalid.length > 0) throw invalidParameter(messages.invalidClauses(clauses.invalid, filter));
  if (clauses.comparisons.length > maxComparisons) {
    throw invalidParameter(
      `The filter has ${clauses.comparisons.length} comparisons; at most ${maxComparisons} are allowed. ` +
        'Use IN to compare with many values.',
    );
  }
  return clauses.comparisons
    .map((clause) => readComparison(clause, filter, grammar))
    .map((finishComparison) => finishComparison());
}

/** The conditions of a runs/search filter. Throws INVALID_PARAMETER_VALUE. */
export function parseRunFilter(filter: string | undefined): Comparison[] {
  return parseFilter(filter, runGrammar);
}

/** The conditions of a filter that our own pages ask by. Throws INVALID_PARAMETER_VALUE. */
export function parseRunViewFilter(filter: string | undefined): Comparison[] {
  return parseFilter(filter, runViewGrammar);
}

/** The conditions of an experiments/search filter. Throws INVALID_PARAMETER_VALUE. */
export function parseExperimentFilter(filter: string | undefined): Comparison[] {
  return parseFilter(filter, experimentGrammar);
}

/** The conditions of a registered-models/search filter. Throws INVALID_PARAMETER_VALUE. */
export function parseRegisteredModelFilter(filter: string | undefined): Comparison[] {
  return parseFilter(filter, registeredModelGrammar);
}

/** The conditions of a model-versions/search filter. Throws INVALID_PARAMETER_VALUE. */
export function parseModelVersionFilter(filter: string | undefined): Comparison[] {
  return parseFilter(filter, modelVersionGrammar);
}

/** The conditions of a logged-models/search filter. Throws INVALID_PARAMETER_VALUE. */
export function parseLoggedModelFilter(filter: string | undefined): Comparison[] {
  return parseFilter(filter, loggedModelGrammar);
}
