/** CSV as RFC 4180 has it, with empty lines passed over. */

/** Between values, and around them. */
export interface Dialect {
  readonly separator: string;
  readonly quote: string;
}

export const usualDialect: Dialect = { separator: ',', quote: '"' };

export function readCsv(text: string, dialect: Dialect = usualDialect): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A cell with its separator: between quotes, where a quote is written twice, or up to a comma or the line's end.
  const cell = cellPattern(dialect);
  while (cell.lastIndex < text.length) {
    const [, quoted, tail, plain = '', separator] = cell.exec(text) ?? [];
    row.push(quoted === undefined ? plain : quoted.replaceAll(dialect.quote.repeat(2), dialect.quote) + tail);
    if (separator === dialect.separator && cell.lastIndex < text.length) continue;
    if (separator === dialect.separator) row.push('');
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

function cellPattern({ separator: s, quote: q }: Dialect): RegExp {
  return new RegExp(`(?:${q}((?:[^${q}]|${q}${q})*)${q}?([^${s}\\r\\n]*)|([^${s}\\r\\n]*))([${s}]|\\r?\\n|\\r|$)`, 'y');
}

/** A cell in quotes where it needs them. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
