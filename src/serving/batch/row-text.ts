/** Rows of an output as text. */
import type { Column, Table } from './batch-input.ts';
import { isNaNText, jsonText, numberText, Stamp, type Cell } from './cells.ts';
import { csvCell } from './csv.ts';

export function jsonLines({ columns, rows }: Table): string {
  let text = '';
  for (let row = 0; row < rows; row++) {
    text += `${jsonText(Object.fromEntries(columns.map(({ name, values }) => [name, values[row] ?? null])))}\n`;
  }
  return text;
}

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => csvCell(cellText(cell))).join(',')}\n`;
}

/** @param names the columns in their order; those that are missing are empty */
export function csvLines({ columns, rows }: Table, names: readonly string[]): string {
  const ordered = names.map((name) => columns.find((column: Column) => column.name === name)?.values ?? []);
  let text = '';
  for (let row = 0; row < rows; row++) text += csvLine(ordered.map((values) => values[row] ?? null));
  return text;
}

/** As pandas writes it. */
const infinite: Readonly<Record<string, string>> = { '1e999': 'inf', '-1e999': '-inf' };

export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  const number = numberText(cell);
  if (number !== undefined) return isNaNText(number) ? '' : (infinite[number] ?? number);
  return cell instanceof Stamp ? cell.toString() : jsonText(cell);
}
