import { useQuery } from '@tanstack/react-query';
import { runGroups, type RunGroup } from '../../api/run-groups.ts';
import type { Scope } from '../../api/run-columns.ts';
import { count } from '../../components/format.ts';
import { Grid } from '../../components/grid/grid.tsx';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Loading } from '../../components/page.tsx';
import { text } from '../../text/runs.ts';
import { titleOf } from './column-title.ts';
import { GroupMetricCell } from './group-metric-cell.tsx';
import { quoted } from '../../api/filter-text.ts';
import { RunsFailed } from './runs-failed.tsx';
import { columnInFilter, rowHeights, type ColumnRef, type RunQuery } from './run-query.ts';
import { shownValue } from './shown-value.ts';

interface GroupsTableProps {
  readonly scope: Scope;
  readonly query: RunQuery;
  readonly columns: readonly ColumnRef[];
  readonly onClear: () => void;
  /** Shows the runs of a group: its clauses join the filter. */
  readonly onOpen: (clauses: readonly string[]) => void;
}

/** As many as the server takes. */
const mostMetrics = 50;

/** One row for each group of runs, with mean ± standard deviation of the metrics shown. */
export function GroupsTable({ scope, query, columns, onClear, onOpen }: GroupsTableProps) {
  const shown = columns.filter(({ name }) => name.startsWith('metrics.')).map(({ name }) => name.slice(8));
  const metrics = [...new Set(shown)].slice(0, mostMetrics);
  const { data, error, refetch, isFetching, isPlaceholderData } = useQuery(runGroups(scope, query.group, metrics));
  if (error) return <RunsFailed error={error} filter={query.filter} onRetry={() => void refetch()} onClear={onClear} />;
  if (!data) return <Loading />;
  const { groups } = data;
  const byColumns = query.group.map((name, i): GridColumn<RunGroup> => ({
    key: name,
    title: titleOf({ name, aggregate: 'last' }),
    width: 160,
    sortable: false,
    cell: ({ values }) => {
      const value = values[i];
      return value === null || value === undefined ? (
        <em className="dim">{shownValue(value)}</em>
      ) : (
        <span className="group-value" title={value}>
          {shownValue(value)}
        </span>
      );
    },
  }));
  const metricColumns = metrics.map((key, i): GridColumn<RunGroup> => ({
    key: `metrics.${key}`,
    title: key,
    width: 180,
    align: 'end',
    sortable: false,
    cell: ({ metrics: found, count: runs }) => {
      const metric = found.find((each) => each.key === key) ?? found[i];
      return metric?.key === key ? <GroupMetricCell metric={metric} runs={runs} /> : null;
    },
  }));
  const runs: GridColumn<RunGroup> = {
    key: 'count',
    title: text.groupCount,
    width: 80,
    align: 'end',
    sortable: false,
    cell: (group) => (
      <button
        type="button"
        tabIndex={-1}
        className="link number"
        title={text.showGroup}
        onClick={() => {
          onOpen(clausesOfGroup(query.group, group));
        }}
      >
        {count(group.count)}
      </button>
    ),
  };
  return (
    <Grid
      label={text.group}
      testId="groups-scroller"
      columns={[...byColumns, runs, ...metricColumns]}
      pinned={byColumns.length}
      rowCount={groups.length}
      rowAt={(index) => groups[index]}
      keyOf={({ values }) => JSON.stringify(values)}
      rowHeight={rowHeights[query.density]}
      list={isPlaceholderData ? undefined : JSON.stringify([scope, query.group])}
      busy={isFetching}
      onOpen={(group) => {
        onOpen(clausesOfGroup(query.group, group));
      }}
    />
  );
}

function clausesOfGroup(by: readonly string[], { values }: RunGroup): string[] {
  return by.map((name, i) => {
    const value = values[i];
    const column = name === 'attributes.dataset' ? 'dataset.name' : columnInFilter(name);
    return value === null || value === undefined ? `${column} IS NULL` : `${column} = ${quoted(value)}`;
  });
}
