/** Splits CSV and TSV (RFC 4180, and what strays from it) into rows, with pauses in which the page can breathe. */
export interface Delimited {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const rowsAtOnce = 20_000;

export async function parseDelimited(text: string, signal: AbortSignal): Promise<Delimited> {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  const state = { at: text.charCodeAt(0) === 0xfeff ? 1 : 0, line: -1, mark: -1 };
  for (let read = 1; state.at < text.length; read++) {
    const row = nextRow(text, state, separator);
    // A blank line is no row, unless the table has one column.
    if (row.length > 1 || row[0] !== '') rows.push(row);
    if (read % rowsAtOnce === 0) await new Promise((done) => setTimeout(done));
    if (signal.aborted) break;
  }
  return withNames(rows);
}

/** The one that the first line has most of. */
export function separatorOf(text: string): string {
  const line = text.slice(0, 10_000).split('\n', 1)[0] ?? '';
  const counts = [',', '\t', ';', '|'].map((mark) => ({ mark, count: line.split(mark).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).mark;
}

interface Place {
  at: number;
  /** The next line break and the next separator, remembered so that each stretch is searched once. */
  line: number;
  mark: number;
}

function nextRow(text: string, state: Place, separator: string): string[] {
  const row: string[] = [];
  for (;;) {
    const quoted = text[state.at] === '"';
    const end = quoted ? endOfQuoted(text, state.at) : state.at;
    if (state.line < end) state.line = found(text, '\n', end);
    if (state.mark < end) state.mark = found(text, separator, end);
    const stop = state.line;
    const cellEnd = Math.min(state.mark, stop);
    const raw = text.slice(state.at, cellEnd);
    row.push(quoted ? unquoted(raw) : raw.endsWith('\r') && cellEnd === stop ? raw.slice(0, -1) : raw);
    state.at = cellEnd + 1;
    if (cellEnd === stop) return row;
  }
}

function found(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** Behind the closing quote; a quote that is never closed ends with the text. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return text.length;
    if (text[at + 1] !== '"') return at + 1;
  }
}

function unquoted(raw: string): string {
  const close = raw.lastIndexOf('"');
  return raw.slice(1, close > 0 ? close : undefined).replaceAll('""', '"');
}

/** The first row holds names, unless all of it are numbers. */
function withNames(rows: readonly string[][]): Delimited {
  const first = rows[0] ?? [];
  const width = rows.slice(0, 1000).reduce((most, row) => Math.max(most, row.length), first.length);
  const isData = rows.length > 1 && first.every((cell) => cell !== '' && !Number.isNaN(Number(cell)));
  const names = Array.from({ length: width }, (_, i) => (isData ? String(i) : (first[i] ?? '')));
  return { names, rows: isData ? rows : rows.slice(1) };
}
