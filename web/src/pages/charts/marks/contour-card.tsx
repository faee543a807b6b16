/** One metric over two other columns, as a surface. */
import { useMemo } from 'react';
import { contourPlot, type ContourPoint } from '../../../charts/marks/mark-contour.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { isWide } from '../../../components/value-order.ts';
import { text } from '../../../text/chart-marks.ts';
import { ColumnField, SelectField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { CardOptions, CardSpec } from '../card-spec.ts';
import { choiceOption } from './card-options.ts';
import { MarkBody, type MarkCard } from './mark-body.tsx';
import { emptyReason, notesOf, numbersOf, onAxis, type RunNumbers } from './run-numbers.ts';

const axes = ['x', 'y', 'z'] as const;
const labels = { x: text.axisX, y: text.axisY, z: text.axisZ };
const leastPlaces = 4;

/** Columns: x, y and the height. */
export const contourCard: CardKindEntry = {
  kind: 'contour',
  needs: ({ columns }) => columns,
  begin: ({ metrics, params }, id) => {
    const [height, ...others] = metrics.map((key) => `metrics.${key}`);
    const [x, y] = [...params.map((key) => `params.${key}`), ...others];
    if (height === undefined || x === undefined || y === undefined) return undefined;
    return { id, kind: 'contour', columns: [x, y, height], options: {} };
  },
  Body: ContourBody,
  Editor: ContourEditor,
};

function ContourBody({ spec, runs, values, ...rest }: CardProps) {
  const card = useMemo(() => cardOf(spec, runs, values), [spec, runs, values]);
  return <MarkBody {...rest} card={card} loading={values.loading} />;
}

function cardOf({ columns, options }: CardSpec, runs: CardProps['runs'], values: CardProps['values']): MarkCard {
  const numbers = axes.map((_, i) => numbersOf(runs, values, columns[i] ?? ''));
  const [x, y, z] = numbers;
  if (columns.length < 3 || !x || !y || !z) return { empty: text.noColumn };
  for (const one of numbers) {
    if (one.found.length === 0 && one.texts > 0) return { empty: text.noNumberAxis(one.title) };
    const reason = emptyReason(runs, one, false);
    if (reason !== undefined) return { empty: reason };
  }
  const logs = { x: isLog(options, 'logX', x), y: isLog(options, 'logY', y) };
  const { points, notes } = placed(runs, values, columns, [logs.x, logs.y, false]);
  const places = new Set(points.map((point) => `${point.x} ${point.y}`)).size;
  const [allX, allY, heights] = axes.map((axis) => points.map((point) => point[axis]));
  if (points.length > 1 && isFlat(allX)) return { empty: text.flatAxis(x.title) };
  if (points.length > 1 && isFlat(allY)) return { empty: text.flatAxis(y.title) };
  if (places < leastPlaces) return { empty: text.fewPoints(count(places)) };
  const [low, high] = [Math.min(...(heights ?? [])), Math.max(...(heights ?? []))];
  return {
    notes: [text.interpolated(count(places)), ...notes],
    summary: text.contourSummary(z.title, count(points.length), shortNumber(low), shortNumber(high)),
    header: [text.run, x.title, y.title, z.title],
    rows: points.map((point) => [point.name, point.x, point.y, point.z]),
    plan: contourPlot({
      points,
      x: { title: x.title, log: logs.x },
      y: { title: y.title, log: logs.y },
      z: z.title,
    }),
  };
}

function isLog(options: CardOptions, key: 'logX' | 'logY', { found }: RunNumbers): boolean {
  const chosen = choiceOption(options, key, autos);
  const values = found.map(({ value }) => value);
  return chosen === 'auto' ? isWide(Math.min(...values), Math.max(...values)) : chosen === 'on';
}

function isFlat(values: readonly number[] | undefined): boolean {
  return new Set(values).size < 2;
}

/** Runs that have a place on each axis; one that has none is counted once, at the first axis that it misses. */
function placed(
  runs: CardProps['runs'],
  values: CardProps['values'],
  columns: readonly string[],
  logs: readonly boolean[],
): { points: ContourPoint[]; notes: string[] } {
  const notes: string[] = [];
  const found = new Map<string, number[]>();
  let left = runs;
  for (const [i, log] of logs.entries()) {
    const numbers = numbersOf(left, values, columns[i] ?? '');
    notes.push(...notesOf(numbers, log));
    const onIt = onAxis(numbers, log);
    for (const { run, value } of onIt) found.set(run.id, [...(found.get(run.id) ?? []), value]);
    left = onIt.map(({ run }) => run);
  }
  const points = left.map(({ id, name }) => {
    const [x = NaN, y = NaN, z = NaN] = found.get(id) ?? [];
    return { runId: id, name, x, y, z };
  });
  return { points, notes };
}

const autos = ['auto', 'on', 'off'] as const;

function ContourEditor({ spec, known, onChange }: EditorProps) {
  const { columns, options } = spec;
  return (
    <>
      {axes.map((axis, place) => (
        <ColumnField
          key={axis}
          label={labels[axis]}
          value={columns[place] ?? ''}
          known={known}
          onChange={(column) => {
            if (column !== '') onChange({ ...spec, columns: columns.with(place, column) });
          }}
        />
      ))}
      {(['logX', 'logY'] as const).map((key) => (
        <SelectField
          key={key}
          label={text[key]}
          value={choiceOption(options, key, autos)}
          choices={text.auto}
          onChange={(log) => {
            onChange({ ...spec, options: { ...options, [key]: log } });
          }}
        />
      ))}
    </>
  );
}
