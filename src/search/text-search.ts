/** Plain words as SQL conditions; `%` and `_` in them mean themselves. ASCII letters match in either case. */
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { raw, sql, type Query } from '../common/sql.ts';

/** The text without space around; one that is too long to mean anything is refused. */
export function plainText(text: string | undefined): string {
  const plain = (text ?? '').trim();
  if (plain.length > limits.searchText) {
    throw invalidParameter(
      `A text to search for has at most ${limits.searchText} characters; this has ${plain.length}.`,
    );
  }
  return plain;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** @param column our own SQL text, never text from a request */
export function containing(column: string, text: string): Query {
  return sql`${raw(column)} LIKE ${`%${escaped(text)}%`} ESCAPE '\\'`;
}

export function startingWith(column: string, text: string): Query {
  return sql`${raw(column)} LIKE ${`${escaped(text)}%`} ESCAPE '\\'`;
}

/** A set of texts after IN, bound as one value. */
export function textSet(texts: readonly string[]): Query {
  return sql`(SELECT value FROM json_each(${JSON.stringify(texts)}))`;
}
