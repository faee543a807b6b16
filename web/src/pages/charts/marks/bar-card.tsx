/** A bar for each run, or for each group its centre with whiskers, as the page draws its groups. */
import { useMemo } from 'react';
import { centreOf, spreadOf, type GroupSpread } from '../../../charts/line/group-lines.ts';
import { barPlot, type BarRow, type BarValue } from '../../../charts/marks/mark-bars.ts';
import type { MarkFact } from '../../../charts/marks/mark-plot.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/chart-marks.ts';
import { text as page } from '../../../text/charts-page.ts';
import { guessHigher } from '../../compare/table/metric-direction.ts';
import { splitColumn } from '../../runs/run-query.ts';
import { CheckField, ColumnField, ColumnsField, SelectField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { CardSpec } from '../card-spec.ts';
import type { ChartRun } from '../chart-run.ts';
import type { Centre, ChartSettings } from '../chart-settings.ts';
import { choiceOption, isOn, textOption } from './card-options.ts';
import { MarkBody, type MarkCard } from './mark-body.tsx';
import { emptyReason, notesOf, numbersOf, onAxis, type RunNumbers } from './run-numbers.ts';
import { groupedRuns, type RunSet } from './run-sets.ts';

const mostColumns = 4;
const orders = ['best', 'down', 'up', 'list'] as const;
/** Empty: as the page has it. A bar has no room for every run. */
const spreads = ['', 'range', 'std', 'error', 'ci', 'none'] as const;

export const barCard: CardKindEntry = {
  kind: 'bar',
  needs: ({ columns, options }) => [...columns, textOption(options, 'by')].filter((column) => column !== ''),
  begin: ({ metrics: [metric] }, id) =>
    metric === undefined ? undefined : { id, kind: 'bar', columns: [`metrics.${metric}`], options: {} },
  Body: BarBody,
  Editor: BarEditor,
};

function BarBody({ spec, runs, values, groups, settings, ...rest }: CardProps) {
  const { centre, band } = settings;
  const card = useMemo(
    () => cardOf(spec, runs, values, groups, { centre, band }),
    [spec, runs, values, groups, centre, band],
  );
  return <MarkBody {...rest} card={card} loading={values.loading} />;
}

function cardOf(
  { columns, options }: CardSpec,
  runs: CardProps['runs'],
  values: CardProps['values'],
  groups: CardProps['groups'],
  page: Pick<ChartSettings, 'centre' | 'band'>,
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
  const look = lookOf(choiceOption(options, 'spread', spreads) || page.band, page.centre);
  const all = sets
    ? sets.map((set) => barsOfGroup(set, found, titles, look))
    : runs.map((run) => barsOfRun(run, found, titles));
  const rows = inOrder(
    all.filter(({ bars }) => bars.some(Boolean)),
    choiceOption(options, 'order', orders),
    columns[0] ?? '',
  );
  return {
    notes: [
      ...(sets ? [text.whiskersOf(look.centreName, look.bandName)] : []),
      ...numbers.flatMap((one) => notesOf(one, log)),
    ],
    summary: summaryOf(rows),
    header: [sets ? text.group : text.run, ...titles.flatMap((title) => (sets ? groupColumns(title, look) : [title]))],
    rows: rows.map(({ name, bars }) => [
      name,
      ...bars.flatMap((bar) =>
        sets && look.spread !== 'none'
          ? [bar?.value ?? null, ...(bar?.whiskers ?? [null, null])]
          : [bar?.value ?? null],
      ),
    ]),
    ...(!sets && { runIds: rows.map(({ key }) => key) }),
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

/** How a group is drawn, and in words. */
interface GroupLook {
  readonly centre: Centre;
  readonly spread: GroupSpread;
  readonly centreName: string;
  readonly bandName: string;
}

function lookOf(band: ChartSettings['band'], centre: Centre): GroupLook {
  // All members at one end of the bar: their whiskers say how far they go.
  const spread = band === 'members' ? 'range' : band;
  const bandName = spread === 'none' ? text.noWhiskers : text.spreads[spread];
  return { centre, spread, centreName: text.centres[centre], bandName };
}

function groupColumns(title: string, { spread, centreName, bandName }: GroupLook): string[] {
  const middle = text.centreOf(title, centreName);
  return spread === 'none' ? [middle] : [middle, text.lowOf(title, bandName), text.highOf(title, bandName)];
}

function barsOfGroup(
  { key, name, colour, runs }: RunSet,
  found: Found,
  titles: readonly string[],
  look: GroupLook,
): BarRow {
  const bars = found.map((values) => {
    const own = runs.flatMap(({ id }) => values.get(id) ?? []);
    return own.length === 0 ? undefined : barOf(Float64Array.from(own).sort(), look);
  });
  const names = titles.map((title) => text.centreOf(title, look.centreName));
  const facts = [{ label: text.runs, value: count(runs.length) }, ...factsOf(bars, names, look.bandName)];
  return { key, name, colour, runIds: runs.map(({ id }) => id), bars, facts };
}

function barOf(sorted: Float64Array, { centre, spread }: GroupLook): BarValue {
  const value = centreOf(sorted, centre);
  return spread === 'none' ? { value } : { value, whiskers: spreadOf(sorted, value, spread) };
}

function factsOf(bars: readonly (BarValue | undefined)[], titles: readonly string[], band = ''): MarkFact[] {
  return bars.flatMap((bar, i) => {
    if (!bar) return [];
    const [low, high] = bar.whiskers ?? [];
    const around =
      low !== undefined && high !== undefined && text.around(text.range(shortNumber(low), shortNumber(high)), band);
    return [{ label: titles[i] ?? '', value: [shortNumber(bar.value), around].filter(Boolean).join(' ') }];
  });
}

/** The best ones first unless something else is chosen: of losses the low ones, by the column's name. */
function inOrder(rows: readonly BarRow[], order: (typeof orders)[number], column: string): BarRow[] {
  if (order === 'list') return [...rows];
  const isRising = order === 'best' ? guessHigher(splitColumn(column)[1]) === false : order === 'up';
  const sign = isRising ? 1 : -1;
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
        choices={{ '': text.asPage, ...page.bands }}
        onChange={(spread) => {
          set({ spread: spread === '' ? undefined : spread });
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
