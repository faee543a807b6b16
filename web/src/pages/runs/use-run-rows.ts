import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { runColumns, type Scope } from '../../api/run-columns.ts';
import { fetchWindow, useRunTable, type RunTable, type TableQuestion, type TableRow } from '../../api/run-table.ts';
import { orderBy, type ColumnRef, type RunQuery } from './run-query.ts';
import { usePinnedRuns } from './use-pinned-runs.ts';

export interface RunRows {
  /** Which runs, as the server's other methods take it. */
  readonly scope: Scope;
  readonly columns: readonly ColumnRef[];
  readonly table: RunTable;
  readonly pinned: readonly TableRow[];
  /** The pinned runs, then the others. */
  readonly rowAt: (index: number) => TableRow | undefined;
  /** The ids of all runs that match, however many windows that takes. */
  readonly allIds: () => Promise<string[]>;
  readonly rowsOf: (ids: readonly string[]) => Promise<readonly TableRow[]>;
}

/** Runs of one request while all that match are being read. */
const wideWindow = 500;

/** What the server has to say to the query of the address. */
export function useRunRows(query: RunQuery): RunRows {
  const view = query.deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY';
  const scope: Scope = useMemo(
    () => ({ experiment_ids: query.experimentIds, filter: query.filter, text: query.words, view_type: view }),
    [query, view],
  );
  const keys = useQuery({ ...runColumns(query.experimentIds, view), enabled: query.columns === undefined });
  const columns = useMemo(
    () => query.columns ?? keys.data?.suggested?.map((name): ColumnRef => ({ name, aggregate: 'last' })),
    [query.columns, keys.data],
  );
  const question = useMemo((): TableQuestion | undefined => {
    // A table whose columns cannot be told is still a table.
    if (columns === undefined && !keys.error) return undefined;
    const { tree, expanded, collapsed } = query;
    return { ...scope, order_by: orderBy(query.sort), columns: columns ?? [], tree, expanded, collapsed };
  }, [columns, keys.error, scope, query]);
  const table = useRunTable(question);
  const { rows: pinned } = usePinnedRuns(query.pinnedRuns, question);
  const rowAt = useCallback(
    (index: number) => (index < pinned.length ? pinned[index] : table.rowAt(index - pinned.length)),
    [pinned, table.rowAt],
  );

  const readAll = async (of: TableQuestion, take: (row: TableRow) => boolean): Promise<void> => {
    const { head } = table;
    if (!head) return;
    for (let offset = 0; offset < head.total; offset += wideWindow) {
      const { rows } = await fetchWindow(of, { offset, size: wideWindow, snapshot: head.snapshot });
      if (!rows.every(take)) return;
    }
  };
  const allIds = async (): Promise<string[]> => {
    const ids: string[] = [];
    if (!question) return ids;
    await readAll({ ...question, columns: [] }, (row) => {
      if (row.matched) ids.push(row.run_id);
      return true;
    });
    return ids;
  };
  const rowsOf = async (ids: readonly string[]): Promise<readonly TableRow[]> => {
    const wanted = new Set(ids);
    const found: TableRow[] = [];
    if (!question) return found;
    await readAll(question, (row) => {
      if (wanted.has(row.run_id)) found.push(row);
      return found.length < wanted.size;
    });
    return found;
  };
  return { scope, columns: columns ?? [], table, pinned, rowAt, allIds, rowsOf };
}
