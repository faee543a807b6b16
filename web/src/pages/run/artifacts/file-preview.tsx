import { useQuery } from '@tanstack/react-query';
import { Component, Suspense, type ComponentType, type ReactNode } from 'react';
import { head } from '../../../api/artifacts.ts';
import { bytes } from '../../../components/format.ts';
import { later } from '../../../components/later.tsx';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { text } from '../../../text/artifacts.ts';
import { ArtifactHeader } from './artifact-header.tsx';
import type { PreviewProps } from './preview-props.ts';
import { kindByBytes, kindByName, sniffedBytes, type Kind } from './preview-kind.ts';

/** Each previewer comes when a file first needs it. */
const previews: Readonly<Record<Kind, ComponentType<PreviewProps>>> = {
  text: later(() => import('./previews/text-preview.tsx'), 'TextPreview'),
  log: later(() => import('./previews/log-preview.tsx'), 'LogPreview'),
  json: later(() => import('./previews/json-preview.tsx'), 'JsonPreview'),
  jsonl: later(() => import('./previews/jsonl-preview.tsx'), 'JsonlPreview'),
  yaml: later(() => import('./previews/yaml-preview.tsx'), 'YamlPreview'),
  markdown: later(() => import('./previews/markdown-preview.tsx'), 'MarkdownPreview'),
  html: later(() => import('./previews/page-preview.tsx'), 'PagePreview'),
  image: later(() => import('./previews/image-preview.tsx'), 'ImagePreview'),
  pdf: later(() => import('./previews/pdf-preview.tsx'), 'PdfPreview'),
  audio: later(() => import('./previews/media-preview.tsx'), 'AudioPreview'),
  video: later(() => import('./previews/media-preview.tsx'), 'VideoPreview'),
  csv: later(() => import('./previews/csv-preview.tsx'), 'CsvPreview'),
  parquet: later(() => import('./previews/parquet-preview.tsx'), 'ParquetPreview'),
  npy: later(() => import('./previews/npy-preview.tsx'), 'NpyPreview'),
  zip: later(() => import('./previews/zip-preview.tsx'), 'ZipPreview'),
  notebook: later(() => import('./previews/notebook-preview.tsx'), 'NotebookPreview'),
  geojson: later(() => import('./previews/geojson-preview.tsx'), 'GeojsonPreview'),
  mlmodel: later(() => import('./previews/mlmodel-preview.tsx'), 'MlmodelPreview'),
  binary: later(() => import('./previews/hex-preview.tsx'), 'HexPreview'),
};

export function FilePreview(props: PreviewProps) {
  const { file } = props;
  return (
    <>
      <ArtifactHeader path={file.path} facts={bytes(file.size)} href={file.url} label={text.download} />
      <PreviewBoundary>
        <Suspense fallback={<Loading />}>
          <Preview {...props} />
        </Suspense>
      </PreviewBoundary>
    </>
  );
}

function Preview(props: PreviewProps) {
  const { file, running } = props;
  const byName = kindByName(file.name);
  const start = useQuery({ ...head(file, sniffedBytes), enabled: byName === undefined && file.size > 0 });
  if (file.size === 0 && !(running && byName === 'log')) return <State title={text.emptyFile} />;
  if (start.isError) return <Failed error={start.error} onRetry={() => void start.refetch()} />;
  const kind = byName ?? (start.data && kindByBytes(start.data.bytes));
  if (!kind) return <Loading />;
  const Previewer = previews[kind];
  return <Previewer {...props} />;
}

/** A file that breaks its previewer breaks nothing else. */
class PreviewBoundary extends Component<{ children: ReactNode }, { failure?: string }> {
  override state: { failure?: string } = {};

  static getDerivedStateFromError(error: unknown): { failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    return this.state.failure === undefined ? (
      this.props.children
    ) : (
      <State title={text.brokenFile(this.state.failure)} />
    );
  }
}
