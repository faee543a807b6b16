import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ArtifactFile } from '../../../../api/artifacts.ts';
import { readPiece } from '../../../../api/artifacts.ts';
import { Button } from '../../../../components/button.tsx';
import { count } from '../../../../components/format.ts';
import { Failed, Loading, State } from '../../../../components/page.tsx';
import type { TableRows, TableValue } from '../../../../components/content/table-view-rows.ts';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { asStored, isReadable, parsers, typeName, writerOf } from './parquet-values.ts';
import { RowsView } from './rows-view.tsx';

/** Of a larger file the first rows are read, the others when asked for. */
const readAsWhole = 20_000_000;
const rowsAtFirst = 10_000;
const mostRows = 2_000_000;

export function ParquetPreview({ file }: PreviewProps) {
  const [wanted, setWanted] = useState(file.size <= readAsWhole ? mostRows : rowsAtFirst);
  const { data, error, isFetching } = useQuery<Parquet>({
    queryKey: ['run', file.runId, 'artifacts', 'parquet', file.path, file.size, wanted],
    gcTime: 20_000,
    retry: false,
    structuralSharing: false,
    placeholderData: (before) => before,
    queryFn: ({ signal }) => readParquet(file, wanted, signal),
  });
  if (error && !isFetching) return <State title={text.brokenFile(error.message.slice(0, 300))} />;
  if (!data) return error ? <Failed error={error} /> : <Loading />;
  const { columns, rows, total } = data;
  const isPart = rows.length < total;
  const more = isPart && rows.length < mostRows && (
    <Button
      disabled={isFetching}
      onClick={() => {
        setWanted(Math.min(mostRows, total));
      }}
    >
      {total > mostRows ? text.loadRows(count(mostRows)) : text.loadAll}
    </Button>
  );
  const firstOf = isPart ? count(total) : undefined;
  return <RowsView label={file.name} columns={columns} rows={rows} firstOf={firstOf} extra={more} />;
}

interface Parquet {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: TableRows;
  readonly total: number;
}

/** Reads the parts of the file that the rows need, and unpacks them here. */
async function readParquet({ url, size }: ArtifactFile, most: number, signal: AbortSignal): Promise<Parquet> {
  const [{ parquetMetadataAsync, parquetRead, parquetSchema }, { compressorsOf }] = await Promise.all([
    import('hyparquet'),
    import('./parquet-codecs.ts'),
  ]);
  const file = {
    byteLength: size,
    slice: async (start: number, end = size) => {
      const from = start < 0 ? size + start : start;
      return (await readPiece(url, from, end, signal)).bytes.buffer;
    },
  };
  const metadata = await parquetMetadataAsync(file);
  const fields = parquetSchema(metadata).children;
  const columns = fields.map((field) => ({ name: field.element.name, type: typeName(field) }));
  const total = Number(metadata.num_rows);
  let rows: TableRows = [];
  await parquetRead({
    file,
    metadata: asStored(metadata),
    parsers,
    rowEnd: Math.min(most, total),
    compressors: await compressorsOf(metadata),
    utf8: false,
    onComplete: (read: TableRows) => {
      const writers = fields.map((field, i) =>
        writerOf(
          field,
          read.every((row) => isReadable(row[i])),
        ),
      );
      rows = writers.some(Boolean)
        ? read.map((row) => row.map((value, i) => (writers[i] ? (writers[i](value) as TableValue) : value)))
        : read;
    },
  });
  return { columns, rows, total };
}
