import type { ReactNode } from 'react';

export interface SortMark {
  readonly descending: boolean;
  /** 1 for the first key, 2 for the second; shown when there are several. */
  readonly place: number;
}

export interface GridColumn<Row> {
  readonly key: string;
  readonly title: string;
  /** In place of the title, which then is only its name. */
  readonly header?: ReactNode;
  /** Pixels. */
  readonly width: number;
  readonly align?: 'start' | 'end';
  readonly sort?: SortMark | undefined;
  readonly sortable?: boolean;
  /** Beside the title: a menu, a mark. */
  readonly headerExtra?: ReactNode;
  readonly cell: (row: Row) => ReactNode;
}

/** A row where the cursor is wanted; another object is another wish. */
export interface Landing {
  readonly key: string;
}

export interface GridProps<Row> {
  /** What a screen reader calls the table. */
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  /** How many leading columns stay in view when the rest scrolls sideways. */
  readonly pinned?: number;
  readonly rowCount: number;
  /** Undefined while the row is on its way. */
  readonly rowAt: (index: number) => Row | undefined;
  readonly keyOf: (row: Row) => string;
  /** What tells rows apart that can be ticked, for who does not see them. */
  readonly nameOf?: (row: Row) => string;
  /** How many leading rows may stand a second time further below: the pinned ones. */
  readonly repeatedRows?: number;
  /** Attributes of a row's element, such as `data-run-id`. */
  readonly attributesOf?: (row: Row) => Readonly<Record<string, string>>;
  /** Pixels. */
  readonly rowHeight: number;
  /** The rows that are in view, so that they can be fetched. */
  readonly onVisible?: (first: number, last: number) => void;
  /** The row that the keyboard's cursor came to. */
  readonly onCursorRow?: (index: number) => void;
  /**
   * How many rows were inserted above those in view since the table opened. When it grows, the view moves along, so
   * that the row under the pointer stays there.
   */
  readonly insertedAbove?: number;
  /**
   * Tells the list that is shown from others: another order, another filter; undefined while it is on its way. Another
   * one begins at its top, and so does the cursor, unless Back or Forward led to it.
   */
  readonly list?: string | undefined;
  /** The cursor goes to this row and stays with it where other rows leave or come, until it is moved. */
  readonly landing?: Landing | undefined;
  readonly selected?: ReadonlySet<string>;
  readonly onToggle?: (index: number) => void;
  /**
   * Ticks all rows between two. `fresh` starts a range; one that is not takes the place of the range before, so that
   * going back with Shift gives rows back.
   */
  readonly onExtend?: (from: number, to: number, fresh: boolean) => void;
  /** Ctrl or Cmd A: every row there is, also those that are not loaded. */
  readonly onSelectAll?: () => void;
  readonly onToggleAll?: () => void;
  readonly allSelected?: boolean;
  readonly onOpen?: (row: Row) => void;
  /** F2 or a double click in a cell. */
  readonly onEdit?: (row: Row, columnKey: string) => void;
  readonly onSort?: (key: string, addToOthers: boolean) => void;
  /** Dragged, or fitted to what is drawn of the column by a double click. */
  readonly onResize?: (key: string, width: number) => void;
  /** `key` was dropped before `before`, or at the end. */
  readonly onMove?: (key: string, before: string | undefined) => void;
  readonly testId?: string;
  readonly busy?: boolean;
}
