/** What a table shows of some runs under some columns. */
import type { Decoded, Int64 } from '../protocol/schema.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Cell, searchRunTable } from '../protocol/views.ts';
import { fromInt64Column, type Reader } from '../database/database.ts';
import { join, raw, sql } from '../common/sql.ts';
import { linesOf, seriesOf, type Line } from './metric-lines.ts';
import { columnOf, exactValueOf, isNumeric, type RunColumn } from './run-column.ts';
import { fromStoredValue, toJsonNumber } from './shown-number.ts';
import { shortened } from './shown-text.ts';

type RequestedColumn = Decoded<(typeof searchRunTable)['request']>['columns'][number];

/** A metric may be shown by another value than its latest. */
interface ShownColumn extends RunColumn {
  readonly aggregate: RequestedColumn['aggregate'];
  readonly step: Int64;
}

export function shownColumns(columns: readonly RequestedColumn[]): ShownColumn[] {
  if (columns.length > limits.tableColumns) {
    throw invalidParameter(`A table has at most ${limits.tableColumns} columns; ${columns.length} were asked for.`);
  }
  return columns.map(({ name, aggregate, step }) => ({ ...columnOf(name), aggregate, step }));
}

/** The cells of each run, by its id, in the order of the columns. */
export async function cellsOf(
  reader: Reader,
  runs: readonly { readonly id: number; readonly uuid: string }[],
  columns: readonly ShownColumn[],
): Promise<Map<number, Cell[]>> {
  if (columns.length === 0) return new Map(runs.map(({ id }) => [id, []]));
  const { intSet } = reader.dialect;
  const values = columns.map((column, i) => sql`${exactValueOf(column, reader.dialect)} AS ${raw(`c${i}`)}`);
  const rows = await reader.all<Record<string, string | number | null>>(
    sql`SELECT r.id AS id, ${join(values, ', ')} FROM runs r WHERE r.id IN ${intSet(runs.map(({ id }) => id))}`,
  );
  const cells = new Map(
    rows.map((row) => [Number(row['id']), columns.map((column, i) => toCell(column, row[`c${i}`] ?? null))]),
  );
  await fillAggregates(reader, runs, columns, cells);
  return cells;
}

function toCell(column: RunColumn, value: string | number | null): Cell {
  if (typeof value === 'number') return column.kind === 'metric' ? toJsonNumber(fromStoredValue(value)) : value;
  if (value === null) return null;
  // The text of a numeric column is NaN or a time beyond 2^53.
  if (isNumeric(column)) return column.kind === 'metric' ? value : Number(fromInt64Column(value));
  return shortened(value);
}

async function fillAggregates(
  reader: Reader,
  runs: readonly { readonly id: number; readonly uuid: string }[],
  columns: readonly ShownColumn[],
  cells: ReadonlyMap<number, Cell[]>,
): Promise<void> {
  const aggregated = columns
    .map((column, place) => ({ column, place }))
    .filter(({ column }) => column.kind === 'metric' && column.aggregate !== 'last');
  if (aggregated.length === 0) return;
  const byKey = Map.groupBy(aggregated, ({ column }) => column.key);
  const uuids = runs.map(({ uuid }) => uuid);
  for await (const [series, line] of linesOf(reader, await seriesOf(reader, uuids, [...byKey.keys()]))) {
    const row = cells.get(series.run);
    for (const { column, place } of byKey.get(series.name) ?? []) if (row) row[place] = aggregateOf(line, column);
  }
}

function aggregateOf(line: Line, { aggregate, step }: ShownColumn): Cell {
  if (aggregate === 'at') {
    const place = line.steps.findLastIndex((at) => at <= Number(step));
    return place < 0 ? null : toJsonNumber(line.values[place] ?? NaN);
  }
  const finite = line.values.filter((value) => Number.isFinite(value));
  if (finite.length === 0) return 'NaN';
  if (aggregate === 'mean') return finite.reduce((sum, value) => sum + value, 0) / finite.length;
  return finite.reduce((a, b) => (aggregate === 'max' ? Math.max(a, b) : Math.min(a, b)));
}
