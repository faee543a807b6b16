/** A table of runs of any length, fetched in windows of one snapshot, so that rows stay where they are while reading. */
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { Encoded } from '../../../src/protocol/schema.ts';
import { searchRunTable, type Cell, type tableRow } from '../../../src/protocol/views.ts';
import { call } from './client.ts';

export type { Cell };

export interface TableRow {
  readonly run_id: string;
  readonly run_number: number;
  readonly experiment_id: string;
  readonly run_name: string;
  readonly status: string;
  readonly start_time: number;
  readonly end_time: number | undefined;
  readonly depth: number;
  readonly child_count: number;
  readonly matched: boolean;
  readonly expanded: boolean;
  /** The value under the column that runs are coloured by, or the tag of the run's own colour. */
  readonly colour?: Cell;
  readonly cells: readonly Cell[];
}

export interface TableColumn {
  readonly name: string;
  readonly aggregate: 'last' | 'min' | 'max' | 'mean' | 'at';
  readonly step?: number;
}

export interface TableQuestion {
  readonly experiment_ids: readonly string[];
  readonly filter: string;
  readonly text: string;
  readonly order_by: readonly string[];
  readonly view_type: 'ACTIVE_ONLY' | 'DELETED_ONLY';
  /** Undefined: those that the server suggests. */
  readonly columns: readonly TableColumn[] | undefined;
  readonly tree: boolean;
  readonly expanded: readonly string[];
  readonly collapsed: readonly string[];
  /** Runs that stand elsewhere. */
  readonly except?: readonly string[] | undefined;
  /** Runs that are left out, with what stands below them. */
  readonly hidden?: readonly string[] | undefined;
  readonly colour_by?: string | undefined;
}

interface Window {
  readonly snapshot: string;
  /** What the cells of its rows are. */
  readonly columns: readonly TableColumn[];
  readonly total: number;
  readonly matched: number;
  readonly matchedRunning: number;
  readonly totalAll: number;
  readonly rows: readonly TableRow[];
  /** Of the runs of the window, where they were asked for. */
  readonly metrics: readonly { readonly key: string; readonly line: boolean }[];
}

const windowSize = 100;

export async function fetchWindow(
  question: TableQuestion,
  options: { offset: number; size: number; snapshot?: string | undefined; metrics?: boolean },
  signal?: AbortSignal,
): Promise<Window> {
  const answer = await call(
    searchRunTable,
    {
      ...question,
      columns: question.columns ?? [],
      suggest: question.columns === undefined,
      offset: options.offset,
      max_results: options.size,
      snapshot: options.snapshot,
      with_metrics: options.metrics ?? false,
    },
    signal,
  );
  return {
    snapshot: answer.snapshot ?? '',
    columns: question.columns ?? (answer.columns ?? []).map((name) => ({ name, aggregate: 'last' })),
    total: answer.total ?? 0,
    matched: answer.matched ?? 0,
    matchedRunning: answer.matched_running ?? 0,
    totalAll: answer.total_all ?? 0,
    rows: (answer.rows ?? []).map(rowOf),
    metrics: (answer.metrics ?? []).map(({ key = '', line = false }) => ({ key, line })),
  };
}

/** Times that no double holds are no dates either. */
function rowOf(row: Encoded<typeof tableRow>): TableRow {
  const { run_number: number, start_time: start, end_time: end } = row;
  return {
    ...row,
    run_number: Number(number ?? 0),
    start_time: Number(start ?? 0),
    end_time: end === undefined ? end : Number(end),
  } as TableRow;
}

/** First part of the keys of everything that was read of these experiments' runs. */
export function runsKey(experimentIds: readonly string[]): readonly string[] {
  return ['runs', experimentIds.join()];
}

