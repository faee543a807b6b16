/** Where in a filter the first mistake is, for an editor that underlines it while it is typed. */
import { ApiError } from '../protocol/errors.ts';
import {
  parseExperimentFilter,
  parseLoggedModelFilter,
  parseModelVersionFilter,
  parseRegisteredModelFilter,
  parseRunViewFilter,
} from './filter-parser.ts';
import { tokenize, type Token } from './tokenizer.ts';

const parsers = {
  run: parseRunViewFilter,
  experiment: parseExperimentFilter,
  registered_model: parseRegisteredModelFilter,
  model_version: parseModelVersionFilter,
  logged_model: parseLoggedModelFilter,
} as const;

export type FilteredEntity = keyof typeof parsers;

/** The characters from `start` to before `end`; where something is missing, none. */
interface Mistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const examples: Readonly<Record<FilteredEntity, string>> = {
  run: 'metrics.loss, params.lr, tags.team or attributes.status',
  experiment: 'name, creation_time or tags.team',
  registered_model: 'name or tags.team',
  model_version: 'name, run_id or tags.team',
  logged_model: 'name, metrics.loss, params.lr or tags.team',
};

/** The first mistake, or undefined when the filter can be understood. */
export function filterMistake(entity: FilteredEntity, filter: string): Mistake | undefined {
  const whole = refusal(entity, filter);
  if (whole === undefined) return undefined;
  return firstMistake(entity, filter) ?? { message: whole, start: 0, end: filter.length };
}

function refusal(entity: FilteredEntity, filter: string): string | undefined {
  try {
    parsers[entity](filter);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}

/** Reads the comparisons one after the other, each by itself. */
function firstMistake(entity: FilteredEntity, filter: string): Mistake | undefined {
  const tokens = tokenize(filter, { joinsBlanks: true });
  let at = 0;
  // With more comparisons than these their number is what is wrong.
  for (let read = 0; at < tokens.length && read < 1000; read++) {
    if (isKeyword(tokens[at], 'AND')) {
      at++;
      continue;
    }
    const parts = readComparison(entity, tokens, at);
    if ('message' in parts) return parts;
    const message = refusal(entity, filter.slice(parts.left.start, parts.end));
    if (message !== undefined) return { message, ...wrongPart(entity, filter, parts) };
    at = parts.next;
  }
  return undefined;
}

interface Comparison {
  readonly left: Token;
  /** The tokens of the operator: more than one for IS NOT NULL. */
  readonly operator: readonly Token[];
  /** Where the value stands; undefined for null tests. */
  readonly right: { readonly start: number; readonly end: number } | undefined;
  readonly end: number;
  /** The token behind. */
  readonly next: number;
}

function readComparison(entity: FilteredEntity, tokens: readonly Token[], at: number): Comparison | Mistake {
  const left = tokens[at];
  if (left === undefined || !['word', 'string', 'number'].includes(left.type)) return noKey(entity, left);
  const length = operatorLength(tokens, at + 1);
  if (length === 0) {
    return wrongKey(entity, left) ?? expected('a comparator, such as =, !=, <, LIKE or IN', tokens[at + 1], left.end);
  }
  const operator = tokens.slice(at + 1, at + 1 + length);
  const operatorEnd = operator.at(-1)?.end ?? left.end;
  if (isKeyword(operator[0], 'IS')) {
    return { left, operator, right: undefined, end: operatorEnd, next: at + 1 + length };
  }
  const first = tokens[at + 1 + length];
  const last = valueEnd(tokens, at + 1 + length);
  const value = tokens[last];
  if (first === undefined || value === undefined) {
    return wrongKey(entity, left) ?? expected('a value', first, operatorEnd);
  }
  return { left, operator, right: { start: first.start, end: value.end }, end: value.end, next: last + 1 };
}

const values = ["'a'", '1', "('a')"];

/** What is compared with it may be missing still, but a key that takes no value at all is to be told of first. */
function wrongKey(entity: FilteredEntity, { text, start, end }: Token): Mistake | undefined {
  const refused = values.map((value) => refusal(entity, `${text} ${value.startsWith('(') ? 'IN' : '='} ${value}`));
  const message = refused[0];
  return message === undefined || refused.includes(undefined) ? undefined : { message, start, end };
}

function noKey(entity: FilteredEntity, token: Token | undefined): Mistake {
  const start = token?.start ?? 0;
  if (isKeyword(token, 'OR') || isKeyword(token, 'NOT') || token?.type === 'open') {
    const message = 'OR, NOT and parentheses around comparisons are not supported: conditions are joined by AND.';
    return { message, start, end: token?.end ?? start };
  }
  return expected(`a key, such as ${examples[entity]}`, token, start);
}

function expected(what: string, found: Token | undefined, end: number): Mistake {
  if (found === undefined) return { message: `Expected ${what}.`, start: end, end };
  const shown =
    found.text === "'" || found.text === '"' || found.text === '`'
      ? `a quote ${found.text} that is not closed`
      : found.text;
  return { message: `Expected ${what}; found ${shown}`, start: found.start, end: found.end };
}

function isKeyword(token: Token | undefined, word: string): boolean {
  return token?.type === 'keyword' && token.text.toUpperCase() === word;
}

/** How many tokens the operator has; 0 where none stands. */
function operatorLength(tokens: readonly Token[], at: number): number {
  const first = tokens[at];
  if (first?.type === 'operator') return 1;
  if (isKeyword(first, 'IS')) {
    if (isKeyword(tokens[at + 1], 'NULL')) return 2;
    return isKeyword(tokens[at + 1], 'NOT') && isKeyword(tokens[at + 2], 'NULL') ? 3 : 0;
  }
  const negated = isKeyword(first, 'NOT');
  const word = negated ? tokens[at + 1] : first;
  const isWord = ['LIKE', 'ILIKE', 'RLIKE', 'IN'].some((name) => isKeyword(word, name));
  return isWord ? (negated ? 2 : 1) : 0;
}

/** The last token of the value that begins at `at`, or -1. */
function valueEnd(tokens: readonly Token[], at: number): number {
  const first = tokens[at];
  if (first?.type === 'open') return tokens.findIndex((token, i) => i > at && token.type === 'close');
  return first && (['word', 'string', 'number'].includes(first.type) || isKeyword(first, 'NULL')) ? at : -1;
}

/** A key that no value can be compared with is wrong, then an operator that takes none, then the value. */
function wrongPart(
  entity: FilteredEntity,
  filter: string,
  { left, operator, right }: Comparison,
): { start: number; end: number; message?: string } {
  const refusalOf = (written: string, value: string): string | undefined =>
    refusal(entity, `${left.text} ${written} ${value}`);
  const fitting = values.find((value) => refusalOf(value.startsWith('(') ? 'IN' : '=', value) === undefined);
  if (fitting === undefined) return { start: left.start, end: left.end };
  const [start, end] = [operator[0]?.start ?? left.end, operator.at(-1)?.end ?? left.end];
  if (right === undefined) return { start, end };
  const written = filter.slice(start, end);
  if (values.some((value) => refusalOf(written, value) === undefined)) return right;
  // The value is read first and may be wrong too; what is to be told is what is wrong with the operator.
  const message = refusalOf(written, fitting);
  return message === undefined ? { start, end } : { start, end, message };
}
