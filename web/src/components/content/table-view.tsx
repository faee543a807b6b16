/** Rows of any number as a table with types, sort and filter. */
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { FindField } from '../find-field.tsx';
import { count, shortNumber } from '../format.ts';
import { Grid } from '../grid/grid.tsx';
import type { GridColumn } from '../grid/grid-types.ts';
import { Numeral } from './numeral.ts';
import { arrange, shown, typeOf, type ColumnType, type TableRows, type TableValue } from './table-view-rows.ts';
import { text } from '../../text/views.ts';

interface TableViewProps {
  readonly label: string;
  readonly columns: readonly { readonly name: string; readonly type?: string | undefined }[];
  readonly rows: TableRows;
  /** What the rows are the first ones of, such as `a file of 80 MB`; undefined where they are all there are. */
  readonly firstOf?: string | undefined;
  readonly filter: string;
  /** A column's place, with a minus before it for descending; '' for the file's own order. */
  readonly sort: string;
  readonly onChange: (change: { filter?: string; sort?: string }) => void;
  readonly extra?: ReactNode;
  /** The address of the image that a value stands for; undefined for what is none. */
  readonly imageOf?: ((value: TableValue) => string | undefined) | undefined;
}

const rowHeight = 26;
const imageHeight = 96;
const numberColumn = '#';
/** Kind and width of each are found before the table stands. */
const mostColumns = 2000;
/** A cell shows no more; nobody reads on in a line. */
const longestCell = 300;
/** What a column is like, and how wide, is told by so many. */
const firstRows = 50;

export function TableView(props: TableViewProps) {
  const { label, columns: all, rows, firstOf, filter, sort, onChange, extra, imageOf = noImage } = props;
  const columns = useMemo(() => all.slice(0, mostColumns), [all]);
  const types = useMemo(() => columns.map((_, i) => typeOf(rows, i)), [columns, rows]);
  const firstWidths = useMemo(() => columns.map((_, i) => widthOf(columns, rows, i)), [columns, rows]);
  const images = useMemo(() => imageColumns(rows, imageOf), [rows, imageOf]);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const wanted = useDeferredValue(filter);
  const places = useMemo(() => {
    const match = /^(-?)(\d+)$/.exec(sort);
    const column = Number(match?.[2] ?? NaN);
    const order = column < columns.length ? { column, descending: match?.[1] === '-' } : undefined;
    return arrange(
      rows,
      columns.map(({ name }) => name),
      wanted,
      order,
    );
  }, [rows, columns, wanted, sort]);

  const gridColumns: GridColumn<number>[] = [
    {
      key: numberColumn,
      title: numberColumn,
      width: 24 + 8 * String(rows.length).length,
      align: 'end',
      sortable: false,
      cell: (place) => <span className="dim">{place + 1}</span>,
    },
    ...columns.map(({ name, type }, i): GridColumn<number> => {
      const kind = types[i] ?? 'text';
      return {
        key: String(i),
        title: name,
        width: widths[i] ?? (images.has(i) ? 140 : (firstWidths[i] ?? 120)),
        align: kind === 'number' ? 'end' : 'start',
        sort: sort === String(i) || sort === `-${i}` ? { descending: sort.startsWith('-'), place: 0 } : undefined,
        headerExtra: <span className="table-type">{type ?? kind}</span>,
        cell: (place) => {
          const value = rows[place]?.[i];
          const image = imageOf(value);
          return image === undefined ? cellOf(value, kind) : <ImageCell url={image} name={`${name} ${place + 1}`} />;
        },
      };
    }),
  ];

  return (
    <div className="table-view">
      <div className="view-bar">
        <FindField
          label={text.filterRows}
          hint={text.filterRowsHint}
          value={filter}
          onType={(typed) => {
            onChange({ filter: typed });
          }}
        />
        <span className="dim" role="status">
          {firstOf === undefined
            ? text.rowsFit(count(places.length), count(rows.length))
            : text.firstRowsFit(count(places.length), count(rows.length), firstOf)}
        </span>
        {all.length > mostColumns && (
          <span className="dim">{text.columnsCut(count(mostColumns), count(all.length))}</span>
        )}
        {extra}
      </div>
      <Grid
        label={label}
        columns={gridColumns}
        pinned={1}
        rowCount={places.length}
        rowAt={(index) => places[index]}
        keyOf={String}
        rowHeight={images.size > 0 ? imageHeight : rowHeight}
        list={JSON.stringify([filter, sort])}
        onSort={(key) => {
          onChange({ sort: sort === key ? `-${key}` : sort === `-${key}` ? '' : key });
        }}
        onResize={(key, width) => {
          setWidths((before) => ({ ...before, [key]: width }));
        }}
      />
    </div>
  );
}

function noImage(): undefined {
  return undefined;
}

/** By the rows that the width is found by. */
function imageColumns(rows: TableRows, imageOf: (value: TableValue) => string | undefined): ReadonlySet<number> {
  const found = rows
    .slice(0, firstRows)
    .map((row) => row.flatMap((value, i) => (imageOf(value) === undefined ? [] : [i])));
  return new Set(found.flat());
}

function ImageCell({ url, name }: { url: string; name: string }) {
  return (
    <a href={url} target="_blank" rel="noreferrer" className="table-image">
      <img src={url} alt={name} loading="lazy" />
    </a>
  );
}

function cellOf(value: TableValue, type: ColumnType): ReactNode {
  const whole = shown(value);
  if (type === 'number' && whole !== '' && !(value instanceof Numeral)) {
    const number = Number(whole);
    const brief = Number.isNaN(number) ? whole : Number.isInteger(number) ? whole : shortNumber(number);
    return <span title={whole === brief ? undefined : whole}>{brief}</span>;
  }
  const cut = whole.length > longestCell ? `${whole.slice(0, longestCell)}…` : whole;
  return cut.length > 20 ? <span title={whole.slice(0, 2000)}>{cut}</span> : cut;
}

function widthOf(columns: TableViewProps['columns'], rows: TableRows, column: number): number {
  let longest = (columns[column]?.name.length ?? 0) + 8;
  for (const row of rows.slice(0, firstRows)) longest = Math.max(longest, Math.min(40, shown(row[column]).length));
  return Math.min(340, Math.max(72, 20 + longest * 7.6));
}
