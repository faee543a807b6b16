import { useMemo } from 'react';
import type { ColumnProfile } from '../../api/automl-rules.ts';
import { count, shortNumber } from '../../components/format.ts';
import { Grid } from '../../components/grid/grid.tsx';
import type { GridColumn } from '../../components/grid/grid-types.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text as words } from '../../text/automl-words.ts';
import { text } from '../../text/automl.ts';
import { shareText } from './share-text.ts';

interface ColumnTableProps {
  readonly columns: readonly ColumnProfile[];
  readonly target: string;
  readonly rows: number;
}

/** Each column of the data: what it holds, what it is taken for, and why it is left out. */
export function ColumnTable({ columns, target, rows }: ColumnTableProps) {
  const narrow = useSmallScreen();
  const shown = useMemo(() => gridColumns(target, rows), [target, rows]);
  return (
    <Grid
      label={text.data.table}
      columns={shown}
      pinned={narrow ? 0 : 1}
      rowCount={columns.length}
      rowAt={(index) => columns[index]}
      keyOf={({ name }) => name}
      rowHeight={28}
    />
  );
}

function gridColumns(target: string, rows: number): readonly GridColumn<ColumnProfile>[] {
  const plain = { sortable: false } as const;
  const number = (value: number | undefined) =>
    value !== undefined && <span title={String(value)}>{shortNumber(value)}</span>;
  return [
    {
      ...plain,
      key: 'name',
      title: text.data.column,
      width: 200,
      cell: ({ name }) => <span title={name}>{name}</span>,
    },
    {
      ...plain,
      key: 'used',
      title: text.data.used,
      width: 220,
      cell: ({ name, used, reason }) =>
        name === target ? (
          <strong>{text.data.isTarget}</strong>
        ) : used ? (
          text.data.yes
        ) : (
          <span className="dim" title={reason}>
            {reason === undefined ? text.data.no : `${text.data.no}: ${reason}`}
          </span>
        ),
    },
    {
      ...plain,
      key: 'taken',
      title: text.data.taken,
      width: 110,
      cell: ({ semantic }) => words.semantic[semantic] ?? semantic,
    },
    { ...plain, key: 'type', title: text.data.type, width: 96, cell: ({ type }) => <code>{type}</code> },
    {
      ...plain,
      key: 'missing',
      title: text.data.missing,
      width: 110,
      align: 'end',
      cell: ({ missing }) => (missing === 0 ? <span className="dim">0</span> : shareText(missing, rows)),
    },
    { ...plain, key: 'unique', title: text.data.unique, width: 90, align: 'end', cell: ({ unique }) => count(unique) },
    { ...plain, key: 'min', title: text.data.minimum, width: 96, align: 'end', cell: ({ min }) => number(min) },
    { ...plain, key: 'mean', title: text.data.mean, width: 96, align: 'end', cell: ({ mean }) => number(mean) },
    { ...plain, key: 'max', title: text.data.maximum, width: 96, align: 'end', cell: ({ max }) => number(max) },
    {
      ...plain,
      key: 'examples',
      title: text.data.examples,
      width: 320,
      cell: ({ examples }) => <span title={examples.join(', ')}>{examples.join(', ')}</span>,
    },
  ];
}
