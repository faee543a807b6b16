/** The first rows of a table in text. */
import { escaped } from '../plot/markup.ts';

const mostRows = 10;
const mostColumns = 30;

/** @param isStart the text goes on beyond its end */
export function tableMarkup(text: string, separator: string, isStart: boolean): string {
  const rows = rowsOf(text, separator);
  // The last row may be half.
  if (isStart) rows.pop();
  const [head, ...body] = rows.map((row) => row.slice(0, mostColumns));
  if (!head) return '';
  const line = (row: readonly string[], cell: 'th' | 'td'): string =>
    `<tr>${row.map((value) => `<${cell}>${escaped(value)}</${cell}>`).join('')}</tr>`;
  const more = body.length > mostRows || isStart ? '<p class="quiet">and more rows</p>' : '';
  return `<table><thead>${line(head, 'th')}</thead><tbody>${body
    .slice(0, mostRows)
    .map((row) => line(row, 'td'))
    .join('')}</tbody></table>${more}`;
}

function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^${separator}"\\r\\n][^${separator}\\r\\n]*)?)(${separator}|\\r?\\n|$)`,
    'gy',
  );
  for (const match of text.matchAll(field)) {
    const [whole, quoted, plain = '', end] = match;
    if (whole === '' && row.length === 0) break;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === separator) continue;
    rows.push(row);
    row = [];
    if (end === '' || rows.length > mostRows + 2) break;
  }
  return rows;
}
