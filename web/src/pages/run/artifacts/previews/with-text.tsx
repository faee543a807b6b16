import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { head, type ArtifactFile } from '../../../../api/artifacts.ts';
import { Button } from '../../../../components/button.tsx';
import { bytes as sizeOf } from '../../../../components/format.ts';
import { Failed, Loading, State } from '../../../../components/page.tsx';
import { text } from '../../../../text/artifacts.ts';
import { encodingOf } from '../preview-kind.ts';
import { useWanted, type Wanted } from './use-wanted.ts';

export interface LoadedText {
  readonly text: string;
  /** Nothing is left out at the end. */
  readonly complete: boolean;
}

interface WithTextProps {
  readonly file: ArtifactFile;
  /** The previewer can do nothing with a part of the file. */
  readonly whole?: boolean;
  readonly children: (loaded: LoadedText) => ReactNode;
}

/** Larger files are fetched only when asked for. */
const openedByItself = 5_000_000;
const headSize = 1_000_000;
/** The largest file that is parsed as a whole, and the largest that is loaded at all. */
const largestWhole = 64_000_000;
const largestLoaded = 256_000_000;

/** Loads a file as text: small ones at once, of large ones the head, the rest on demand. */
export function WithText({ file, whole = false, children }: WithTextProps) {
  const [wanted, setWanted] = useWanted();
  const size = sizeToLoad(file, whole, wanted);
  const { data, error, refetch } = useQuery({ ...head(file, size), enabled: size > 0 });
  const decoded = useMemo(() => data && decode(data.bytes, data.bytes.length < file.size), [data, file.size]);
  if (size === 0) {
    return (
      <TooLarge
        size={file.size}
        onPreview={() => {
          setWanted('start');
        }}
      />
    );
  }
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (decoded === undefined || !data) return <Loading />;
  const complete = data.bytes.length >= file.size;
  return (
    <>
      {!complete && (
        <p className="preview-note" role="status">
          {text.headShown(sizeOf(data.bytes.length), sizeOf(file.size))}{' '}
          {file.size <= largestLoaded ? (
            <Button
              onClick={() => {
                setWanted('all');
              }}
            >
              {text.loadAll}
            </Button>
          ) : (
            text.tooLargeToLoad
          )}
        </p>
      )}
      {decoded.includes('\ufffd') && <p className="preview-note">{text.wrongUtf8}</p>}
      {children({ text: decoded, complete })}
    </>
  );
}

function sizeToLoad(file: ArtifactFile, whole: boolean, wanted: Wanted): number {
  if (file.size <= openedByItself) return file.size;
  if (wanted === undefined) return 0;
  if (wanted === 'all' && file.size <= largestLoaded) return file.size;
  return whole && file.size <= largestWhole ? file.size : headSize;
}

/** Never fetched on a click alone. */
export function TooLarge({ size, onPreview }: { size: number; onPreview: () => void }) {
  return (
    <State title={text.tooLarge(sizeOf(size))}>
      <p className="dim">{text.tooLargeHint}</p>
      <Button onClick={onPreview}>{text.previewAnyway}</Button>
    </State>
  );
}

/** @param cut a character may be cut in two at the end */
export function decode(bytes: Uint8Array, cut: boolean): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes, { stream: cut });
}
