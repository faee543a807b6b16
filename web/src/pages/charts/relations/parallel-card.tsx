/** Params and metrics of the runs side by side; brushes on them narrow the runs of the whole page. */
import { useImperativeHandle, useMemo, useRef } from 'react';
import type { ChartHandle } from '../../../charts/line/line-chart.tsx';
import { MarkTable } from '../../../charts/marks/mark-table.tsx';
import { ParallelChart } from '../../../charts/parallel/parallel-chart.tsx';
import { passing } from '../../../charts/parallel/parallel-data.ts';
import { useChartTheme } from '../../../charts/theme.ts';
import { Button } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { Loading } from '../../../components/page.tsx';
import { text } from '../../../text/chart-relations.ts';
import { CheckField, ColumnField, ColumnsField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { CardOptions } from '../card-spec.ts';
import { isOn, textOption } from '../marks/card-options.ts';
import { withIds } from '../marks/row-ids.ts';
import { leftByBrushes, withFlip, withoutBrush, withScale, writeBrushes } from './parallel-axes.ts';
import { colourColumn, parallelOf } from './parallel-runs.ts';

const mostAxes = 20;
/** Of a card that nobody changed. */
const firstParams = 6;

export const parallelCard: CardKindEntry = {
  kind: 'parallel',
  needs: (spec) => [...new Set([...spec.columns, colourColumn(spec)])].filter((column) => column !== ''),
  begin: ({ metrics, params }, id) => {
    const [metric] = metrics;
    const varying = params.slice(0, firstParams).map((key) => `params.${key}`);
    const others = varying.length === 0 ? metrics.slice(1, firstParams).map((key) => `metrics.${key}`) : varying;
    if (metric === undefined || others.length === 0) return undefined;
    return { id, kind: 'parallel', columns: [...others, `metrics.${metric}`], options: {} };
  },
  left: leftByBrushes,
  Body: ParallelBody,
  Editor: ParallelEditor,
};

function ParallelBody({ spec, runs, values, label, asTable, onChange, onOpen, ref }: CardProps) {
  const theme = useChartTheme();
  const chart = useRef<ChartHandle>(null);
  const parallel = useMemo(() => parallelOf(spec, runs, values, theme), [spec, runs, values, theme]);
  const { data, brushes, constant, header, rowsOf } = parallel;
  const left = useMemo(() => passing(data, brushes).map(({ runId }) => runId), [data, brushes]);
  const rows = useMemo(() => rowsOf(new Set(left)), [rowsOf, left]);
  useImperativeHandle(ref, () => ({
    picture: () => chart.current?.picture(),
    rows: () => withIds(header, rows, left),
  }));
  if (values.loading) return <Loading />;
  if (runs.length === 0 || data.axes.length < 2) {
    return <div className="chart-state">{runs.length === 0 ? text.noRuns : text.fewAxes}</div>;
  }
  if (asTable) return <MarkTable label={text.table(label)} header={header} rows={rows} />;
  const set = (options: CardOptions): void => {
    onChange({ ...spec, options });
  };
  const { columns, options } = spec;
  const notes = [
    brushes.size > 0 ? text.left(count(left.length), count(runs.length)) : text.runs(count(runs.length)),
    ...(constant.length > 0 ? [text.constant(constant.join(', '))] : []),
  ].join(' · ');
  return (
    <>
      <div className="mark-body">
        <ParallelChart
          ref={chart}
          label={label}
          summary={text.summaryParallel(text.runs(count(left.length)), data.axes.map(({ title }) => title).join(', '))}
          data={data}
          brushes={brushes}
          onBrushes={(next) => {
            set({ ...options, brushes: writeBrushes(data.axes, next) });
          }}
          onOpen={onOpen}
          onScale={(column, scale) => {
            set(withScale(options, column, scale));
          }}
          onFlip={(column) => {
            set(withFlip(options, column));
          }}
          onMove={(column, places) => {
            onChange({ ...spec, columns: moved(columns, data.axes.map((axis) => axis.column), column, places) }); // prettier-ignore
          }}
          onRemove={(column) => {
            onChange({ ...spec, columns: columns.filter((one) => one !== column), options: { ...options, brushes: withoutBrush(options, column) } }); // prettier-ignore
          }}
        />
      </div>
      <div className="relation-notes">
        <p className="chart-notes dim" title={notes} role="status">
          {notes}
        </p>
        {brushes.size > 0 && (
          <Button
            kind="quiet"
            icon="close"
            onClick={() => {
              set({ ...options, brushes: undefined });
            }}
          >
            {text.clearBrushes}
          </Button>
        )}
      </div>
    </>
  );
}

/** Places are counted among the axes that are shown. */
function moved(
  columns: readonly string[],
  shown: readonly string[],
  column: string,
  places: number,
): readonly string[] {
  const target = shown[shown.indexOf(column) + places];
  if (target === undefined) return columns;
  const rest = columns.filter((one) => one !== column);
  const at = rest.indexOf(target) + (places > 0 ? 1 : 0);
  return [...rest.slice(0, at), column, ...rest.slice(at)];
}

function ParallelEditor({ spec, known, onChange }: EditorProps) {
  const { columns, options } = spec;
  return (
    <>
      <ColumnsField
        label={text.axis}
        another={text.anotherAxis}
        values={columns}
        known={known}
        attributes
        most={mostAxes}
        onChange={(next) => {
          onChange({ ...spec, columns: next });
        }}
      />
      <ColumnField
        label={text.colour}
        value={textOption(options, 'colour') || colourColumn(spec)}
        known={known}
        attributes
        onChange={(colour) => {
          onChange({ ...spec, options: { ...options, colour: colour === '' ? undefined : colour } });
        }}
      />
      <CheckField
        checked={isOn(options, 'constant')}
        onChange={(constant) => {
          onChange({ ...spec, options: { ...options, constant: constant || undefined } });
        }}
      >
        {text.showConstant}
      </CheckField>
    </>
  );
}
