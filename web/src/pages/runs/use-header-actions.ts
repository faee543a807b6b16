import { useMemo } from 'react';
import type { UrlValues } from '../../components/url-state.ts';
import type { HeaderActions } from './header-menu.tsx';
import { keyOfColumn, writeColumns, writeList, writeSort, type ColumnRef, type RunQuery } from './run-query.ts';

/** What the menus of the headers change: all of it is in the address. */
export function useHeaderActions(
  query: RunQuery,
  columns: readonly ColumnRef[],
  onChange: (change: UrlValues) => void,
  onFilter: (column: ColumnRef) => void,
): HeaderActions {
  return useMemo(
    () => ({
      sort: (column, descending, add) => {
        const others = add ? query.sort.filter((sort) => sort.column !== column) : [];
        onChange({ sort: writeSort([...others, { column, descending }]) });
      },
      pin: (column, pinned) => {
        const rest = query.pinnedColumns.filter((other) => other !== column);
        onChange({ pinned: writeList(pinned ? [...rest, column] : rest) });
      },
      hide: (column) => {
        onChange({ columns: writeColumns(columns.filter((other) => other !== column)) || ',' });
      },
      neighbour: (column, by) => {
        const isPinned = (other: ColumnRef): boolean => query.pinnedColumns.includes(keyOfColumn(other));
        // Pinned columns stand apart from the others, each in their order.
        const siblings = columns.filter((other) => isPinned(other) === isPinned(column));
        return siblings[siblings.indexOf(column) + by];
      },
      swap: (column, other) => {
        const swapped = columns.map((each) => (each === column ? other : each === other ? column : each));
        onChange({ columns: writeColumns(swapped) });
      },
      filter: onFilter,
      colourBy: (column) => {
        onChange({ colour: column });
      },
      aggregate: (column, aggregate, step) => {
        const { name } = column;
        const next = { name, aggregate, ...(step === undefined ? {} : { step }) };
        onChange({ columns: writeColumns(columns.map((other) => (other === column ? next : other))) });
      },
      better: (column, higher) => {
        const marks = new Map(query.better);
        if (higher === undefined) marks.delete(column);
        else marks.set(column, higher);
        onChange({ better: [...marks].map(([key, up]) => (up ? '^' : '_') + writeList([key])).join() });
      },
    }),
    [query, columns, onChange, onFilter],
  );
}
