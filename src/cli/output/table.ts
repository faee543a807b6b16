/** Rows in columns: fitted to a terminal's width, or, for a pipe, one line a row with tabs between values that are not cut. */
import { cut, harmless, painted, widthOf, type Colour, type Terminal } from './terminal.ts';
import { isNumeric, piped, shown, type Cell } from './values.ts';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Cell;
  /** Stands in the title for a pipe, where values come without their unit. */
  readonly unit?: string;
  readonly colour?: (row: T) => Colour | undefined;
  /** Numbers are on the right anyway. */
  readonly right?: boolean;
  /** Never cut, because half of it is worth nothing: an id. */
  readonly whole?: boolean;
  /** Left out where the width does not allow it. */
  readonly optional?: boolean;
}

const gap = 2;
const narrowest = 8;

export function tableText<T>(rows: readonly T[], columns: readonly Column<T>[], terminal: Terminal): string {
  if (!terminal.tty) return plainTable(rows, columns);
  const now = Date.now();
  const drawn = columns.map((column) => {
    const cells = rows.map((row) => column.cell(row));
    const texts = cells.map((cell) => harmless(shown(cell, now)));
    const numbers = cells.some(isNumeric) && cells.every((cell) => cell === undefined || isNumeric(cell));
    const right = column.right ?? numbers;
    const natural = [column.title, ...texts].reduce((most, text) => Math.max(most, widthOf(text)), 0);
    // A long text in a column that may go must not take the place of three others.
    return { column, texts, right, width: column.optional === true ? Math.min(natural, 24) : natural };
  });
  const { kept, left } = fitting(drawn, terminal.width);
  narrow(kept, terminal.width);
  const line = (text: (one: (typeof kept)[number]) => [string, Colour | undefined]): string =>
    kept
      .map((one, at) => {
        const [whole, colour] = text(one);
        const short = cut(whole, one.width);
        const pad = ' '.repeat(one.width - widthOf(short));
        const ink = painted(short, colour, terminal);
        if (one.right) return pad + ink;
        return at === kept.length - 1 ? ink : ink + pad;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const lines = [
    line(({ column }) => [column.title, 'bold']),
    ...rows.map((row, at) => line((one) => [one.texts[at] ?? '', one.column.colour?.(row)])),
  ];
  if (left > 0)
    lines.push(
      painted(`${left} more ${left === 1 ? 'column' : 'columns'} in a wider window, or with --json`, 'dim', terminal),
    );
  return `${lines.join('\n')}\n`;
}

interface Drawn {
  readonly column: { readonly whole?: boolean; readonly optional?: boolean };
  width: number;
}

/** All columns that must be there, and as many of the others as have room beside them. */
function fitting<D extends Drawn>(drawn: readonly D[], room: number): { kept: D[]; left: number } {
  const must = drawn.filter(({ column }) => column.optional !== true);
  let used = must.reduce((sum, { width }) => sum + width + gap, -gap);
  const kept = new Set(must);
  for (const one of drawn) {
    if (kept.has(one)) continue;
    used += one.width + gap;
    // The first that has no room ends it: which columns are shown stays easy to foresee.
    if (used > room) break;
    kept.add(one);
  }
  return { kept: drawn.filter((one) => kept.has(one)), left: drawn.length - kept.size };
}

/** Takes from the widest column until all fit. */
function narrow(drawn: readonly Drawn[], room: number): void {
  const over = (): number => drawn.reduce((sum, { width }) => sum + width + gap, -gap) - room;
  for (let left = over(); left > 0; left--) {
    const able = drawn.filter(({ column, width }) => column.whole !== true && width > narrowest);
    const widest = able.reduce<Drawn | undefined>(
      (most, one) => (most && most.width >= one.width ? most : one),
      undefined,
    );
    if (!widest) return;
    widest.width--;
  }
}

function plainTable<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const lines = [
    columns.map(({ title, unit }) => (unit === undefined ? title : `${title} ${unit}`)),
    ...rows.map((row) => columns.map(({ cell }) => harmless(piped(cell(row))))),
  ];
  return lines.map((cells) => `${cells.join('\t')}\n`).join('');
}
