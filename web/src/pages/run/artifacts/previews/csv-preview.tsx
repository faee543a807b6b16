import { useQuery } from '@tanstack/react-query';
import { bytes as sizeOf } from '../../../../components/format.ts';
import { Loading } from '../../../../components/page.tsx';
import { text as words } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { parseDelimited } from './delimited.ts';
import { RowsView } from './rows-view.tsx';
import { TextView } from '../../../../components/content/text-view.tsx';
import { useViewAs } from './view-as.tsx';
import { WithText, type LoadedText } from './with-text.tsx';

export function CsvPreview({ file }: PreviewProps) {
  return (
    <WithText file={file}>
      {(loaded) => <CsvText id={`${file.runId} ${file.path}`} name={file.name} size={file.size} {...loaded} />}
    </WithText>
  );
}

function CsvText({ id, name, size, text, complete }: LoadedText & { id: string; name: string; size: number }) {
  const { data } = useQuery({
    queryKey: ['artifact-csv', id, text.length],
    gcTime: 20_000,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const { names, rows } = await parseDelimited(text, signal);
      // Of a part of a file, the last row may be a part of a row.
      return { columns: names.map((column) => ({ name: column })), rows: complete ? rows : rows.slice(0, -1) };
    },
  });
  const [as, choice] = useViewAs([
    { key: 'table', label: words.asTable },
    { key: 'text', label: words.asText },
  ]);
  if (as === 'text') return <TextView name={name} text={text} extra={choice} />;
  if (!data) return <Loading />;
  const firstOf = complete ? undefined : words.aFileOf(sizeOf(size));
  return <RowsView label={name} columns={data.columns} rows={data.rows} firstOf={firstOf} extra={choice} />;
}
