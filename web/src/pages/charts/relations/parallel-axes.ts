/** The axes of parallel coordinates and the brushes on them, as the options of a card have them. */
import type { Cell } from '../../../api/run-table.ts';
import { brushOf, passing, placeOn, valuesOf, type Brush, type Brushes, type BrushValues, type ParallelAxis } from '../../../charts/parallel/parallel-data.ts'; // prettier-ignore
import { axisScales, valueAxis, type AxisScale } from '../../../charts/value-axis.ts';
import type { CardOptions, CardSpec } from '../card-spec.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { isOn } from '../marks/card-options.ts';
import { titleOfColumn } from '../marks/run-numbers.ts';

/** The runs that the brushes of a card leave; undefined where it has none. */
export function leftByBrushes(
  spec: CardSpec,
  runs: readonly ChartRun[],
  values: RunValues,
): readonly string[] | undefined {
  if (listOption(spec.options, 'brushes').length === 0) return undefined;
  const { axes } = axesOf(spec, runs, values);
  const brushes = brushesOf(axes, spec.options);
  if (brushes.size === 0) return undefined;
  const lines = runs.map((run) => ({ id: run.id, places: placesOf(run, axes, values) }));
  return passing({ axes, lines }, brushes).map(({ id }) => id);
}

/** All axes of a card, and those that are shown. */
export function axesOf({ columns, options }: CardSpec, runs: readonly ChartRun[], values: RunValues) {
  const cells = new Map(columns.map((column) => [column, runs.map(({ id }) => values.at(id, column))]));
  const all = columns.map((column) => axisOf(column, cells.get(column) ?? [], options));
  const varying = all.filter(({ column }) => varies(cells.get(column) ?? []));
  // Better axes that say nothing than none at all.
  return { all, axes: isOn(options, 'constant') || varying.length < 2 ? all : varying };
}

export function placesOf({ id }: ChartRun, axes: readonly ParallelAxis[], values: RunValues): number[] {
  return axes.map((axis) => placeOn(axis, values.at(id, axis.column)));
}

function varies(cells: readonly (Cell | undefined)[]): boolean {
  return new Set(cells.map((cell) => cell ?? null)).size > 1;
}

function axisOf(column: string, cells: readonly (Cell | undefined)[], options: CardOptions): ParallelAxis {
  const axis = valueAxis(column, cells, { air: false, scale: scaleOf(options, column) });
  return {
    column,
    title: titleOfColumn(column),
    axis,
    flipped: listOption(options, 'flipped').includes(column),
    hasNone: cells.some((cell) => cell !== undefined && Number.isNaN(axis.placeOf(cell))),
  };
}

/** Of `log:params.lr`. */
function scaleOf(options: CardOptions, column: string): AxisScale | undefined {
  const wish = listOption(options, 'scales').find((one) => one.slice(one.indexOf(':') + 1) === column);
  return axisScales.find((scale) => wish?.startsWith(`${scale}:`) === true);
}

export function withScale(options: CardOptions, column: string, scale: AxisScale): CardOptions {
  const others = listOption(options, 'scales').filter((one) => one.slice(one.indexOf(':') + 1) !== column);
  // What was brushed on another scale is not what the reader sees now.
  return { ...options, scales: [...others, `${scale}:${column}`], brushes: withoutBrush(options, column) };
}

export function withFlip(options: CardOptions, column: string): CardOptions {
  const flipped = listOption(options, 'flipped');
  return {
    ...options,
    flipped: flipped.includes(column) ? flipped.filter((one) => one !== column) : [...flipped, column],
  };
}

export function withoutBrush(options: CardOptions, column: string): readonly string[] | undefined {
  const left = listOption(options, 'brushes').filter((written) => readBrush(written)?.column !== column);
  return left.length === 0 ? undefined : left;
}

export function brushesOf(axes: readonly ParallelAxis[], options: CardOptions): Brushes {
  const brushes = new Map<string, Brush>();
  for (const written of listOption(options, 'brushes')) {
    const read = readBrush(written);
    const axis = axes.find(({ column }) => column === read?.column);
    const brush = read && axis && brushOf(axis, read.values);
    if (brush) brushes.set(axis.column, brush);
  }
  return brushes;
}

export function writeBrushes(axes: readonly ParallelAxis[], brushes: Brushes): readonly string[] | undefined {
  const written = axes.flatMap((axis) => {
    const brush = brushes.get(axis.column);
    if (!brush) return [];
    const ends = valuesOf(axis, brush).map((end) => (typeof end === 'number' ? Number(end.toPrecision(12)) : end));
    return [JSON.stringify([axis.column, ...ends])];
  });
  return written.length === 0 ? undefined : written;
}

function readBrush(written: string): { column: string; values: BrushValues } | undefined {
  try {
    const [column, from, to] = JSON.parse(written) as readonly unknown[];
    return typeof column === 'string' && isCell(from) && isCell(to) ? { column, values: [from, to] } : undefined;
  } catch {
    return undefined;
  }
}

function isCell(value: unknown): value is Cell {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function listOption(options: CardOptions, key: string): readonly string[] {
  const value = options[key];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
