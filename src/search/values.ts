import { invalidParameter } from '../protocol/errors.ts';
import type { Clause, Operand } from './clauses.ts';
import { pythonFloat } from './python-literal.ts';
import { stripQuotes } from './tokenizer.ts';

export type Value = string | number | bigint | readonly string[];

const maxInt64 = 2n ** 63n - 1n;
const integerText = /^\s*[+-]?\d+\s*$/;

function badString(right: Operand, expected: string): Error {
  if (right.type === 'word') {
    return invalidParameter(
      'Parameter value is either not quoted or unidentified quote types used for string value ' +
        `${right.text}. Use either single or double quotes.`,
    );
  }
  return invalidParameter(`Expected ${expected}. Got value ${right.text}`);
}

/** A string in single or double quotes; `expected` completes the message for anything else. */
export function quotedString(right: Operand, expected: string): string {
  if (right.type !== 'string') throw badString(right, expected);
  return stripQuotes(right.text);
}

/** The strings of an IN list. */
export function stringList(right: Operand): string[] {
  const listed = right.items.filter((_token, index) => index % 2 === 0);
  const isWellFormed =
    listed.every((token) => token.type === 'string' || token.type === 'number') &&
    right.items.every((token, index) => index % 2 === 0 || token.type === 'comma');
  if (!isWellFormed) {
    throw invalidParameter(
      'While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.',
    );
  }
  if (listed.some((token) => token.type === 'number')) {
    const shown = listed.map((token) => token.text).join(', ') + (listed.length === 1 ? ',' : '');
    throw invalidParameter(
      'While parsing a list in the query, expected string value, punctuation, or whitespace, ' +
        `but got different type in list: (${shown})`,
    );
  }
  return listed.map((token) => stripQuotes(token.text));
}

export function nonEmptyStringList(right: Operand): string[] {
  const values = stringList(right);
  if (values.length === 0) {
    throw invalidParameter(
      'While parsing a list in the query, expected a non-empty list of string values, but got empty list',
    );
  }
  return values;
}

/** An integer of at most 64 bits: a number where it is exact, a bigint beyond. Undefined where the text is none. */
export function toInteger(text: string): number | bigint | undefined {
  if (!integerText.test(text)) return undefined;
  const exact = BigInt(text.trim().replace(/^\+/, ''));
  if (exact > maxInt64 || exact < -maxInt64 - 1n) return undefined;
  const rounded = Number(exact);
  return Number.isSafeInteger(rounded) ? rounded : exact;
}

/** A number as it stands in a filter; a long integer stays exact, so that it can be compared with an int64. */
export function toNumber(text: string): number | bigint {
  return toInteger(text) ?? Number(text);
}

export function isIntegerText(text: string): boolean {
  return integerText.test(text);
}

export function invalidNumber(key: string, shown: string): Error {
  return invalidParameter(`Invalid value for numeric attribute '${key}': ${shown}`);
}

/** How a number is shown in a message: integers as written, all others as floats. */
export function shownNumber(text: string): string {
  return isIntegerText(text) ? text : pythonFloat(Number(text));
}

export function rightOf(clause: Clause): Operand {
  if (clause.right === null) throw invalidParameter(`Invalid comparison clause '${clause.left} ${clause.operator}'.`);
  return clause.right;
}
