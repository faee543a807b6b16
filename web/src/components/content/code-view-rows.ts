/** Cuts a text into rows of one height: a long line becomes several, so that no row is ever too long to draw. */
export interface Rows {
  readonly text: string;
  /** Where each row starts; one more than rows. */
  readonly starts: Uint32Array;
  /** The line's number where a line starts, 0 where one goes on. */
  readonly numbers: Uint32Array;
  readonly lines: number;
  /** Characters of the longest row. */
  readonly width: number;
  /** There is more text than may be shown. */
  readonly cut: boolean;
}

/** Browsers lay out no box higher than some 17 million pixels. */
const mostRows = 800_000;

export function cutRows(text: string, columns: number): Rows {
  const starts: number[] = [];
  const numbers: number[] = [];
  let line = 0;
  let start = 0;
  let width = 0;
  while (start < text.length && starts.length < mostRows) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    line++;
    for (let from = start; ;) {
      const to = wholeCharacter(text, Math.min(end, from + columns), end);
      starts.push(from);
      numbers.push(from === start ? line : 0);
      width = Math.max(width, to - from);
      from = to;
      if (from >= end || starts.length >= mostRows) break;
    }
    start = end + 1;
  }
  const cut = start < text.length;
  starts.push(cut ? start : text.length);
  return { text, starts: Uint32Array.from(starts), numbers: Uint32Array.from(numbers), lines: line, width, cut };
}

/** Not between the two halves of a character. */
function wholeCharacter(text: string, at: number, end: number): number {
  const code = text.charCodeAt(at);
  return at < end && code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

/** What is drawn of a row, and where it starts in the text. */
export function rowText({ text, starts }: Rows, row: number): string {
  return text.slice(starts[row], starts[row + 1]).replace(/\r?\n$/, '');
}

/** The row that a place of the text stands in. */
export function rowAt({ starts }: Rows, place: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

export const mostMatches = 10_000;

/** Where `wanted` starts, whatever the case of its letters. */
export function findAll(text: string, wanted: string): readonly number[] {
  if (wanted === '') return [];
  const places: number[] = [];
  for (const match of text.matchAll(new RegExp(RegExp.escape(wanted), 'gi'))) {
    places.push(match.index);
    if (places.length === mostMatches) break;
  }
  return places;
}
