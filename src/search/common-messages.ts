import type { GrammarMessages } from './filter-grammar.ts';
import { pythonLiteral, pythonSet } from './python-literal.ts';

/** The messages that runs, experiments and the registry share. */
export const commonMessages = {
  empty: (filter) => `Invalid filter '${filter}'. Could not be parsed.`,
  severalStatements: (filter) =>
    `Search filter contained multiple expression ${pythonLiteral(filter)}. Provide AND-ed expression list.`,
  invalidClauses: (texts) => `Invalid clause(s) in filter string: ${texts.join(', ')}`,
  badIdentifier: (left) => `Invalid comparison clause. Expected 'Identifier' found '${left}'`,
  badPrefix: (prefix) => `Invalid entity type '${prefix}'. Valid entity types are ('attribute', 'tag', 'tags')`,
  badKey: (kind, key, validKeys) => `Invalid ${kind} key '${key}' specified. Valid keys are '${pythonSet(validKeys)}'`,
} satisfies Partial<GrammarMessages>;

/** What experiments, registered models and model versions may write before the dot. */
export const tagPrefixes = { attribute: 'attribute', tag: 'tag', tags: 'tag' } as const;

export const quotedTagValue = "a quoted string value for tag (e.g. 'my-value')";
