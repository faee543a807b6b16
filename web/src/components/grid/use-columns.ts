import { useMemo } from 'react';
import { leftsOf, pinnedCount, placesDrawn, type PlacedColumn } from './column-places.ts';
import type { GridColumn } from './grid-types.ts';
import type { View } from './use-view.ts';

export interface Columns<Row> {
  /** Where each column begins, and where the last one ends. */
  readonly lefts: readonly number[];
  readonly pinned: number;
  /** Those in view; the same object until others come into it. */
  readonly drawn: readonly PlacedColumn<Row>[];
}

interface ColumnsOptions {
  /** Pixels before the first column. */
  readonly start: number;
  readonly wantedPins: number;
  readonly view: View;
  /** Columns that stay in the document wherever the view is. */
  readonly kept: readonly number[];
}

export function useColumns<Row>(columns: readonly GridColumn<Row>[], options: ColumnsOptions): Columns<Row> {
  const { start, wantedPins, view, kept } = options;
  const lefts = useMemo(() => leftsOf(columns, start), [columns, start]);
  const pinned = pinnedCount(lefts, wantedPins, view.width);
  const placed = useMemo(
    () =>
      columns.map((column, index): PlacedColumn<Row> => ({
        column,
        index,
        left: lefts[index] ?? 0,
        pinned: index < pinned,
      })),
    [columns, lefts, pinned],
  );
  const places = placesDrawn(lefts, pinned, view, kept).join();
  const drawn = useMemo(
    () => (places === '' ? [] : places.split(',').flatMap((place) => placed[Number(place)] ?? [])),
    [placed, places],
  );
  return { lefts, pinned, drawn };
}
