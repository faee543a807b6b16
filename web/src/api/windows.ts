/** A list of any length read in windows: those in view are fetched, the others wait until they are scrolled to. */
import { useQueries, useQuery, type QueryFunctionContext, type QueryKey } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';

export interface Window<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface WindowedList<Row, Head extends Window<Row>> {
  /** The answer for the first window; that of the question before until the new one is there. */
  readonly head: Head | undefined;
  readonly rowAt: (index: number) => Row | undefined;
  readonly onVisible: (first: number, last: number) => void;
  readonly error: Error | null;
  readonly fetching: boolean;
  readonly retry: () => void;
}

export const windowSize = 100;
/** Rows beyond those in view that are fetched, so that a slow scroll shows no gap. */
const ahead = 60;

export function useWindows<Row, Head extends Window<Row>>(
  key: QueryKey,
  fetchWindow: (offset: number, signal: AbortSignal) => Promise<Head>,
): WindowedList<Row, Head> {
  const [[first, last], setInView] = useState<readonly [number, number]>([0, 0]);
  const windowOf = (index: number) => ({
    queryKey: [...key, index],
    queryFn: ({ signal }: QueryFunctionContext) => fetchWindow(index * windowSize, signal),
  });
  const head = useQuery(windowOf(0));
  // A filter that the server refuses, or that it still works on, leaves the rows of the one before in place.
  const good = useRef<Head>(undefined);
  if (head.data) good.current = head.data;
  const shown = good.current;

  const others: number[] = [];
  for (let i = Math.max(1, first); i <= last; i++) if (i * windowSize < (head.data?.total ?? 0)) others.push(i);
  const windows = useQueries({ queries: others.map(windowOf) });
  const rows = new Map(others.map((index, i) => [index, windows[i]?.data?.rows]));

  const onVisible = useCallback((from: number, to: number) => {
    const [a, b] = [Math.floor((from - ahead) / windowSize), Math.floor((to + ahead) / windowSize)];
    setInView((before) => (before[0] === a && before[1] === b ? before : [a, b]));
  }, []);

  return {
    head: shown,
    rowAt: (index) => {
      const at = Math.floor(index / windowSize);
      return (at === 0 ? shown?.rows : rows.get(at))?.[index % windowSize];
    },
    onVisible,
    error: head.error,
    fetching: head.isFetching,
    retry: () => void head.refetch(),
  };
}
