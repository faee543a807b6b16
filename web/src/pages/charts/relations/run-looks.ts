/** What gives runs their colour, shape and size in a chart, and what these stand for. */
import type { Cell } from '../../../api/run-table.ts';
import { strokeOf, type ChartTheme } from '../../../charts/theme.ts';
import { scaleColour } from '../../../charts/scale-colour.ts';
import { shapes, type Shape } from '../../../charts/shape-paint.ts';
import { valueAxis } from '../../../charts/value-axis.ts';
import type { ValueKey } from '../../../charts/value-key.ts';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/chart-relations.ts';
import { colourScale, placeOn, type ColourScale } from '../../runs/colour-scale.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { numberIn, titleOfColumn } from '../marks/run-numbers.ts';

export interface Look {
  readonly colour: string;
  readonly shape: Shape;
}

export interface RunLooks {
  readonly lookOf: (run: ChartRun) => Look;
  /** None where each run has its own colour. */
  readonly key: ValueKey | undefined;
}

/** @param column empty: the runs' own colours */
export function looksBy(column: string, runs: readonly ChartRun[], values: RunValues, theme: ChartTheme): RunLooks {
  if (column === '') return { key: undefined, lookOf: ({ colour }) => ({ colour: strokeOf(theme, colour).colour, shape: 'circle' }) }; // prettier-ignore
  const cells = runs.map(({ id }) => values.at(id, column));
  const title = titleOfColumn(column);
  const scale = scaleOf(column, cells);
  const missing: Look = { colour: theme.axis, shape: 'circle' };
  const none = cells.some((cell) => cell === null) ? [{ label: text.none, radius: 4, ...missing }] : [];
  if (scale.kind === 'numbers') {
    const { textOf } = valueAxis(column, cells, { air: false });
    return {
      key: { title, entries: none, ramp: { from: textOf(scale.min), to: textOf(scale.max) } },
      lookOf: ({ id }) => {
        const value = numberIn(values.at(id, column));
        return isFinite(value) ? { colour: scaleColour(theme, placeOn(scale, value)), shape: 'circle' } : missing;
      },
    };
  }
  const looks = new Map(
    scale.categories.map(({ value }, i): [string, Look] => [
      value,
      { colour: strokeOf(theme, i).colour, shape: shapes[i % shapes.length] ?? 'circle' },
    ]),
  );
  const others = new Set(cells.filter((cell) => cell !== null && cell !== undefined).map(String)).size - looks.size;
  const entries = [...looks].map(([label, look]) => ({ label, radius: 4, ...look }));
  const rest = others > 0 ? [{ label: text.otherValues(count(others)), radius: 4, ...missing }] : [];
  return {
    key: { title, entries: [...entries, ...rest, ...none] },
    lookOf: ({ id }) => looks.get(String(values.at(id, column))) ?? missing,
  };
}

/** As the table of runs colours by a column, of these runs alone. */
function scaleOf(column: string, cells: readonly (Cell | undefined)[]): ColourScale {
  const present = cells.filter((cell) => cell !== null && cell !== undefined);
  const counts = [...Map.groupBy(present, String)]
    .map(([value, { length }]) => ({ value, count: length }))
    .toSorted((a, b) => b.count - a.count);
  const isNumber = valueAxis(column, cells, { air: false }).scale !== 'category';
  const numbers = present.map(numberIn).filter(isFinite);
  const measured = column.startsWith('metrics.') || column.startsWith('attributes.');
  return colourScale({
    kind: isNumber ? 'number' : 'text',
    count: present.length,
    distinct: counts.length,
    // Equal measurements are chance, equal params a choice.
    values: isNumber && measured ? [] : counts,
    ...(numbers.length > 0 && { min: least(numbers), max: -least(numbers.map((value) => -value)) }),
  });
}

function isFinite(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}

export interface RunSizes {
  /** Pixels. */
  readonly radiusOf: (run: ChartRun) => number;
  readonly key: ValueKey | undefined;
}

const [smallest, largest] = [2.5, 10];

/** @param column empty: all of one size. Areas, not radii, grow with the value. */
export function sizesBy(column: string, runs: readonly ChartRun[], values: RunValues, theme: ChartTheme): RunSizes {
  const usual = runs.length > 500 ? 3 : 4.5;
  if (column === '') return { key: undefined, radiusOf: () => usual };
  const cells = runs.map(({ id }) => values.at(id, column));
  const axis = valueAxis(column, cells, { air: false });
  const radiusAt = (place: number): number => Math.sqrt(smallest ** 2 + place * (largest ** 2 - smallest ** 2));
  const ends = [0, 1].map((place) => {
    const end = axis.scale === 'category' ? axis.categories.at(place === 0 ? 0 : -1) : axis.numberAt(place);
    return { label: axis.textOf(typeof end === 'number' ? Number(end.toPrecision(4)) : end), radius: radiusAt(place) };
  });
  const entries = ends.map((end) => ({ ...end, colour: theme.text, shape: 'circle' as const }));
  return {
    key: { title: titleOfColumn(column), entries },
    radiusOf: ({ id }) => {
      const place = axis.placeOf(values.at(id, column));
      return Number.isNaN(place) ? smallest : radiusAt(place);
    },
  };
}
