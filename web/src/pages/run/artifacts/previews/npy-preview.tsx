import { useQuery } from '@tanstack/react-query';
import { readPiece, type ArtifactFile } from '../../../../api/artifacts.ts';
import { count } from '../../../../components/format.ts';
import { Failed, Loading } from '../../../../components/page.tsx';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { HexPreview } from './hex-preview.tsx';
import { inOrderOfC, itemSize, longestHeader, npyHeader, npyValues } from './npy.ts';
import { RowsView } from './rows-view.tsx';

const valuesShown = 100_000;
const mostColumns = 200;
/** In Fortran order the first rows lie all over the file: it is read as a whole, if it has no more values. */
const mostReordered = 1_000_000;

export function NpyPreview(props: PreviewProps) {
  const { file } = props;
  const { data, error, refetch } = useQuery({
    queryKey: ['run', file.runId, 'artifacts', 'npy', file.path, file.size],
    gcTime: 20_000,
    structuralSharing: false,
    queryFn: ({ signal }) => readNpy(file, signal),
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data === null) return <HexPreview {...props} />;
  return (
    <>
      <dl className="preview-facts">
        <dt>{text.shape}</dt>
        <dd className="number">{`(${data.shape.join(', ')})`}</dd>
        <dt>{text.dtype}</dt>
        <dd className="number">{data.descr}</dd>
        {!data.readable && <dd className="dim">{text.typeNotShown}</dd>}
        {data.readable && data.shown < data.total && (
          <dd className="dim">{text.firstValues(count(data.shown), count(data.total))}</dd>
        )}
        {data.asStored && <dd className="dim">{text.fortranOrder}</dd>}
      </dl>
      {data.rows.length > 0 && (
        <RowsView
          label={file.name}
          columns={data.columns}
          rows={data.rows}
          firstOf={data.shown < data.total ? count(data.total / data.columns.length) : undefined}
        />
      )}
    </>
  );
}

/** Null for a file that is none. The values of the last axis stand side by side. */
async function readNpy(file: ArtifactFile, signal: AbortSignal) {
  const { bytes } = await readPiece(file.url, 0, Math.min(file.size, longestHeader), signal);
  const header = npyHeader(bytes);
  if (!header) return null;
  const { shape, descr, offset, fortran } = header;
  const total = shape.reduce((product, length) => product * length, 1);
  const isFortran = fortran && shape.length > 1;
  const reorders = isFortran && total <= mostReordered;
  const asStored = isFortran && !reorders;
  const last = shape.length > 1 && !asStored ? (shape.at(-1) ?? 1) : 1;
  const width = last > 0 && last <= mostColumns ? last : 1;
  const size = itemSize(descr);
  const shown = size === undefined ? 0 : Math.min(total, Math.floor(valuesShown / width) * width);
  const read = reorders ? total : shown;
  const piece =
    shown > 0 && size !== undefined ? await readPiece(file.url, offset, offset + read * size, signal) : undefined;
  const stored = piece ? npyValues(header, piece.bytes) : [];
  const values = reorders ? inOrderOfC(stored, shape, shown) : stored;
  const rows = Array.from({ length: Math.ceil(values.length / width) }, (_, i) =>
    values.slice(i * width, (i + 1) * width),
  );
  const columns = Array.from({ length: width }, (_, i) => ({ name: String(i) }));
  return { shape, descr, total, shown, readable: size !== undefined, asStored, rows, columns };
}
