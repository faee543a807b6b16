import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { head } from '../../../../api/artifacts.ts';
import { Failed, Loading } from '../../../../components/page.tsx';
import { text } from '../../../../text/artifacts.ts';
import type { PreviewProps } from '../preview-props.ts';
import { useWanted } from './use-wanted.ts';
import { TooLarge } from './with-text.tsx';

const openedByItself = 20_000_000;

/**
 * In the browser's own viewer, which runs apart from this page. It does not work in a sandboxed frame; the bytes are
 * given to it under a type that we name, so they are never read as a page.
 */
export function PdfPreview({ file }: PreviewProps) {
  const [wanted, setWanted] = useWanted();
  const isShown = file.size <= openedByItself || wanted !== undefined;
  const { data, error, refetch } = useQuery({ ...head(file, file.size), enabled: isShown });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(new Blob([data.bytes], { type: 'application/pdf' }));
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [data]);
  if (!isShown) {
    return (
      <TooLarge
        size={file.size}
        onPreview={() => {
          setWanted('all');
        }}
      />
    );
  }
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (url === undefined) return <Loading />;
  return (
    <>
      <p className="preview-note">{text.pdfNote}</p>
      <iframe className="preview-frame" title={file.name} src={url} />
    </>
  );
}
