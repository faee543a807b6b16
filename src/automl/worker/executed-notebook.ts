/** A notebook with what its cells left, as a file. */
import { notebookText } from '../../models/notebook/notebook.ts';
import type { Cell, CellOutput } from '../notebook/cell.ts';

export interface ExecutedCell {
  readonly count: number;
  readonly outputs: readonly CellOutput[];
}

interface FileCell {
  execution_count?: number | null;
  outputs?: readonly CellOutput[];
}

/** @param executed by the cell's place */
export function executedNotebookText(cells: readonly Cell[], executed: ReadonlyMap<number, ExecutedCell>): string {
  const file = JSON.parse(notebookText(cells)) as { cells: FileCell[] };
  for (const [index, { count, outputs }] of executed) {
    const cell = file.cells[index];
    if (cell === undefined) continue;
    cell.execution_count = count;
    cell.outputs = outputs;
  }
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

const colours = /\u001b\[[0-9;]*m/g;

/** What Python said of the error in the cell. */
export function tracebackOf(cell: ExecutedCell | undefined): string {
  const error = cell?.outputs.findLast(({ output_type: type }) => type === 'error');
  const lines = error?.['traceback'];
  return Array.isArray(lines) ? lines.join('\n').replace(colours, '') : '';
}
