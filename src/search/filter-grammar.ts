import type { Clause } from './clauses.ts';
import type { Comparator, KeyKind } from './syntax.ts';
import type { Value } from './values.ts';

/** What may be compared with a key, and how the value is read. */
export interface KeyRule {
  /** The key in the syntax tree, where it differs from what the user wrote. */
  readonly canonicalKey?: string;
  readonly comparators: readonly Comparator[];
  /** Whether IS NULL and IS NOT NULL make sense. */
  readonly nullTests?: boolean;
  /** Reads the value, or throws what the client should know. Never called for IS NULL and IS NOT NULL. */
  readonly readValue: (clause: Clause, key: string) => Value;
  readonly badComparator: (operator: string, key: string) => string;
}

/** The words of an entity's messages. */
export interface GrammarMessages {
  readonly empty: (filter: string) => string;
  readonly severalStatements: (filter: string) => string;
  readonly invalidClauses: (texts: readonly string[], filter: string) => string;
  readonly badIdentifier: (left: string, filter: string) => string;
  readonly badPrefix: (prefix: string) => string;
  readonly badKey: (kind: KeyKind, key: string, validKeys: readonly string[]) => string;
  readonly noNullTest: (kind: KeyKind, key: string, clause: Clause) => string;
}

/** Everything that distinguishes the filters of one entity from those of another. */
export interface FilterGrammar {
  readonly prefixes: Readonly<Record<string, KeyKind>>;
  /** Kinds whose keys are free, such as tags: one rule for all of them. */
  readonly freeKeys: Partial<Record<KeyKind, KeyRule>>;
  /** Kinds whose keys are known, such as attributes: a rule for each key, aliases included. */
  readonly knownKeys: Partial<Record<KeyKind, ReadonlyMap<string, KeyRule>>>;
  /** Whether a key like a-b may stand without quotes. */
  readonly looseKeys: boolean;
  /** Whether a wrong comparator is reported before a wrong value of the same comparison, or after all values. */
  readonly comparatorFirst: boolean;
  readonly messages: GrammarMessages;
}
