/** The files of a run: a tree on the left, what the chosen one holds on the right. The address names the file. */
import { useCallback, useRef } from 'react';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { addressWith, useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/artifacts.ts';
import { ArtifactTree } from './artifact-tree.tsx';
import { ofOneFile } from './one-file.ts';
import { SelectedArtifact } from './selected-artifact.tsx';

export interface ArtifactsTabProps {
  readonly runId: string;
  readonly artifactUri?: string;
}

export function ArtifactsTab({ runId }: ArtifactsTabProps) {
  const [url, setUrl] = useUrlState();
  const path = url['path'] ?? '';
  const filter = useRef<HTMLInputElement>(null);
  const show = useCallback(
    (next: string, options?: { replace?: boolean }) => {
      setUrl({ ...ofOneFile, path: next === '' ? undefined : next }, options);
    },
    [setUrl],
  );

  const addressOf = (next: string): string => addressWith(url, { ...ofOneFile, path: next });

  useHotkeys({
    '/': {
      label: text.filter,
      run: () => {
        filter.current?.focus();
        filter.current?.select();
      },
    },
  });

  return (
    <div className="artifacts">
      <ArtifactTree runId={runId} path={path} onPath={show} filter={filter} />
      <section className="artifact-preview" aria-label={text.preview}>
        <SelectedArtifact key={`${runId} ${path}`} runId={runId} path={path} onPath={show} addressOf={addressOf} />
      </section>
    </div>
  );
}
