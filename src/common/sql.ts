/** SQL text with its values, composed from fragments; the database seam turns it into a prepared statement. */

export type SqlValue = string | number | bigint | null | Uint8Array | Int32Array;

export interface Query {
  /** With `?` for each value, in order. Statements are prepared once for each text. */
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** `sql\`SELECT … WHERE id = ${id} ${more}\``: values are bound, never pasted; queries are spliced in. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Query)[]): Query {
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  parts.forEach((part, i) => {
    if (isQuery(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += strings[i + 1] ?? '';
  });
  return { text, values };
}

function isQuery(part: SqlValue | Query): part is Query {
  return typeof part === 'object' && part !== null && 'text' in part;
}

/** Text of our own, such as a column name; never text from a request. */
export function raw(text: string): Query {
  return { text, values: [] };
}

export function join(queries: readonly Query[], separator: string): Query {
  return { text: queries.map((q) => q.text).join(separator), values: queries.flatMap((q) => q.values) };
}

/** Conditions joined by AND; true when there is none. */
export function and(conditions: readonly Query[]): Query {
  return conditions.length === 0 ? raw('1 = 1') : join(conditions, ' AND ');
}

/** `(?, ?, ?)` for IN. */
export function list(values: readonly SqlValue[]): Query {
  return { text: `(${values.map(() => '?').join(', ')})`, values };
}
