import { invalidParameter } from '../protocol/errors.ts';
import { badRunPrefix, runPrefixes } from './run-grammar.ts';
import { commonMessages, tagPrefixes } from './common-messages.ts';
import { experimentPrefixes } from './experiment-grammar.ts';
import { splitKey } from './filter-parser.ts';
import { pythonLiteral, pythonSet } from './python-literal.ts';
import type { KeyKind, Ordering } from './syntax.ts';
import type { Token } from './tokenizer.ts';
import { tokenize } from './tokenizer.ts';

/** One order_by clause as written: a key, quoted or not, and a direction. */
interface Clause {
  readonly written: string;
  readonly ascending: boolean;
  readonly isDirected: boolean;
}

function directionOf(token: Token | undefined): boolean | null {
  const word = token?.type === 'word' ? token.text.toUpperCase() : '';
  return word === 'ASC' ? true : word === 'DESC' ? false : null;
}

function isKey(token: Token | undefined): boolean {
  if (token?.type === 'word') return token.isPlain && directionOf(token) === null;
  return token?.type === 'string' && token.text.startsWith('"');
}

/** Reads `key`, `key ASC` or `key DESC` (in any case) with no space around. */
function readClause(text: string): Clause {
  const unparsable = invalidParameter(`Invalid order_by clause '${text}'. Could not be parsed.`);
  const tokens = tokenize(text);
  const [key, direction] = tokens;
  if (key === undefined || !isKey(key) || tokens.length > 2 || text !== text.trim()) throw unparsable;
  if (direction === undefined) return { written: key.text, ascending: true, isDirected: false };
  const ascending = directionOf(direction);
  if (ascending !== null) return { written: key.text, ascending, isDirected: true };
  throw isKey(direction) ? invalidParameter(`Invalid ordering key in order_by clause '${text}'.`) : unparsable;
}

interface OrderGrammar {
  readonly prefixes: Readonly<Record<string, KeyKind>>;
  readonly badPrefix: (prefix: string) => string;
  /** Attribute names, each with the name it has in the tree. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly badAttribute: (key: string, validKeys: readonly string[]) => string;
  /** What to say about a kind that the entity knows but cannot be ordered by; undefined where it can. */
  readonly badKind: (kind: KeyKind, key: string) => string | undefined;
  readonly refusesDuplicates: boolean;
}

function toOrdering({ written, ascending }: Clause, grammar: OrderGrammar): Ordering {
  const { prefix, key } = splitKey(written);
  const kind = prefix === null ? 'attribute' : Object.hasOwn(grammar.prefixes, prefix) && grammar.prefixes[prefix];
  if (kind === false || kind === undefined) throw invalidParameter(grammar.badPrefix(prefix ?? ''));
  const refusal = grammar.badKind(kind, key);
  if (refusal !== undefined) throw invalidParameter(refusal);
  if (kind !== 'attribute') return { kind, key, ascending };
  const attribute = Object.hasOwn(grammar.attributes, key) ? grammar.attributes[key] : undefined;
  if (attribute === undefined) throw invalidParameter(grammar.badAttribute(key, Object.keys(grammar.attributes)));
  return { kind, key: attribute, ascending };
}

function parseOrderBy(orderBy: readonly string[] | undefined, grammar: OrderGrammar): Ordering[] {
  const clauses = orderBy ?? [];
  const seen = new Set<string>();
  return clauses.map((text) => {
    const ordering = toOrdering(readClause(text), grammar);
    const field = `${ordering.kind}.${ordering.key}`;
    if (grammar.refusesDuplicates && seen.has(field)) {
      throw invalidParameter(`\`order_by\` contains duplicate fields: ${pythonLiteral(clauses)}`);
    }
    seen.add(field);
    return ordering;
  });
}

const badAttributeKey = (key: string, validKeys: readonly string[]): string =>
  commonMessages.badKey('attribute', key, validKeys);

