/** A bar for each run, or for each group its mean with whiskers. */
import { useMemo } from 'react';
import { barPlot, type BarRow, type BarValue } from '../../../charts/mark-bars.ts';
import type { MarkFact } from '../../../charts/mark-plot.ts';
import { momentsOf } from '../../../charts/mark-statistics.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/chart-marks.ts';
import { CheckField, ColumnField, ColumnsField, SelectField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { CardSpec } from '../card-spec.ts';
import type { ChartRun } from '../chart-run.ts';
import { choiceOption, isOn, textOption } from './card-options.ts';
import { MarkBody, type MarkCard } from './mark-body.tsx';
import { emptyReason, notesOf, numbersOf, onAxis, type RunNumbers } from './run-numbers.ts';
import { groupedRuns, type RunSet } from './run-sets.ts';

const mostColumns = 4;
const orders = ['down', 'up', 'list'] as const;
const spreads = ['deviation', 'error', 'range'] as const;

export const barCard: CardKindEntry = {
  kind: 'bar',
  needs: ({ columns, options }) => [...columns, textOption(options, 'by')].filter((column) => column !== ''),
  begin: ({ metrics: [metric] }, id) =>
    metric === undefined ? undefined : { id, kind: 'bar', columns: [`metrics.${metric}`], options: {} },
  Body: BarBody,
  Editor: BarEditor,
};

function BarBody({ spec, runs, values, groups, ...rest }: CardProps) {
  const card = useMemo(() => cardOf(spec, runs, values, groups), [spec, runs, values, groups]);
  return <MarkBody {...rest} card={card} loading={values.loading} />;
}

function cardOf(
  { columns, options }: CardSpec,
  runs: CardProps['runs'],
  values: CardProps['values'],
  groups: CardProps['groups'],
): MarkCard {
  const log = isOn(options, 'log');
  const numbers = columns.slice(0, mostColumns).map((column) => numbersOf(runs, values, column));
  const titles = numbers.map(({ title }) => title);
  const reasons = numbers.map((one) => emptyReason(runs, one, log));
  const [reason = runs.length === 0 ? text.noRuns : text.noColumn] = reasons;
  // One metric with values is enough.
  if (reasons.every((one) => one !== undefined)) return { empty: reason };
  const sets = groupedRuns(runs, values, groups, textOption(options, 'by'));
  const found = numbers.map((one) => new Map(onAxis(one, log).map(({ run, value }) => [run.id, value])));
  const all = sets
    ? sets.map((set) => barsOfGroup(set, found, titles, choiceOption(options, 'spread', spreads)))
    : runs.map((run) => barsOfRun(run, found, titles));
  const rows = inOrder(all.filter(({ bars }) => bars.some(Boolean)), choiceOption(options, 'order', orders)); // prettier-ignore
  return {
    notes: numbers.flatMap((one) => notesOf(one, log)),
    summary: summaryOf(rows),
    header: [
      sets ? text.group : text.run,
      ...titles.flatMap((title) => (sets ? [title, text.from, text.to] : [title])),
    ],
    rows: rows.map(({ name, bars }) => [
      name,
      ...bars.flatMap((bar) =>
        sets ? [bar?.value ?? null, ...(bar?.whiskers ?? [null, null])] : [bar?.value ?? null],
      ),
    ]),
    plan: barPlot(rows, titles, log),
  };
}

type Found = readonly ReadonlyMap<string, number>[];

function barsOfRun(run: ChartRun, found: Found, titles: readonly RunNumbers['title'][]): BarRow {
  const bars = found.map((values) => {
    const value = values.get(run.id);
    return value === undefined ? undefined : { value };
  });
  return { key: run.id, name: run.name, colour: run.colour, runIds: [run.id], bars, facts: factsOf(bars, titles) };
}

type Spread = (typeof spreads)[number];

function barsOfGroup(
  { key, name, colour, runs }: RunSet,
  found: Found,
  titles: readonly string[],
  spread: Spread,
): BarRow {
  const bars = found.map((values) => {
    const own = runs.flatMap(({ id }) => values.get(id) ?? []);
    return own.length === 0 ? undefined : meanOf(own, spread);
  });
  const facts = [{ label: text.runs, value: count(runs.length) }, ...factsOf(bars, titles)];
  return { key, name, colour, runIds: runs.map(({ id }) => id), bars, facts };
}

function meanOf(values: readonly number[], spread: Spread): BarValue {
  const { mean, deviation } = momentsOf(values);
  if (spread === 'range') return { value: mean, whiskers: [Math.min(...values), Math.max(...values)] };
  const around = spread === 'error' ? deviation / Math.sqrt(values.length) : deviation;
  return { value: mean, whiskers: [mean - around, mean + around] };
}

function factsOf(bars: readonly (BarValue | undefined)[], titles: readonly string[]): MarkFact[] {
  return bars.flatMap((bar, i) => {
    if (!bar) return [];
    const around = bar.whiskers && text.around(text.range(shortNumber(bar.whiskers[0]), shortNumber(bar.whiskers[1])));
    return [{ label: titles[i] ?? '', value: [shortNumber(bar.value), around].filter(Boolean).join(' ') }];
  });
}

function inOrder(rows: readonly BarRow[], order: (typeof orders)[number]): BarRow[] {
  if (order === 'list') return [...rows];
  const sign = order === 'up' ? 1 : -1;
  // By the first metric; what has none of it comes last.
  return rows.toSorted(({ bars: [a] }, { bars: [b] }) =>
    a && b ? sign * (a.value - b.value) : Number(a === undefined) - Number(b === undefined),
  );
}

function summaryOf(rows: readonly BarRow[]): string {
  const [first, last] = [rows[0], rows.at(-1)];
  const value = (row: BarRow | undefined): string => shortNumber(row?.bars.find(Boolean)?.value ?? NaN);
  return text.barSummary(count(rows.length), first?.name ?? '', value(first), last?.name ?? '', value(last));
}

function BarEditor({ spec, known, onChange }: EditorProps) {
  const { columns, options } = spec;
  const set = (change: CardSpec['options']): void => {
    onChange({ ...spec, options: { ...options, ...change } });
  };
  return (
    <>
      <ColumnsField
        label={text.metric}
        another={text.another}
        values={columns}
        known={known}
        most={mostColumns}
        onChange={(next) => {
          onChange({ ...spec, columns: next });
        }}
      />
      <ColumnField
        label={text.by}
        hint={text.byHint}
        value={textOption(options, 'by')}
        known={known}
        of="params"
        onChange={(by) => {
          set({ by });
        }}
      />
      <SelectField
        label={text.order}
        value={choiceOption(options, 'order', orders)}
        choices={text.orders}
        onChange={(order) => {
          set({ order });
        }}
      />
      <SelectField
        label={text.spreadOf}
        value={choiceOption(options, 'spread', spreads)}
        choices={text.spread}
        onChange={(spread) => {
          set({ spread });
        }}
      />
      <CheckField
        checked={isOn(options, 'log')}
        onChange={(log) => {
          set({ log });
        }}
      >
        {text.log}
      </CheckField>
    </>
  );
}
