/** Rows for a file, with the ids of their runs: names need not tell runs apart. */
import type { TableCell } from '../../../charts/marks/mark-table.tsx';
import { text } from '../../../text/chart-marks.ts';

type Row = readonly TableCell[];

export function withIds(header: readonly string[], rows: readonly Row[], runIds?: readonly string[]): readonly Row[] {
  if (!runIds) return [header, ...rows];
  return [[text.runIdColumn, ...header], ...rows.map((row, i) => [runIds[i] ?? '', ...row])];
}
