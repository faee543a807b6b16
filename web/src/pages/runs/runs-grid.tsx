import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { experimentQuery } from '../../api/experiments.ts';
import { runNameOf } from '../../api/run-name.ts';
import type { TableQuestion, TableRow } from '../../api/run-table.ts';
import { Grid } from '../../components/grid/grid.tsx';
import type { Landing } from '../../components/grid/grid-types.ts';
import { useKept } from '../../components/kept.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/runs.ts';
import { ColourLegend } from './colour-legend.tsx';
import { ColourPicker } from './colour-picker.tsx';
import { constantColumns, isNumericColumn, textsWrittenAs, writtenAs } from './column-facts.ts';
import { fixedColumns, gridColumns, type Editing } from './run-grid-columns.tsx';
import {
  keyOfColumn,
  orderName,
  rowHeights,
  writeColumns,
  writeList,
  writeSort,
  type ColumnRef,
  type RunQuery,
} from './run-query.ts';
import { useBestValues } from './use-best-values.ts';
import { useColouring } from './use-colouring.ts';
import { useCopiedCells } from './use-copied-cells.ts';
import { useHeaderActions } from './use-header-actions.ts';
import { useRunColours } from './use-run-colours.ts';
import type { RunRows } from './use-run-rows.ts';
import type { Selection } from './use-selection.ts';

interface RunsGridProps {
  readonly query: RunQuery;
  /** Columns of every run that this table does without. */
  readonly leftOut: readonly string[];
  readonly runs: RunRows;
  readonly selection: Selection;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
  readonly onFilterColumn: (column: ColumnRef) => void;
  readonly onCursorRow: (index: number) => void;
  readonly landing: Landing | undefined;
  readonly onSelectAll: () => void;
}

const attributesOf = (row: TableRow) => ({ 'data-run-id': row.run_id });
const keyOfRow = (row: TableRow) => row.run_id;
const noRows: readonly TableRow[] = [];
/** Rows drawn as blanks until it is known how many there are. */
const blankRows = 30;

