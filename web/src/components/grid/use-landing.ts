import { useLayoutEffect, useRef } from 'react';
import type { Cursor } from './cursor.ts';
import type { GridProps, Landing } from './grid-types.ts';

/** A row is looked for so many rows around the cursor. */
const farthest = 1000;

/**
 * Keeps the cursor on the row that it shall land on, wherever that row moves.
 * @returns to be called when the reader moves the cursor: from then on it stands where they put it
 */
export function useLanding<Row>(grid: GridProps<Row>, cursor: Cursor, moveTo: (to: Cursor) => void): () => void {
  const { landing } = grid;
  const over = useRef<Landing>(undefined);
  useLayoutEffect(() => {
    if (!landing || landing === over.current) return;
    const row = rowNear(cursor.row, landing.key, grid);
    if (row !== undefined && row !== cursor.row) moveTo({ ...cursor, row });
  });
  return () => {
    over.current = landing;
  };
}

function rowNear<Row>(start: number, key: string, { rowAt, keyOf, rowCount }: GridProps<Row>): number | undefined {
  const isIt = (index: number): boolean => {
    const row = index >= 0 && index < rowCount ? rowAt(index) : undefined;
    return row !== undefined && keyOf(row) === key;
  };
  for (let away = 0; away <= Math.min(rowCount, farthest); away++) {
    if (isIt(start + away)) return start + away;
    if (isIt(start - away)) return start - away;
  }
  return undefined;
}

/** The first row from the cursor on that stays when others leave, else the last one before it. */
export function landingAfter<Row>(
  leaving: ReadonlySet<string>,
  start: number,
  { rowAt, keyOf }: Pick<GridProps<Row>, 'rowAt' | 'keyOf'>,
): Landing | undefined {
  for (const step of [1, -1])
    for (let index = start, row = rowAt(index); row !== undefined; row = rowAt((index += step)))
      if (!leaving.has(keyOf(row))) return { key: keyOf(row) };
  return undefined;
}
