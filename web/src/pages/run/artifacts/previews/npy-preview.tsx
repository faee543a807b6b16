import { useQuery } from '@tanstack/react-query';
import { readPiece } from '../../../../api/artifacts.ts';
import { count } from '../../../../components/format.ts';
import { Failed, Loading } from '../../../../components/page.tsx';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { HexPreview } from './hex-preview.tsx';
import { readNpy, type NpyArray } from './read-npy.ts';
import { RowsView } from './rows-view.tsx';

export function NpyPreview(props: PreviewProps) {
  const { file } = props;
  const { data, error, refetch } = useQuery({
    queryKey: ['run', file.runId, 'artifacts', 'npy', file.path, file.size],
    gcTime: 20_000,
    structuralSharing: false,
    queryFn: ({ signal }) =>
      readNpy(async (start, end) => (await readPiece(file.url, start, end, signal)).bytes, file.size),
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data === null) return <HexPreview {...props} />;
  return <NpyView name={file.name} array={data} />;
}

export function NpyView({ name, array: data }: { name: string; array: NpyArray }) {
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
          label={name}
          columns={data.columns}
          rows={data.rows}
          firstOf={data.shown < data.total ? count(data.total / data.columns.length) : undefined}
        />
      )}
    </>
  );
}
