/** One figure of a metric over the runs shown, large. */
import { useImperativeHandle, useMemo } from 'react';
import { ascending, momentsOf, quantile } from '../../../charts/marks/mark-statistics.ts';
import { figurePicture } from '../../../charts/marks/mark-figure.ts';
import { MarkTable } from '../../../charts/marks/mark-table.tsx';
import { useChartTheme } from '../../../charts/theme.ts';
import { Button } from '../../../components/button.tsx';
import { count, shortNumber } from '../../../components/format.ts';
import { Loading } from '../../../components/page.tsx';
import { text } from '../../../text/chart-marks.ts';
import { guessHigher } from '../../compare/table/metric-direction.ts';
import { splitColumn } from '../../runs/run-query.ts';
import { ColumnField, SelectField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { CardSpec } from '../card-spec.ts';
import { choiceOption } from './card-options.ts';
import { emptyReason, notesOf, numbersOf, type RunNumber } from './run-numbers.ts';

const figures = ['max', 'min', 'mean', 'median', 'newest'] as const;
type Figure = (typeof figures)[number];

export const numberCard: CardKindEntry = {
  kind: 'number',
  needs: ({ columns }) => columns.slice(0, 1),
  begin: ({ metrics: [metric] }, id) =>
    metric === undefined ? undefined : { id, kind: 'number', columns: [`metrics.${metric}`], options: {} },
  Body: NumberBody,
  Editor: NumberEditor,
};

/** The best one as the metric's name has it, until the reader says what is wanted. */
function figureOf({ columns: [column = ''], options }: CardSpec): Figure {
  if (options['figure'] !== undefined) return choiceOption(options, 'figure', figures);
  return guessHigher(splitColumn(column)[1]) === false ? 'min' : 'max';
}

interface Told {
  readonly value: number;
  /** Undefined: of all of them. */
  readonly run: RunNumber['run'] | undefined;
}

function toldBy(figure: Figure, found: readonly [RunNumber, ...RunNumber[]]): Told {
  if (figure === 'mean' || figure === 'median') {
    const values = found.map(({ value }) => value);
    return { value: figure === 'mean' ? momentsOf(values).mean : quantile(ascending(values), 0.5), run: undefined };
  }
  const isBetter = (one: RunNumber, best: RunNumber): boolean => {
    if (figure === 'newest') return (one.run.start ?? -Infinity) > (best.run.start ?? -Infinity);
    return figure === 'max' ? one.value > best.value : one.value < best.value;
  };
  return found.reduce((best, one) => (isBetter(one, best) ? one : best));
}

function NumberBody({ spec, runs, values, label, asTable, onOpen, ref }: CardProps) {
  const theme = useChartTheme();
  const [column] = spec.columns;
  const numbers = useMemo(
    () => (column === undefined ? undefined : numbersOf(runs, values, column)),
    [runs, values, column],
  );
  const rows = numbers?.found.map(({ run, value }) => [run.name, value]) ?? [];
  const header = [text.run, numbers?.title ?? text.value];
  const figure = figureOf(spec);
  const name = text.figures[figure];
  const [first, ...others] = numbers?.found ?? [];
  const told = first && toldBy(figure, [first, ...others]);
  const whose = told?.run?.name ?? text.ofRuns(count(rows.length));
  useImperativeHandle(ref, () => ({
    picture: () => told && figurePicture([`${name} ${numbers?.title ?? ''}`, shortNumber(told.value), whose], theme),
    rows: () => [header, ...rows],
  }));
  const empty = emptyReason(runs, numbers, false);
  if (empty !== undefined || !told || !numbers) {
    return values.loading ? <Loading /> : <div className="chart-state">{empty}</div>;
  }
  if (asTable) return <MarkTable label={text.table(label)} header={header} rows={rows} />;
  const { value, run } = told;
  const notes = notesOf(numbers, false);
  return (
    <>
      <div
        className="chart-single number-card"
        role="group"
        aria-label={text.figureSummary(name, numbers.title, shortNumber(value))}
        data-chart=""
        data-drawn="true"
      >
        <span className="dim">
          {name} {numbers.title}
        </span>
        <strong title={String(value)}>{shortNumber(value)}</strong>
        {run ? (
          <Button
            kind="quiet"
            title={run.name}
            onClick={() => {
              onOpen(run.id);
            }}
          >
            <span className="ellipsis">{run.name}</span>
          </Button>
        ) : (
          <span className="dim">{whose}</span>
        )}
      </div>
      {notes.length > 0 && <p className="chart-notes dim">{notes.join(' · ')}</p>}
    </>
  );
}

function NumberEditor({ spec, known, onChange }: EditorProps) {
  return (
    <>
      <ColumnField
        label={text.metric}
        value={spec.columns[0] ?? ''}
        known={known}
        onChange={(column) => {
          if (column !== '') onChange({ ...spec, columns: [column] });
        }}
      />
      <SelectField
        label={text.figure}
        value={figureOf(spec)}
        choices={text.figures}
        onChange={(figure) => {
          onChange({ ...spec, options: { ...spec.options, figure } });
        }}
      />
    </>
  );
}
