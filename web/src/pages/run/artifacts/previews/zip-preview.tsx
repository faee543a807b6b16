import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { count } from '../../../../components/format.ts';
import { Failed, Loading } from '../../../../components/page.tsx';
import { useUrlState } from '../../../../components/url-state.ts';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { HexPreview } from './hex-preview.tsx';
import { NpyView } from './npy-preview.tsx';
import { mostArrays, readZip, readZippedArray, type ZipFile } from './read-zip.ts';
import { RowsView } from './rows-view.tsx';
import type { ZipEntry } from './zip.ts';

/** What an archive lists; of arrays (`.npz`) their shapes, and one's values. */
export function ZipPreview(props: PreviewProps) {
  const { file } = props;
  const [url] = useUrlState();
  const { data, error, refetch } = useQuery({
    queryKey: ['run', file.runId, 'artifacts', 'zip', file.path, file.size],
    gcTime: 20_000,
    structuralSharing: false,
    queryFn: ({ signal }) => readZip(file, signal),
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data === null) {
    return (
      <>
        <p className="preview-note" role="status">
          {text.damagedArchive}
        </p>
        <HexPreview {...props} />
      </>
    );
  }
  const arrays = [...data.headers.keys()];
  const chosen = arrays.find(({ name }) => name === url['entry']);
  return (
    <>
      {arrays.length > 0 && <ArrayChoice arrays={arrays} chosen={chosen} all={data.arrays} />}
      {chosen ? (
        <ZippedArray key={chosen.name} {...props} entry={chosen} />
      ) : (
        <EntryTable name={file.name} data={data} />
      )}
    </>
  );
}

const longestOption = 200;

interface ArrayChoiceProps {
  readonly arrays: readonly ZipEntry[];
  readonly chosen: ZipEntry | undefined;
  readonly all: number;
}

function ArrayChoice({ arrays, chosen, all }: ArrayChoiceProps) {
  const [, setUrl] = useUrlState();
  const id = useId();
  return (
    <div className="preview-facts archive-choice">
      <label htmlFor={id}>{text.show}</label>
      <select
        id={id}
        value={chosen?.name ?? ''}
        onChange={({ target }) => {
          setUrl({ entry: target.value, rows: undefined, order: undefined });
        }}
      >
        <option value="">{text.allEntries}</option>
        {arrays.map(({ name }, i) => (
          <option key={i} value={name}>
            {name.slice(0, longestOption)}
          </option>
        ))}
      </select>
      {all > mostArrays && <span className="dim">{text.arraysLooked(count(mostArrays), count(all))}</span>}
    </div>
  );
}

function ZippedArray({ file, entry }: PreviewProps & { entry: ZipEntry }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['run', file.runId, 'artifacts', 'zip', file.path, file.size, entry.offset],
    gcTime: 20_000,
    retry: false,
    structuralSharing: false,
    queryFn: ({ signal }) => readZippedArray(file, entry, signal),
  });
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return data === undefined ? <Loading /> : <p className="preview-note">{text.damagedEntry}</p>;
  return <NpyView name={entry.name} array={data} />;
}

function EntryTable({ name, data }: { name: string; data: ZipFile }) {
  const { columns, rows } = useMemo(() => tableOf(data), [data]);
  const firstOf = rows.length < data.count ? count(data.count) : undefined;
  return <RowsView label={name} columns={columns} rows={rows} firstOf={firstOf} />;
}

function tableOf({ entries, headers }: ZipFile) {
  const hasArrays = headers.size > 0;
  const columns = [
    { name: text.entryName },
    ...(hasArrays ? [{ name: text.shape }, { name: text.dtype }] : []),
    { name: text.entrySize, type: text.inBytes },
    { name: text.entryPacked, type: text.inBytes },
    { name: text.entryModified },
  ];
  const rows = entries.map((entry) => {
    const header = headers.get(entry);
    const array = header ? [`(${header.shape.join(', ')})`, header.descr] : ['', ''];
    return [entry.name, ...(hasArrays ? array : []), entry.size, entry.packed, entry.modified];
  });
  return { columns, rows };
}