export interface RunTable {
  readonly head: Window | undefined;
  /** What the rows shown answer: while new ones are on their way, the question before. */
  readonly question: TableQuestion | undefined;
  /** Whether the rows shown were narrowed; while new ones are on their way these are the old ones. */
  readonly narrowed: boolean;
  /** How many rows newer snapshots had above the first one of those before. */
  readonly insertedAbove: number;
  readonly rowAt: (index: number) => TableRow | undefined;
  /** The same without rows that still stand where an older snapshot had them. */
  readonly placedAt: (index: number) => TableRow | undefined;
  readonly onVisible: (first: number, last: number) => void;
  readonly error: Error | null;
  readonly fetching: boolean;
  readonly retry: () => void;
}

/** The first window. */
export function tableQuery(question: TableQuestion) {
  return queryOptions({
    queryKey: [...runsKey(question.experiment_ids), 'table', question],
    queryFn: ({ signal }) => fetchWindow(question, { offset: 0, size: windowSize }, signal),
  });
}

export function useRunTable(question: TableQuestion): RunTable {
  const client = useQueryClient();
  const options = tableQuery(question);
  const query = useQuery({ ...options, placeholderData: keepPreviousData });
  // A filter that the server refuses leaves the rows of the one before in place.
  const good = useRef<{ head: Window; question: TableQuestion }>(undefined);
  if (query.data && !query.isPlaceholderData) good.current = { head: query.data, question };
  const shown = good.current;

  const windows = useRef(new Map<number, readonly TableRow[]>());
  const before = useRef(new Map<number, readonly TableRow[]>());
  const asked = useRef(new Set<number>());
  const snapshot = useRef('');
  const inserted = useRef(0);
  const listed = useRef<TableQuestion>(undefined);
  const visible = useRef<[number, number]>([0, 0]);
  const [, redraw] = useReducer((n: number) => n + 1, 0);

  if (shown && snapshot.current !== shown.head.snapshot) {
    snapshot.current = shown.head.snapshot;
    // Another filter or order is another list: only the same one can have grown at its top.
    const [oldFirst] = (listed.current === shown.question && windows.current.get(0)) || [];
    listed.current = shown.question;
    const place = oldFirst ? shown.head.rows.findIndex((row) => row.run_id === oldFirst.run_id) : 0;
    if (place > 0) inserted.current += place;
    // Until the new rows are there, the old ones stand in their places.
    before.current = windows.current;
    windows.current = new Map([[0, shown.head.rows]]);
    asked.current = new Set([0]);
  }

  const onVisible = useCallback(
    (first: number, last: number) => {
      visible.current = [first, last];
      const current = good.current;
      if (!current) return;
      const { head, question: of } = current;
      for (let i = Math.floor(first / windowSize); i <= Math.floor(last / windowSize); i++) {
        if (asked.current.has(i) || i * windowSize >= head.total) continue;
        asked.current.add(i);
        fetchWindow(
          { ...of, columns: head.columns },
          { offset: i * windowSize, size: windowSize, snapshot: head.snapshot },
        )
          .then((window) => {
            if (snapshot.current !== head.snapshot) return;
            windows.current.set(i, window.rows);
            // The server forgot the snapshot: what was read before may stand elsewhere now.
            if (window.snapshot !== head.snapshot)
              void client.invalidateQueries({ queryKey: options.queryKey.slice(0, 2) });
            redraw();
          })
          .catch(() => asked.current.delete(i));
      }
    },
    // The refs carry what changes.
    [client],
  );

  useEffect(() => {
    onVisible(...visible.current);
  }, [onVisible, shown?.head.snapshot]);

  const placedAt = useCallback((index: number) => rowIn(windows.current, index), []);
  const rowAt = useCallback((index: number) => placedAt(index) ?? rowIn(before.current, index), [placedAt]);

  return {
    head: shown?.head,
    question: shown?.question,
    narrowed: shown !== undefined && (shown.question.filter !== '' || shown.question.text !== ''),
    insertedAbove: inserted.current,
    rowAt,
    placedAt,
    onVisible,
    error: query.error,
    fetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}

/** Of the windows that were read, by their number. */
function rowIn(windows: ReadonlyMap<number, readonly TableRow[]>, index: number): TableRow | undefined {
  return windows.get(Math.floor(index / windowSize))?.[index % windowSize];
}
