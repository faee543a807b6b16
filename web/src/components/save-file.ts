/** Files that the page itself makes: handed to the browser as downloads. */
import { looksNumeric } from '../api/statistics.ts';

export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}

/** A table as RFC 4180 has it, which spreadsheets read. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join()}\r\n`).join('');
}

function csvField(value: string | number): string {
  const field = String(value);
  // A spreadsheet must not take a name such as `=HYPERLINK(…)` for a formula; a param such as `-0.5` is none.
  const isFormula = typeof value === 'string' && /^[=+@\t\r-]/.test(field) && !looksNumeric(field);
  const safe = isFormula ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
