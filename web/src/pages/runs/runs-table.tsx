import { useCallback, useState, type ReactNode } from 'react';
import { count } from '../../components/format.ts';
import type { Landing } from '../../components/grid/grid-types.ts';
import { landingAfter } from '../../components/grid/use-landing.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { showFailure } from '../../components/toast.tsx';
import { text as work } from '../../text/run-work.ts';
import { text } from '../../text/runs.ts';
import { useStartCompare } from '../compare/choose/use-start-compare.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnFilter } from './column-filter.tsx';
import { ColumnsDrawer } from './columns-drawer.tsx';
import { FilterChips } from './filter-chips.tsx';
import { GroupsTable } from './groups-table.tsx';
import { NoRuns } from './no-runs.tsx';
import { RunPeek } from './run-peek.tsx';
import { withClause, withPinned, writeList, type ColumnRef } from './run-query.ts';
import { RunsFailed } from './runs-failed.tsx';
import type { RunsViewProps } from './experiment-runs.tsx';
import { RunsGrid } from './runs-grid.tsx';
import { RunsToolbar } from './runs-toolbar.tsx';
import { useLeftOut } from './use-left-out.ts';
import { useRunRows } from './use-run-rows.ts';
import { TableNotes } from './table-notes.tsx';
import { useSelection } from './use-selection.ts';

/** An address has room for these. */
const mostHidden = 100;

/** The table with what stands around it: toolbar, chips, bulk actions, peek, drawers. */
export function RunsTable({ query, values, right, wrong, title, onChange }: RunsViewProps) {
  const runs = useRunRows(query);
  const leftOut = useLeftOut(query);
  const { scope, columns, table, pinned, rowAt } = runs;
  const selection = useSelection(
    query.experimentIds.join(),
    useCallback((index: number) => rowAt(index)?.run_id, [rowAt]),
    runs.idsBetween,
  );
  const selectAll = (): void => {
    runs.allIds().then(selection.set, showFailure);
  };
  const [choosing, setChoosing] = useState(false);
  const [filtering, setFiltering] = useState<ColumnRef>();
  const [current, setCurrent] = useState(0);
  const [landing, setLanding] = useState<Landing>();

  const startCompare = useStartCompare();
  const compare = (): void => {
    startCompare([...selection.ids], query.baseline);
  };
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
    h: {
      label: work.hideKey,
      run: () => {
        const row = rowAt(current);
        if (row && query.group.length === 0) hide([row.run_id]);
      },
    },
    ...(peeking && {
      Escape: () => {
        peek(false);
      },
    }),
  });
  const peeked = peeking ? rowAt(current) : undefined;
  const hide = (ids: readonly string[]): void => {
    const hidden = [...new Set([...query.hidden, ...ids])];
    if (hidden.length > mostHidden) {
      showFailure(new Error(work.tooManyHidden(count(mostHidden))));
      return;
    }
    const pin = query.pinnedRuns.filter((id) => !ids.includes(id));
    onChange({ hidden: writeList(hidden), pin: writeList(pin) });
    selection.set([...selection.ids].filter((id) => !ids.includes(id)));
  };
  const filter = (next: string): void => {
    // Which parents stand open belongs to the rows before.
    onChange({ filter: next, open: undefined, closed: undefined });
  };

  const clearFilter = (): void => {
    filter('');
  };

  const body = (): ReactNode => {
    if (query.group.length > 0) {
      return (
        <GroupsTable
          scope={scope}
          query={query}
          columns={columns}
          onClear={clearFilter}
          onOpen={(clauses) => {
            onChange({ group: undefined, filter: clauses.reduce(withClause, query.filter) });
          }}
        />
      );
    }
    if (table.error && !table.head) {
      return <RunsFailed error={table.error} filter={query.filter} onRetry={table.retry} onClear={clearFilter} />;
    }
    const none = table.head?.total === 0 && table.head.matched === 0;
    return (
      <>
        {(!none || pinned.length > 0) && (
          <RunsGrid
            query={query}
            leftOut={leftOut}
            runs={runs}
            selection={selection}
            onChange={onChange}
            onFilterColumn={setFiltering}
            onCursorRow={setCurrent}
            landing={landing}
            onSelectAll={selectAll}
          />
        )}
        {none && <NoRuns query={query} onClear={clearFilter} />}
      </>
    );
  };

  const { matched = 0, total = 0 } = table.head ?? {};
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
      <TableNotes hidden={query.hidden.length} wrong={wrong} right={right} onChange={onChange} />
      <div className="runs-body">
        <div className="runs-main">{body()}</div>
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
      </div>
      {selection.ids.size > 0 && (
        <BulkBar
          ids={[...selection.ids]}
          experimentIds={query.experimentIds}
          deleted={query.deleted}
          matched={query.hidden.length > 0 ? Math.min(matched, total) : matched}
          read={async (ids) => ({ rows: await runs.rowsOf(ids), columns })}
          onSelectAll={selectAll}
          onLeaving={() => {
            setLanding(landingAfter(selection.ids, current, { rowAt, keyOf: (row) => row.run_id }));
          }}
          onClear={() => {
            selection.set([]);
          }}
          onPin={() => {
            onChange({ pin: withPinned(query, selection.ids) });
            selection.set([]);
          }}
          onHide={() => {
            hide([...selection.ids]);
          }}
          onCompare={compare}
          onBaseline={(id) => {
            onChange({ baseline: id === query.baseline ? undefined : id });
          }}
        />
      )}
      {choosing && (
        <ColumnsDrawer
          scope={scope}
          shown={columns}
          leftOut={leftOut}
          onChange={(change) => {
            onChange(change, { replace: true });
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
