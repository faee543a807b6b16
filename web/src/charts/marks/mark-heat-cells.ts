/** How many points of a metric lie in each stretch of steps and of values. */
import type { Range } from '../line/line-data.ts';
import { rangeOfValues } from './mark-range.ts';
import { scalesOf } from '../scales.ts';

export interface HeatPoint {
  readonly runId: string;
  readonly x: number;
  /** Finite. */
  readonly y: number;
}

export interface HeatCell {
  readonly column: number;
  /** From the top. */
  readonly row: number;
  /** First and last. */
  readonly steps: Range;
  readonly values: Range;
  points: number;
  readonly runIds: Set<string>;
}

const mostColumns = 40;
export const heatRows = 20;

export interface Heat {
  /** Those that hold points, column by column. */
  readonly cells: readonly HeatCell[];
  readonly columns: number;
  /** Of the axes. */
  readonly steps: Range;
  readonly values: Range;
  /** Of the fullest cell. */
  readonly most: number;
}

export function heatOf(points: readonly HeatPoint[], log: boolean): Heat {
  let [first, last] = [Infinity, -Infinity];
  for (const { x } of points) [first, last] = [Math.min(first, x), Math.max(last, x)];
  // Steps are whole: the last one takes room as well. Beside the greatest ones one more is not another number.
  const steps = [first, last + Math.max(1, Math.abs(last) * 1e-12)] as const;
  const columns = Math.max(1, Math.min(mostColumns, last - first + 1));
  const values = rangeOfValues(points.map(({ y }) => y), log); // prettier-ignore
  const { px, py, xAt, yAt } = scalesOf(
    { left: 0, top: 0, width: columns, height: heatRows },
    steps,
    values,
    false,
    log,
  );
  const cells = new Map<number, HeatCell>();
  for (const { runId, x, y } of points) {
    const column = Math.max(0, Math.min(columns - 1, Math.floor(px(x))));
    const row = Math.max(0, Math.min(heatRows - 1, Math.floor(py(y))));
    const key = column * heatRows + row;
    const cell = cells.get(key) ?? {
      column,
      row,
      steps: [Math.ceil(xAt(column)), Math.ceil(xAt(column + 1)) - 1],
      values: [yAt(row + 1), yAt(row)],
      points: 0,
      runIds: new Set(),
    };
    cell.points++;
    cell.runIds.add(runId);
    cells.set(key, cell);
  }
  const inOrder = [...cells.values()].sort((a, b) => a.column - b.column || a.row - b.row);
  return { cells: inOrder, columns, steps, values, most: Math.max(0, ...inOrder.map((cell) => cell.points)) };
}