const runOrder: OrderGrammar = {
  prefixes: runPrefixes,
  badPrefix: badRunPrefix,
  attributes: {
    artifact_uri: 'artifact_uri',
    created: 'start_time',
    Created: 'start_time',
    end_time: 'end_time',
    run_id: 'run_id',
    run_name: 'run_name',
    start_time: 'start_time',
    status: 'status',
    user_id: 'user_id',
  },
  badAttribute: badAttributeKey,
  badKind: (kind) => (kind === 'dataset' ? "Invalid identifier type 'dataset'" : undefined),
  refusesDuplicates: true,
};

/** What a table of runs shows beside MLflow's own. */
const runTableOrder: OrderGrammar = { ...runOrder, attributes: { ...runOrder.attributes, duration: 'duration' } };

const experimentOrder: OrderGrammar = {
  prefixes: experimentPrefixes,
  badPrefix: commonMessages.badPrefix,
  attributes: {
    creation_time: 'creation_time',
    experiment_id: 'experiment_id',
    last_update_time: 'last_update_time',
    name: 'name',
  },
  badAttribute: badAttributeKey,
  badKind: (kind) => (kind === 'tag' ? 'Invalid order_by entity: tag' : undefined),
  refusesDuplicates: false,
};

const badModelKey = (key: string): string =>
  `Invalid order by key '${key}' specified. Valid keys are '${pythonSet(['name', 'timestamp'])}'`;

const registeredModelOrder: OrderGrammar = {
  prefixes: {},
  badPrefix: badModelKey,
  attributes: {
    name: 'name',
    timestamp: 'last_updated_timestamp',
    last_updated_timestamp: 'last_updated_timestamp',
  },
  badAttribute: badModelKey,
  badKind: () => undefined,
  refusesDuplicates: true,
};

const versionAttributes = {
  creation_timestamp: 'creation_timestamp',
  last_updated_timestamp: 'last_updated_timestamp',
  name: 'name',
  version_number: 'version_number',
};

const modelVersionOrder: OrderGrammar = {
  prefixes: tagPrefixes,
  badPrefix: commonMessages.badPrefix,
  attributes: versionAttributes,
  badAttribute: badAttributeKey,
  badKind: (kind, key) =>
    kind === 'tag'
      ? `Invalid order by key '${key}' specified. Valid keys are ${pythonSet(Object.keys(versionAttributes))}`
      : undefined,
  refusesDuplicates: true,
};

/** The order of runs/search. No tie-breaker is added. Throws INVALID_PARAMETER_VALUE. */
export function parseRunOrderBy(orderBy: readonly string[] | undefined): Ordering[] {
  return parseOrderBy(orderBy, runOrder);
}

/** The order of a table of runs: that of runs/search, and how long runs took. */
export function parseRunTableOrderBy(orderBy: readonly string[] | undefined): Ordering[] {
  return parseOrderBy(orderBy, runTableOrder);
}

/** The order of experiments/search. A field may be named twice: the first one counts. */
export function parseExperimentOrderBy(orderBy: readonly string[] | undefined): Ordering[] {
  return parseOrderBy(orderBy, experimentOrder);
}

/** The order of registered-models/search; keys take no prefix, and no quotes but backticks unless a direction follows. */
export function parseRegisteredModelOrderBy(orderBy: readonly string[] | undefined): Ordering[] {
  for (const text of orderBy ?? []) {
    const { written, isDirected } = readClause(text);
    if (written.includes('.') || (written.includes('"') && !isDirected)) throw invalidParameter(badModelKey(written));
  }
  return parseOrderBy(orderBy, registeredModelOrder);
}

/** The order of model-versions/search. */
export function parseModelVersionOrderBy(orderBy: readonly string[] | undefined): Ordering[] {
  return parseOrderBy(orderBy, modelVersionOrder);
}

export { parseLoggedModelOrderBy } from './logged-model-order-by.ts';
export type { LoggedModelOrderBy } from './logged-model-order-by.ts';
