import { useCallback, useState, type ReactNode } from 'react';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Failed } from '../../components/page.tsx';
import { showFailure } from '../../components/toast.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/runs.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnFilter } from './column-filter.tsx';
import { ColumnsDrawer } from './columns-drawer.tsx';
import { FilterChips } from './filter-chips.tsx';
import { GroupsTable } from './groups-table.tsx';
import { NoRuns } from './no-runs.tsx';
import { RunPeek } from './run-peek.tsx';
import { withClause, writeColumns, writeList, type ColumnRef, type RunQuery } from './run-query.ts';
import { RunsGrid } from './runs-grid.tsx';
import { RunsToolbar } from './runs-toolbar.tsx';
import { useRunRows } from './use-run-rows.ts';
import { useSelection } from './use-selection.ts';

interface RunsTableProps {
  readonly query: RunQuery;
  readonly values: UrlValues;
  readonly title: ReactNode;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

const mostPinned = 50;

/** The table with what stands around it: toolbar, chips, bulk actions, peek, drawers. */
export function RunsTable({ query, values, title, onChange }: RunsTableProps) {
  const runs = useRunRows(query);
  const { scope, columns, table, pinned, rowAt } = runs;
  const selection = useSelection(useCallback((index: number) => rowAt(index)?.run_id, [rowAt]));
  const [choosing, setChoosing] = useState(false);
  const [filtering, setFiltering] = useState<ColumnRef>();
  const [current, setCurrent] = useState(0);

  const peeking = values['peek'] === 'on';
  const peek = (on: boolean): void => {
    onChange({ peek: on ? 'on' : undefined }, { replace: true });
  };
  useHotkeys({
    p: {
      label: text.peek,
      run: () => {
        peek(!peeking);
      },
    },
    ...(peeking && {
      Escape: () => {
        peek(false);
      },
    }),
  });
  const peeked = peeking ? rowAt(current) : undefined;
  const filter = (next: string): void => {
    // Which parents stand open belongs to the rows before.
    onChange({ filter: next, open: undefined, closed: undefined });
  };

  const body = (): ReactNode => {
    if (query.group.length > 0) {
      return (
        <GroupsTable
          scope={scope}
          query={query}
          columns={columns}
          onOpen={(clauses) => {
            onChange({ group: undefined, filter: clauses.reduce(withClause, query.filter) });
          }}
        />
      );
    }
    if (table.error && !table.head) return <Failed error={table.error} onRetry={table.retry} />;
    if (table.head?.total === 0 && pinned.length === 0) {
      return (
        <NoRuns
          query={query}
          onClear={() => {
            filter('');
          }}
        />
      );
    }
    return (
      <RunsGrid
        query={query}
        runs={runs}
        selection={selection}
        onChange={onChange}
        onFilterColumn={setFiltering}
        onCursorRow={setCurrent}
      />
    );
  };

  return (
    <div className="runs">
      <RunsToolbar
        title={title}
        table={table}
        query={query}
        values={values}
        scope={scope}
        onFilter={filter}
        onColumns={() => {
          setChoosing(true);
        }}
        onChange={onChange}
      />
      <FilterChips filter={query.filter} onChange={filter} />
      {selection.ids.size > 0 && (
        <BulkBar
          ids={[...selection.ids]}
          experimentIds={query.experimentIds}
          deleted={query.deleted}
          matched={table.head?.matched ?? 0}
          columns={columns}
          rowsOf={runs.rowsOf}
          onSelectAll={() => {
            runs.allIds().then(selection.set, showFailure);
          }}
          onClear={() => {
            selection.set([]);
          }}
          onPin={() => {
            onChange({ pin: writeList([...new Set([...query.pinnedRuns, ...selection.ids])].slice(0, mostPinned)) });
            selection.set([]);
          }}
          onBaseline={(id) => {
            onChange({ baseline: id === query.baseline ? undefined : id });
          }}
        />
      )}
      {body()}
      {peeked && (
        <RunPeek
          row={peeked}
          columns={columns}
          onLeave={runs.keepOrder}
          onClose={() => {
            peek(false);
          }}
        />
      )}
      {choosing && (
        <ColumnsDrawer
          scope={scope}
          shown={columns}
          onChange={(next) => {
            onChange({ columns: next === undefined ? undefined : writeColumns(next) || ',' }, { replace: true });
          }}
          onClose={() => {
            setChoosing(false);
          }}
        />
      )}
      {filtering && (
        <ColumnFilter
          column={filtering}
          scope={scope}
          onApply={(clauses) => {
            setFiltering(undefined);
            filter(clauses.reduce(withClause, query.filter));
          }}
          onClose={() => {
            setFiltering(undefined);
          }}
        />
      )}
    </div>
  );
}
