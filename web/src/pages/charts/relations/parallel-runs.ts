/** Runs as parallel coordinates have them. */
import type { MarkFact } from '../../../charts/marks/mark-plot.ts';
import type { TableCell } from '../../../charts/marks/mark-table.tsx';
import type { Brushes, ParallelData } from '../../../charts/parallel/parallel-data.ts';
import type { ChartTheme } from '../../../charts/theme.ts';
import { text } from '../../../text/chart-relations.ts';
import type { CardSpec } from '../card-spec.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { textOption } from '../marks/card-options.ts';
import { titleOfColumn } from '../marks/run-numbers.ts';
import { axesOf, brushesOf, placesOf } from './parallel-axes.ts';
import { looksBy } from './run-looks.ts';

export interface RunParallel {
  readonly data: ParallelData;
  readonly brushes: Brushes;
  /** Titles of columns that are the same in all runs, and have no axis for it. */
  readonly constant: readonly string[];
  readonly header: readonly string[];
  readonly rowsOf: (runIds: ReadonlySet<string>) => readonly (readonly TableCell[])[];
}

/** Of the metric that the axes end with, where the reader named none. */
export function colourColumn({ columns, options }: CardSpec): string {
  return textOption(options, 'colour') || (columns.findLast((column) => column.startsWith('metrics.')) ?? '');
}

export function parallelOf(
  spec: CardSpec,
  runs: readonly ChartRun[],
  values: RunValues,
  theme: ChartTheme,
): RunParallel {
  const { columns, options } = spec;
  const { all, axes } = axesOf(spec, runs, values);
  const looks = looksBy(colourColumn(spec), runs, values, theme);
  const lines = runs.map((run) => ({
    runId: run.id,
    name: run.name,
    colour: looks.lookOf(run).colour,
    places: placesOf(run, axes, values),
  }));
  const shown = [...new Set([...columns, ...(colourColumn(spec) === '' ? [] : [colourColumn(spec)])])];
  const factsOf = (runId: string): MarkFact[] =>
    axes.map(({ column, title, axis }) => ({
      label: title,
      value: axis.textOf(values.at(runId, column)) || text.none,
    }));
  return {
    data: { axes, lines, keys: looks.key ? [looks.key] : [], factsOf },
    brushes: brushesOf(axes, options),
    constant: all.filter((axis) => !axes.includes(axis)).map(({ title }) => title),
    header: [text.run, ...shown.map(titleOfColumn)],
    rowsOf: (ids) =>
      runs
        .filter(({ id }) => ids.has(id))
        .map(({ id, name }) => [name, ...shown.map((column) => values.at(id, column) ?? null)]),
  };
}
