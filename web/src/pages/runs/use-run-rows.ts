import { useCallback, useMemo } from 'react';
import type { Scope } from '../../api/run-columns.ts';
import { keepRunOrder } from '../../api/run-order.ts';
import { queryClient } from '../../api/query-client.ts';
import {
  fetchWindow,
  tableQuery,
  useRunTable,
  type RunTable,
  type TableQuestion,
  type TableRow,
} from '../../api/run-table.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { orderBy, readRunQuery, type ColumnRef, type RunQuery } from './run-query.ts';
import { withoutWrong } from './wrong-parts.ts';
import { useKeptRuns } from './use-kept-runs.ts';

export interface RunRows {
  /** Which runs, as the server's other methods take it. */
  readonly scope: Scope;
  readonly columns: readonly ColumnRef[];
  readonly table: RunTable;
  readonly pinned: readonly TableRow[];
  /** The run that others are compared with, wherever it stands. */
  readonly baseline: TableRow | undefined;
  /** The pinned runs, then the others. */
  readonly rowAt: (index: number) => TableRow | undefined;
  /** The ids of all runs that match, however many windows that takes. */
  readonly allIds: () => Promise<string[]>;
  /** The ids of the rows from one to another, both among them. */
  readonly idsBetween: (first: number, last: number) => Promise<string[]>;
  readonly rowsOf: (ids: readonly string[]) => Promise<readonly TableRow[]>;
  /** For the previous and next buttons of a run's page. */
  readonly keepOrder: () => void;
}

const none: readonly ColumnRef[] = [];

/** Runs of one request while all that match are being read. */
const wideWindow = 500;

function scopeOf(query: RunQuery): Scope {
  const view_type = query.deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY';
  return { experiment_ids: query.experimentIds, filter: query.filter, text: query.words, view_type };
}

function questionOf(query: RunQuery): TableQuestion {
  const { columns, tree, expanded, collapsed, pinnedRuns: except, hidden, colourBy: colour_by } = query;
  const scope = scopeOf(query);
  return { ...scope, order_by: orderBy(query.sort), columns, tree, expanded, collapsed, except, hidden, colour_by };
}

/** Asks for the rows of an address at once: the page's first render goes on while the server works. */
export function beginRunRows(values: UrlValues, experimentId: string): void {
  const query = readRunQuery(withoutWrong(values).values, experimentId);
  // What fails is told by the page, which asks the same.
  queryClient.query(tableQuery(questionOf(query))).catch(() => undefined);
}

/** What the server has to say to the query of the address. */
export function useRunRows(query: RunQuery): RunRows {
  const scope = useMemo(() => scopeOf(query), [query]);
  const question = useMemo(() => questionOf(query), [query]);
  const table = useRunTable(question);
  const columns = query.columns ?? table.head?.columns ?? none;
  const kept = useKeptRuns(query, question, columns);
  const pinned = useMemo(() => kept.filter((row) => query.pinnedRuns.includes(row.run_id)), [kept, query]);
  const rowAt = useCallback(
    (index: number) => (index < pinned.length ? pinned[index] : table.rowAt(index - pinned.length)),
    [pinned, table.rowAt],
  );

  const readAll = async (of: TableQuestion, take: (row: TableRow) => boolean, first = 0): Promise<void> => {
    const { head } = table;
    if (!head) return;
    for (let offset = first, end = offset + 1; offset < end; offset += wideWindow) {
      const { rows, total } = await fetchWindow(of, { offset, size: wideWindow, snapshot: head.snapshot });
      if (!rows.every(take)) return;
      end = total;
    }
  };
  const allIds = async (): Promise<string[]> => {
    const ids: string[] = [];
    // Those that are pinned may match too.
    await readAll({ ...question, columns: [], except: [] }, (row) => {
      if (row.matched) ids.push(row.run_id);
      return true;
    });
    return ids;
  };
  const idsBetween = async (first: number, last: number): Promise<string[]> => {
    const ids = pinned.slice(first, last + 1).map((row) => row.run_id);
    const wanted = last - first + 1;
    const take = (row: TableRow): boolean => ids.push(row.run_id) < wanted;
    if (ids.length < wanted) await readAll({ ...question, columns: [] }, take, Math.max(0, first - pinned.length));
    return ids;
  };
  const rowsOf = async (ids: readonly string[]): Promise<readonly TableRow[]> => {
    const wanted = new Set(ids);
    const found = pinned.filter((row) => wanted.has(row.run_id));
    if (found.length === wanted.size) return found;
    await readAll({ ...question, columns }, (row) => {
      if (wanted.has(row.run_id) && !pinned.some(({ run_id: id }) => id === row.run_id)) found.push(row);
      return found.length < wanted.size;
    });
    return found;
  };
  return {
    scope,
    columns,
    table,
    pinned,
    baseline: kept.find((row) => row.run_id === query.baseline),
    rowAt,
    allIds,
    idsBetween,
    rowsOf,
    keepOrder: () => {
      if (!table.head || !table.question) return;
      const total = pinned.length + table.head.total;
      const ids: Record<number, string> = {};
      for (let i = 0; i < total; i++) {
        const row = pinned[i] ?? table.placedAt(i - pinned.length);
        if (row) ids[i] = row.run_id;
      }
      const address = location.pathname + location.search;
      keepRunOrder({
        address,
        total,
        ids,
        pinned: pinned.length,
        question: table.question,
        snapshot: table.head.snapshot,
      });
    },
  };
}
