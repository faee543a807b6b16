/** What the runs have, told against one of them: the baseline of the page. */
import { useImperativeHandle, useMemo } from 'react';
import type { Cell } from '../../../api/run-table.ts';
import { MarkTable } from '../../../charts/marks/mark-table.tsx';
import { count, shortNumber } from '../../../components/format.ts';
import { Grid } from '../../../components/grid/grid.tsx';
import type { GridColumn } from '../../../components/grid/grid-types.ts';
import { Loading } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/chart-marks.ts';
import { CompareCell } from '../../compare/table/compare-cell.tsx';
import { guessHigher } from '../../compare/table/metric-direction.ts';
import { differenceOf } from '../../models/difference.ts';
import { splitColumn } from '../../runs/run-query.ts';
import { CheckField, ColumnsField } from '../card-fields.tsx';
import type { CardKindEntry, CardProps, EditorProps } from '../card-kind.ts';
import type { CardSpec } from '../card-spec.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { isOn } from './card-options.ts';
import { numberIn, titleOfColumn } from './run-numbers.ts';

const [mostAtFirst, mostRows] = [8, 60];
/** Pixels in which name and baseline leave no room for the others. */
const narrow = 420;

export const differenceCard: CardKindEntry = {
  kind: 'difference',
  needs: ({ columns }) => columns,
  begin: ({ metrics, params }, id) => {
    const columns = [
      ...metrics.slice(0, mostAtFirst).map((key) => `metrics.${key}`),
      ...params.slice(0, mostAtFirst).map((key) => `params.${key}`),
    ];
    return columns.length === 0 ? undefined : { id, kind: 'difference', columns, options: {} };
  },
  Body: DifferenceBody,
  Editor: DifferenceEditor,
};

interface Row {
  readonly column: string;
  readonly title: string;
  /** Of the baseline, then of the others. */
  readonly cells: readonly Cell[];
  readonly differs: boolean;
}

function DifferenceBody({ spec, runs, values, label, width, asTable, ref }: CardProps) {
  const [url, setUrl] = useUrlState();
  const baseline = runs.find(({ id }) => id === url['baseline']) ?? runs[0];
  const inOrder = useMemo(
    () => (baseline ? [baseline, ...runs.filter(({ id }) => id !== baseline.id)] : []),
    [runs, baseline],
  );
  const all = useMemo(() => rowsOf(spec, inOrder, values), [spec, inOrder, values]);
  const rows = useMemo(() => (isOn(spec.options, 'all') ? all : all.filter(({ differs }) => differs)), [spec, all]);
  const columns = useMemo(() => columnsOf(inOrder), [inOrder]);
  const header = [text.value, ...inOrder.map(({ name }) => name)];
  const plain = rows.map(({ title, cells }) => [title, ...cells]);
  useImperativeHandle(ref, () => ({ picture: () => undefined, rows: () => [header, ...plain] }));

  if (!baseline) return <div className="chart-state">{text.noRuns}</div>;
  if (inOrder.length < 2) return <div className="chart-state">{text.onlyBaseline}</div>;
  if (rows.length === 0) return values.loading ? <Loading /> : <div className="chart-state">{text.noDifference}</div>;
  if (asTable) return <MarkTable label={text.table(label)} header={header} rows={plain} />;
  return (
    <div className="difference-card" data-chart="" data-drawn="true">
      <div className="view-bar">
        <label className="card-choice">
          {text.baseline}
          <select
            value={baseline.id}
            onChange={(event) => {
              setUrl({ baseline: event.target.value });
            }}
          >
            {runs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {rows.length < all.length && <span className="dim">{text.alikeHidden(count(all.length - rows.length))}</span>}
      </div>
      <Grid
        label={text.baselineOf(baseline.name)}
        columns={columns}
        pinned={width < narrow ? 1 : 2}
        rowCount={rows.length}
        rowAt={(index) => rows[index]}
        keyOf={({ column }) => column}
        attributesOf={({ column }) => ({ 'data-row': column })}
        rowHeight={28}
      />
    </div>
  );
}

function rowsOf({ columns }: CardSpec, runs: readonly ChartRun[], values: RunValues): Row[] {
  return columns.map((column) => {
    const cells = runs.map(({ id }) => values.at(id, column) ?? null);
    return { column, title: titleOfColumn(column), cells, differs: cells.some((cell) => cell !== cells[0]) };
  });
}

function columnsOf(runs: readonly ChartRun[]): readonly GridColumn<Row>[] {
  const ofRun = ({ id, name }: ChartRun, place: number): GridColumn<Row> => ({
    key: id,
    title: name,
    width: place === 0 ? 120 : 190,
    cell: (row) => <DifferenceCell row={row} place={place} />,
  });
  return [
    { key: 'column', title: '', width: 120, cell: ({ title }) => <span title={title}>{title}</span> },
    ...runs.map(ofRun),
  ];
}

function DifferenceCell({ row: { column, cells }, place }: { row: Row; place: number }) {
  const [base, cell] = [cells[0] ?? null, cells[place] ?? null];
  const [from, to] = [numberIn(base), numberIn(cell)];
  const difference = place > 0 && isMetric(column) ? differenceOf(from, to) : undefined;
  const mark = place === 0 || cell === base ? 'same' : base === null ? 'added' : cell === null ? 'removed' : 'changed';
  const better = place > 0 ? isBetter(column, from, to) : undefined;
  return (
    <span className="difference-cell">
      <CompareCell
        cell={{
          text: cell === null ? undefined : typeof cell === 'number' ? shortNumber(cell) : cell,
          whole: cell === null ? undefined : String(cell),
          mark,
          ...(difference !== undefined && { difference }),
        }}
      />
      {better !== undefined && (
        <span className="difference-mark" title={better ? text.better : text.worse}>
          <span aria-hidden="true">{better ? '▲' : '▽'}</span>
          <span className="visually-hidden">{better ? text.better : text.worse}</span>
        </span>
      )}
    </span>
  );
}

function isMetric(column: string): boolean {
  return column.startsWith('metrics.');
}

/** Than the baseline; undefined where the name of the metric does not say which way is better. */
function isBetter(column: string, base: number | undefined, value: number | undefined): boolean | undefined {
  const higher = isMetric(column) ? guessHigher(splitColumn(column)[1]) : undefined;
  if (higher === undefined || base === undefined || value === undefined) return undefined;
  // Nothing is better or worse than NaN.
  return value === base || Number.isNaN(value - base) ? undefined : value > base === higher;
}

function DifferenceEditor({ spec, known, onChange }: EditorProps) {
  return (
    <>
      <ColumnsField
        label={text.columns}
        another={text.another}
        values={spec.columns}
        known={known}
        most={mostRows}
        onChange={(columns) => {
          onChange({ ...spec, columns });
        }}
      />
      <CheckField
        checked={isOn(spec.options, 'all')}
        onChange={(all) => {
          onChange({ ...spec, options: { ...spec.options, all } });
        }}
      >
        {text.alike}
      </CheckField>
    </>
  );
}
