/** The cell that the keyboard is on; row -1 is the header. */
export interface Cursor {
  readonly row: number;
  readonly column: number;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** Where a key moves the cursor; undefined for a key that moves nothing. */
export function moveCursor(
  { key, ctrlKey, metaKey, altKey }: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  { row, column }: Cursor,
  { rows, columns, page }: Extent,
): Cursor | undefined {
  if (altKey) return undefined;
  const far = ctrlKey || metaKey;
  const to = (nextRow: number, nextColumn: number): Cursor => ({
    row: Math.max(-1, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(far ? rows - 1 : row + 1, column);
    case 'ArrowUp':
      return to(far ? 0 : row - 1, column);
    case 'ArrowRight':
      return to(row, far ? columns - 1 : column + 1);
    case 'ArrowLeft':
      return to(row, far ? 0 : column - 1);
    case 'Home':
      return to(0, far ? 0 : column);
    case 'End':
      return to(rows - 1, far ? columns - 1 : column);
    case 'PageDown':
      return to(row + page, column);
    case 'PageUp':
      return to(Math.max(0, row - page), column);
    default:
      return undefined;
  }
}