export function RunsGrid(props: RunsGridProps) {
  const { query, leftOut, runs, selection, onChange, onFilterColumn, onCursorRow } = props;
  const { columns, table, pinned, rowAt } = runs;
  const navigate = useNavigate();
  const [kept, keep] = useKept<Record<string, number>>(`modelyard.widths.${query.experimentIds.join()}`, {});
  const [editing, setEditing] = useState<Editing>();
  const actions = useHeaderActions(query, columns, onChange, onFilterColumn);
  const rows = table.head?.rows ?? noRows;
  const best = useBestValues(runs.scope, query, columns, table.head);
  const colours = useRunColours(runs.scope, query);
  const colouring = useColouring(rowAt, selection.ids.size);
  useCopiedCells();
  const several = query.experimentIds.length > 1;
  const names = useQueries({
    queries: several ? query.experimentIds.map(experimentQuery) : [],
    combine: (answers) => answers.map(({ data }) => data?.name),
  });

  const expand = (row: TableRow): void => {
    const [open, closed] = [new Set(query.expanded), new Set(query.collapsed)];
    (row.expanded ? open : closed).delete(row.run_id);
    (row.expanded ? closed : open).add(row.run_id);
    onChange({ open: writeList([...open]), closed: writeList([...closed]) }, { replace: true });
  };
  const latest = useRef({ expand, keepOrder: runs.keepOrder });
  useLayoutEffect(() => {
    latest.current = { expand, keepOrder: runs.keepOrder };
  });
  // Columns that are the same let the grid leave its cells as they are.
  const gridded = useMemo(
    () =>
      gridColumns({
        query,
        columns,
        leftOut,
        hidden: query.onlyDiffering ? constantColumns(columns, rows) : new Set<string>(),
        kept,
        experimentName: several ? (id) => names[query.experimentIds.indexOf(id)] ?? id : undefined,
        numeric: (index) => isNumericColumn(columns[index]?.name ?? '', rows, index),
        baseline: runs.baseline,
        best,
        pinnedRuns: new Set(query.pinnedRuns),
        colours,
        written: (index) => writtenAs([...pinned, ...rows], index),
        textsWritten: (index) => textsWrittenAs([...pinned, ...rows], index),
        onColour: colouring.start,
        actions,
        editing,
        onEdited: () => {
          setEditing(undefined);
          document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
        },
        onExpand: query.tree
          ? (row) => {
              latest.current.expand(row);
            }
          : undefined,
        onLeave: () => {
          latest.current.keepOrder();
        },
      }),
    [
      query,
      columns,
      leftOut,
      rows,
      pinned,
      kept,
      several,
      names,
      runs.baseline,
      best,
      colours,
      colouring.start,
      actions,
      editing,
    ],
  );

  const sort = (key: string, add: boolean): void => {
    if (orderName(key) === undefined) return;
    const before = query.sort.find(({ column }) => column === key);
    const others = add ? query.sort.filter(({ column }) => column !== key) : [];
    onChange({ sort: writeSort([...others, { column: key, descending: before ? !before.descending : !isText(key) }]) });
  };
  const move = (key: string, before: string | undefined): void => {
    const moved = columns.find((column) => keyOfColumn(column) === key);
    if (!moved || (fixedColumns as readonly string[]).includes(before ?? '')) return;
    const rest = columns.filter((column) => column !== moved);
    const place = rest.findIndex((column) => keyOfColumn(column) === before);
    onChange({ columns: writeColumns(place < 0 ? [...rest, moved] : rest.toSpliced(place, 0, moved)) });
  };
  const edit = (row: TableRow, column: string): void => {
    if (column.startsWith('tags.')) setEditing({ runId: row.run_id, column });
  };
  const allSelected = rows.length > 0 && rows.every((row) => selection.ids.has(row.run_id));
  return (
    <>
      {query.colourBy !== undefined && (
        <ColourLegend
          column={query.colourBy}
          colours={colours}
          onStop={() => {
            onChange({ colour: undefined });
          }}
        />
      )}
      <Grid
        label={text.runs}
        testId="runs-scroller"
        columns={gridded}
        pinned={1 + query.pinnedColumns.length}
        rowCount={table.head ? table.head.total + pinned.length : blankRows}
        repeatedRows={pinned.length}
        rowAt={rowAt}
        keyOf={keyOfRow}
        attributesOf={attributesOf}
        nameOf={runNameOf}
        rowHeight={rowHeights[query.density]}
        insertedAbove={table.insertedAbove}
        list={table.question && listOf(table.question)}
        onCursorRow={(index) => {
          colouring.onCursorRow(index);
          onCursorRow(index);
        }}
        landing={props.landing}
        onVisible={table.onVisible}
        selected={selection.ids}
        onToggle={selection.toggle}
        onExtend={selection.extend}
        onSelectAll={props.onSelectAll}
        allSelected={allSelected}
        onToggleAll={() => {
          selection.set(allSelected ? [] : rows.map(keyOfRow));
        }}
        busy={table.fetching}
        onOpen={(row) => {
          runs.keepOrder();
          const params = { experimentId: row.experiment_id, runId: row.run_id };
          void navigate({ to: '/experiments/$experimentId/runs/$runId', params });
        }}
        onEdit={edit}
        onSort={sort}
        onResize={(key, width) => {
          keep({ ...kept, [key]: width });
        }}
        onMove={move}
      />
      {colouring.chosen && (
        <ColourPicker
          row={colouring.chosen.row}
          anchor={colouring.chosen.dot}
          coloured={query.colourBy !== undefined}
          onChoose={colouring.choose}
          onClose={colouring.close}
        />
      )}
    </>
  );
}

/** What a list of runs is told from others by; the columns and what stands unfolded leave it the same. */
function listOf({ filter, text: words, view_type, order_by, tree }: TableQuestion): string {
  return JSON.stringify([filter, words, view_type, order_by, tree]);
}

/** Texts are read from A to Z, figures and times from the greatest. */
function isText(column: string): boolean {
  return column === 'name' || /^(?:params|tags|attributes)\./.test(column);
}
