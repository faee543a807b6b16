import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { experimentQuery } from '../../api/experiments.ts';
import type { TableRow } from '../../api/run-table.ts';
import { Grid } from '../../components/grid/grid.tsx';
import { useKept } from '../../components/kept.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/runs.ts';
import { constantColumns, fitWidth, isNumericColumn } from './column-facts.ts';
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
import { useHeaderActions } from './use-header-actions.ts';
import type { RunRows } from './use-run-rows.ts';
import type { Selection } from './use-selection.ts';

interface RunsGridProps {
  readonly query: RunQuery;
  readonly runs: RunRows;
  readonly selection: Selection;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
  readonly onFilterColumn: (column: ColumnRef) => void;
  readonly onCursorRow: (index: number) => void;
}

const attributesOf = (row: TableRow) => ({ 'data-run-id': row.run_id });
const keyOfRow = (row: TableRow) => row.run_id;
/** Rows drawn as blanks until it is known how many there are. */
const blankRows = 30;
/** Longer texts arrive cut, so they are edited on the run's page. */
const longestEdited = 400;

export function RunsGrid({ query, runs, selection, onChange, onFilterColumn, onCursorRow }: RunsGridProps) {
  const { columns, table, pinned, rowAt } = runs;
  const navigate = useNavigate();
  const [kept, keep] = useKept<Record<string, number>>(`modelyard.widths.${query.experimentIds.join()}`, {});
  const [editing, setEditing] = useState<Editing>();
  const actions = useHeaderActions(query, columns, onChange, onFilterColumn);
  const best = useBestValues(runs.scope, query);
  const several = query.experimentIds.length > 1;
  const names = useQueries({ queries: several ? query.experimentIds.map(experimentQuery) : [] });
  const rows = table.head?.rows ?? [];

  const expand = (row: TableRow): void => {
    const [open, closed] = [new Set(query.expanded), new Set(query.collapsed)];
    (row.expanded ? open : closed).delete(row.run_id);
    (row.expanded ? closed : open).add(row.run_id);
    onChange({ open: writeList([...open]), closed: writeList([...closed]) }, { replace: true });
  };
  const gridded = gridColumns({
    query,
    columns,
    hidden: query.onlyDiffering ? constantColumns(columns, rows) : new Set<string>(),
    kept,
    experimentName: several ? (id) => names[query.experimentIds.indexOf(id)]?.data?.name ?? id : undefined,
    numeric: (index) => isNumericColumn(rows, index),
    baseline: runs.baseline,
    best,
    pinnedRuns: new Set(query.pinnedRuns),
    actions,
    editing,
    onEdited: () => {
      setEditing(undefined);
      document.querySelector<HTMLElement>('[role=grid]')?.focus();
    },
    onExpand: query.tree ? expand : undefined,
    onLeave: runs.keepOrder,
  });

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
    const place = columns.findIndex((each) => keyOfColumn(each) === column);
    const length = String(row.cells[place] ?? '').length;
    if (column.startsWith('tags.') && length < longestEdited) setEditing({ runId: row.run_id, column });
  };
  const allSelected = rows.length > 0 && rows.every((row) => selection.ids.has(row.run_id));
  return (
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
      rowHeight={rowHeights[query.density]}
      insertedAbove={table.insertedAbove}
      onCursorRow={onCursorRow}
      onVisible={table.onVisible}
      selected={selection.ids}
      onToggle={selection.toggle}
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
        keep({ ...kept, [key]: width === 'fit' ? fitWidth(key, gridded) : width });
      }}
      onMove={move}
    />
  );
}

/** Texts are read from A to Z, figures and times from the greatest. */
function isText(column: string): boolean {
  return column === 'name' || /^(?:params|tags|attributes)\./.test(column);
}
