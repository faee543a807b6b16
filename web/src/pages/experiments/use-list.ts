/** The rows of the list: starred ones first, the others in windows, or all of them when they are folded. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import {
  overviewHeadQuery,
  overviewQuery,
  type ExperimentWindow,
  type ListedExperiment,
} from '../../api/experiments.ts';
import { questionOf, type ListState } from './list-state.ts';
import { flatRow, flatRows, treeRows, type ListRow } from './tree.ts';

const size = 500;
const mostStarred = 500;
const none: readonly ListedExperiment[] = [];

export interface List {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowCount: number;
  readonly rowAt: (index: number) => ListRow | undefined;
  readonly folded: boolean;
  readonly onVisible: (first: number, last: number) => void;
  readonly error: Error | null;
  readonly fetching: boolean;
  readonly retry: () => void;
}

type Answer = { readonly data?: ExperimentWindow | undefined };

function dataOf(answers: readonly Answer[]): (readonly ListedExperiment[] | undefined)[] {
  return answers.map(({ data }) => data?.experiments);
}

export function useList(state: ListState, starred: readonly string[]): List {
  const question = questionOf(state, starred, false);
  const stars = starred.length > 0 ? { ...questionOf(state, starred, true), max_results: mostStarred } : undefined;
  const head = useQuery(overviewHeadQuery(stars, { ...question, max_results: size }));
  // A filter that is refused, half typed perhaps, leaves the rows in place.
  const good = useRef(head.data);
  if (head.data) good.current = head.data;
  const shown = good.current;
  const first = shown?.starred ?? none;

  const rest = shown?.total ?? 0;
  const folded = state.tree ?? rest <= size;
  const [inView, setInView] = useState<readonly [number, number]>([0, 0]);
  const pages: number[] = [];
  for (let page = 1; page * size < (head.data?.total ?? 0); page++) {
    if (folded || (page >= inView[0] && page <= inView[1])) pages.push(page);
  }
  const windows = useQueries({
    queries: pages.map((page) => overviewQuery({ ...question, max_results: size, offset: page * size })),
    combine: dataOf,
  });
  const loaded = new Map(pages.map((page, i) => [page, windows[i]]));

  const shownFirst = shown?.experiments;
  const rows = useMemo(() => {
    const top = flatRows(first);
    if (!folded) return top;
    const others = [shownFirst ?? none, ...windows.map((page) => page ?? none)].flat();
    return [...top, ...treeRows(others, state.words === '' ? state.closed : new Set())];
  }, [first, folded, shownFirst, windows, state.words, state.closed]);

  const onVisible = useCallback(
    (from: number, to: number) => {
      const [a, b] = [from, to].map((index) => Math.floor(Math.max(0, index - first.length) / size)) as [
        number,
        number,
      ];
      setInView((before) => (before[0] === a && before[1] === b ? before : [a, b]));
    },
    [first.length],
  );

  return {
    total: shown && rest + first.length,
    rowCount: folded ? rows.length : first.length + rest,
    rowAt: (index) => {
      if (folded || index < first.length) return rows[index];
      const at = index - first.length;
      const page = Math.floor(at / size);
      const experiment = (page === 0 ? shownFirst : loaded.get(page))?.[at % size];
      return experiment && flatRow(experiment);
    },
    folded,
    onVisible,
    error: head.error,
    fetching: head.isFetching,
    retry: () => void head.refetch(),
  };
}
