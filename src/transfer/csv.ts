/** Rows of comma-separated values; quoted ones may hold commas, line breaks, and quotes written twice. */
export function* csvRows(text: string): Generator<string[]> {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  const source = text.replace(/^\uFEFF/, '');
  let row: string[] = [];
  while (cell.lastIndex < source.length || row.length > 0) {
    const start = cell.lastIndex;
    const match = cell.exec(source);
    if (!match) throw new Error(`the quotes at character ${start + 1} do not match`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') yield row;
    row = [];
  }
}
