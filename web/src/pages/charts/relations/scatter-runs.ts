/** Runs as a scatter plot has them. */
import { leastSquares, pearson, spearman } from '../../../api/statistics.ts';
import type { MarkFact } from '../../../charts/marks/mark-plot.ts';
import type { TableCell } from '../../../charts/marks/mark-table.tsx';
import type { ScatterData, ScatterPoint } from '../../../charts/scatter/scatter-data.ts';
import type { ChartTheme } from '../../../charts/theme.ts';
import { axisScales, valueAxis, type AxisScale, type ValueAxis } from '../../../charts/value-axis.ts';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/chart-relations.ts';
import type { CardOptions, CardSpec } from '../card-spec.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { textOption } from '../marks/card-options.ts';
import { titleOfColumn } from '../marks/run-numbers.ts';
import { looksBy, sizesBy } from './run-looks.ts';

export interface RunScatter {
  readonly data: ScatterData;
  readonly canTrend: boolean;
  readonly notes: readonly string[];
  readonly summary: string;
  /** Why there is no point. */
  readonly empty: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Of each row. */
  readonly runIds: readonly string[];
}

export function columnsOfScatter({ columns, options }: CardSpec): string[] {
  const named = [...columns.slice(0, 2), textOption(options, 'colour'), textOption(options, 'size')];
  return [...new Set(named.filter((column) => column !== ''))];
}

/** Undefined: chosen by the values. */
function scaleOption(options: CardOptions, key: string): AxisScale | undefined {
  return axisScales.find((scale) => scale === options[key]);
}

export function scatterOf(spec: CardSpec, runs: readonly ChartRun[], values: RunValues, theme: ChartTheme): RunScatter {
  const { columns, options } = spec;
  const [xColumn = '', yColumn = xColumn] = columns;
  const axisOf = (column: string, key: string): ValueAxis =>
    valueAxis(column, runs.map(({ id }) => values.at(id, column)), { air: true, scale: scaleOption(options, key) }); // prettier-ignore
  const [x, y] = [axisOf(xColumn, 'xScale'), axisOf(yColumn, 'yScale')];
  const [xTitle, yTitle] = [titleOfColumn(xColumn), titleOfColumn(yColumn)];
  const looks = looksBy(textOption(options, 'colour'), runs, values, theme);
  const sizes = sizesBy(textOption(options, 'size'), runs, values, theme);
  const places = runs.flatMap((run) => {
    const [atX, atY] = [x.placeOf(values.at(run.id, xColumn)), y.placeOf(values.at(run.id, yColumn))];
    return Number.isNaN(atX) || Number.isNaN(atY) ? [] : [{ run, atX, atY }];
  });
  const points = places.map(({ run, atX, atY }): ScatterPoint => ({
    runId: run.id,
    name: run.name,
    x: beside(x, run.id, atX),
    y: beside(y, `${run.id}y`, atY),
    radius: sizes.radiusOf(run),
    ...looks.lookOf(run),
  }));
  const [xs, ys] = [places.map(({ atX }) => atX), places.map(({ atY }) => atY)];
  const ordered = x.scale !== 'category' && y.scale !== 'category' && places.length > 2;
  const correlation = ordered ? correlationText(xs, ys, x.scale === 'log' || y.scale === 'log') : [];
  const shown = columnsOfScatter(spec);
  const textsOf = new Map(shown.map((column) => [column, textOf(column, runs, values)]));
  const factsOf = (runId: string): MarkFact[] =>
    shown.map((column) => ({
      label: titleOfColumn(column),
      value: textsOf.get(column)?.(runId) ?? '',
    }));
  const left = runs.length - places.length;
  return {
    data: {
      points,
      x: { title: xTitle, axis: x },
      y: { title: yTitle, axis: y },
      trend: ordered && textOption(options, 'trend') !== 'off' ? leastSquares(xs, ys) : undefined,
      keys: [looks.key, sizes.key].filter((key) => key !== undefined),
      factsOf,
    },
    canTrend: ordered,
    notes: [...correlation, text.runs(count(places.length)), ...(left > 0 ? [text.without(count(left))] : [])],
    summary: text.summaryScatter(text.runs(count(places.length)), xTitle, yTitle, correlation.join(', ') || text.noCorrelation), // prettier-ignore
    empty: runs.length === 0 ? text.noRuns : text.noPoint(xTitle, yTitle),
    header: [text.run, ...shown.map(titleOfColumn)],
    runIds: places.map(({ run }) => run.id),
    rows: places.map(({ run }) => [run.name, ...shown.map((column) => values.at(run.id, column) ?? null)]),
  };
}

function correlationText(xs: readonly number[], ys: readonly number[], logged: boolean): string[] {
  const [r, rho] = [pearson(xs, ys), spearman(xs, ys)];
  if (r === undefined || rho === undefined) return [];
  return [`${text.pearson(r.toFixed(2))}${logged ? ` ${text.logged}` : ''}`, text.spearman(rho.toFixed(2))];
}

function textOf(column: string, runs: readonly ChartRun[], values: RunValues): (runId: string) => string {
  const axis = valueAxis(column, runs.map(({ id }) => values.at(id, column)), { air: false }); // prettier-ignore
  return (runId) => {
    const cell = values.at(runId, column);
    return cell === null || cell === undefined ? text.none : axis.textOf(cell);
  };
}

/** Runs of one category stand side by side, each always at the same place. */
function beside({ scale, categories }: ValueAxis, id: string, place: number): number {
  if (scale !== 'category') return place;
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0;
  return place + (((hash >>> 0) % 1000) / 1000 - 0.5) * (0.6 / categories.length);
}
