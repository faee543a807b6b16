import type { ReactNode } from 'react';
import type { Scope } from '../../api/run-columns.ts';
import type { RunTable } from '../../api/run-table.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text } from '../../text/runs.ts';
import { FilterBox } from './filter-box.tsx';
import { GroupMenu } from './group-menu.tsx';
import { QuickFilters } from './quick-filters.tsx';
import { withClause, writeList, type RunQuery } from './run-query.ts';
import { RunProjectLink } from './run-project-link.tsx';
import { ViewMenu } from './view-menu.tsx';
import { ViewSwitch } from './view-switch.tsx';
import { ViewsMenu } from './views-menu.tsx';

interface RunsToolbarProps {
  readonly title: ReactNode;
  readonly table: RunTable;
  readonly query: RunQuery;
  readonly values: UrlValues;
  readonly scope: Scope;
  readonly onFilter: (filter: string) => void;
  readonly onColumns: () => void;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

/** One line above the table, on a phone two: where we are, how many runs, and everything that changes which and how. */
export function RunsToolbar({ title, table, query, values, scope, onFilter, onColumns, onChange }: RunsToolbarProps) {
  const { head } = table;
  const small = useSmallScreen();
  const counts = head && countsOf(table, head);
  return (
    <header className="page-bar runs-bar">
      {title}
      <ViewSwitch experimentIds={query.experimentIds} current="runs" />
      {counts !== undefined && (
        <span className="dim runs-count" aria-live="polite" title={counts}>
          {counts}
        </span>
      )}
      <FilterBox value={values['filter'] ?? ''} scope={scope} onApply={onFilter} />
      <QuickFilters
        scope={scope}
        onAdd={(clause) => {
          onFilter(withClause(query.filter, clause));
        }}
      />
      {small ? (
        <IconButton icon="columns" label={text.columnsMenu} onClick={onColumns} />
      ) : (
        <Button icon="columns" onClick={onColumns}>
          {text.columnsMenu}
        </Button>
      )}
      <GroupMenu
        scope={scope}
        group={query.group}
        onChange={(group) => {
          onChange({ group: writeList(group) });
        }}
      />
      <ViewMenu query={query} onChange={onChange} />
      {query.experimentIds.length === 1 && <RunProjectLink experimentId={query.experimentIds[0] ?? ''} />}
      {query.experimentIds.length === 1 && (
        <ViewsMenu experimentId={query.experimentIds[0] ?? ''} values={values} onChange={onChange} />
      )}
    </header>
  );
}

function countsOf({ narrowed }: RunTable, head: NonNullable<RunTable['head']>): string {
  const all = text.counts(count(head.totalAll), narrowed ? count(head.matched) : undefined);
  return head.matchedRunning > 0 ? `${all}, ${text.running(count(head.matchedRunning))}` : all;
}
