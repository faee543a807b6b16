/** From the columns of the query to those of the grid. */
import type { TableRow } from '../../api/run-table.ts';
import { duration, durationSince } from '../../components/format.ts';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { Time } from '../../components/time.tsx';
import { text } from '../../text/runs.ts';
import { HeaderMenu, type HeaderActions } from './header-menu.tsx';
import { MetricCell, numberOf, TextCell } from './run-cell.tsx';
import { RunNameCell } from './run-name-cell.tsx';
import { TagCell } from './tag-cell.tsx';
import { keyOfColumn, orderName, type ColumnRef, type RunQuery } from './run-query.ts';
import { titleOf } from './column-title.ts';
import type { RunColours } from './use-run-colours.ts';

/** Columns that every table of runs starts with, before those that can be chosen. */
export const fixedColumns = ['name', 'created', 'duration'] as const;

const widths: Readonly<Record<string, number>> = {
  name: innerWidth < 600 ? 150 : 230,
  created: 132,
  duration: 100,
  experiment: 140,
};

/** Differences to a baseline stand beside the values; a title with a step is longer. */
function widthOf(column: ColumnRef, withDelta: boolean): number {
  return withDelta || column.aggregate === 'at' ? 140 : 110;
}

export interface Editing {
  readonly runId: string;
  readonly column: string;
}

interface ColumnsOptions {
  readonly query: RunQuery;
  readonly columns: readonly ColumnRef[];
  /** Of those that every table starts with. */
  readonly leftOut: readonly string[];
  readonly hidden: ReadonlySet<string>;
  readonly kept: Readonly<Record<string, number>>;
  readonly experimentName: ((id: string) => string) | undefined;
  readonly numeric: (index: number) => boolean;
  readonly baseline: TableRow | undefined;
  readonly best: ReadonlyMap<string, number>;
  readonly pinnedRuns: ReadonlySet<string>;
  readonly colours: RunColours;
  /** How the numbers of the column at this place are written. */
  readonly written: (index: number) => (value: number) => string;
  readonly textsWritten: (index: number) => (text: string) => string;
  readonly onColour: (row: TableRow) => void;
  readonly actions: HeaderActions;
  /** The cell that is being edited. */
  readonly editing: Editing | undefined;
  readonly onEdited: () => void;
  readonly onExpand: ((row: TableRow) => void) | undefined;
  readonly onLeave: () => void;
}

export function gridColumns(options: ColumnsOptions): GridColumn<TableRow>[] {
  const { query, kept } = options;
  const base = (key: string, title: string, width?: number): Omit<GridColumn<TableRow>, 'cell'> => {
    const place = query.sort.findIndex((sort) => sort.column === key);
    return {
      key,
      title,
      width: kept[key] ?? widths[key] ?? width ?? 110,
      sortable: orderName(key) !== undefined,
      sort:
        place < 0
          ? undefined
          : { descending: query.sort[place]?.descending ?? false, place: query.sort.length > 1 ? place + 1 : 0 },
    };
  };
  const fixed: GridColumn<TableRow>[] = [
    {
      ...base('name', text.columns['name'] ?? ''),
      cell: (row) => (
        <RunNameCell
          row={row}
          onExpand={options.onExpand}
          pinned={options.pinnedRuns.has(row.run_id)}
          isBaseline={row.run_id === query.baseline}
          look={options.colours.lookOf(row)}
          onColour={options.onColour}
          onLeave={options.onLeave}
        />
      ),
    },
    { ...base('created', text.columns['created'] ?? ''), cell: (row) => <Time at={row.start_time} /> },
    {
      ...base('duration', text.columns['duration'] ?? ''),
      align: 'end',
      cell: (row) => durationOf(row),
    },
  ];
  const { experimentName } = options;
  if (experimentName) {
    fixed.push({
      ...base('experiment', text.columns['experiment'] ?? ''),
      cell: (row) => <span title={row.experiment_id}>{experimentName(row.experiment_id)}</span>,
    });
  }
  const chosen = options.columns.flatMap((column, index) =>
    options.hidden.has(keyOfColumn(column)) ? [] : [chosenColumn(options, column, index, base)],
  );
  const first = fixed.filter(({ key }) => !options.leftOut.includes(key));
  return pinnedFirst([...first, ...chosen], query.pinnedColumns);
}

/** The name, then what the user pinned, then the rest. */
function pinnedFirst(columns: GridColumn<TableRow>[], pinned: readonly string[]): GridColumn<TableRow>[] {
  const isPinned = (column: GridColumn<TableRow>): boolean => pinned.includes(column.key);
  const [name, ...rest] = columns;
  return [...(name ? [name] : []), ...rest.filter(isPinned), ...rest.filter((column) => !isPinned(column))];
}

function chosenColumn(
  { query, baseline, best, actions, numeric, written, textsWritten, editing, onEdited }: ColumnsOptions,
  column: ColumnRef,
  index: number,
  base: (key: string, title: string, width?: number) => Omit<GridColumn<TableRow>, 'cell'>,
): GridColumn<TableRow> {
  const key = keyOfColumn(column);
  const metric = column.name.startsWith('metrics.');
  const header = {
    ...base(key, titleOf(column), widthOf(column, metric && baseline !== undefined)),
    headerExtra: <HeaderMenu column={column} query={query} actions={actions} />,
  };
  if (metric) {
    const from = baseline && numberOf(baseline.cells[index]);
    const write = written(index);
    return {
      ...header,
      align: 'end',
      cell: (row) => (
        <MetricCell
          value={row.cells[index]}
          write={write}
          baseline={row.run_id === baseline?.run_id ? undefined : from}
          best={best.get(key)}
        />
      ),
    };
  }
  const isNumeric = numeric(index);
  const writeText = isNumeric ? textsWritten(index) : undefined;
  return {
    ...header,
    align: isNumeric ? 'end' : 'start',
    cell: (row) =>
      editing?.column === key && editing.runId === row.run_id ? (
        <TagCell
          row={row}
          tag={column.name.slice('tags.'.length)}
          value={String(row.cells[index] ?? '')}
          experimentIds={query.experimentIds}
          onDone={onEdited}
        />
      ) : (
        <TextCell value={row.cells[index]} write={writeText} />
      ),
  };
}

function durationOf({ status, start_time: start, end_time: end }: TableRow): string {
  if (end) return duration(end - start);
  return status === 'RUNNING' ? durationSince(start) : '';
}
