import { useQuery } from '@tanstack/react-query';
import { fileOf, listing, parentOf, useRunFacts } from '../../../api/artifacts.ts';
import { Button } from '../../../components/button.tsx';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { text } from '../../../text/artifacts.ts';
import { FilePreview } from './file-preview.tsx';
import { FolderView } from './folder-view.tsx';
import type { FileLinks } from './preview-props.ts';

interface SelectedArtifactProps extends FileLinks {
  readonly runId: string;
  readonly path: string;
}

export function SelectedArtifact({ runId, path, ...links }: SelectedArtifactProps) {
  const { onPath } = links;
  const siblings = useQuery(listing(runId, parentOf(path)));
  const facts = useRunFacts(runId);
  if (siblings.isError) return <Failed error={siblings.error} onRetry={() => void siblings.refetch()} />;
  if (siblings.isPending || facts.isPending) return <Loading />;
  if (path === '') {
    const empty = siblings.data.length === 0 && facts.data.models.length === 0;
    return (
      <State title={empty ? text.noneYet : text.chooseFile}>{empty && <p className="dim">{text.noneYetHint}</p>}</State>
    );
  }
  const entry = [...facts.data.models, ...siblings.data].find((one) => one.path === path);
  if (!entry) {
    return (
      <State title={text.gone}>
        <p className="dim">{text.goneHint}</p>
        <Button
          onClick={() => {
            onPath('');
          }}
        >
          {text.showAll}
        </Button>
      </State>
    );
  }
  if (entry.isFolder) return <FolderView runId={runId} entry={entry} onPath={onPath} />;
  return <FilePreview file={fileOf(runId, entry)} siblings={siblings.data} running={facts.data.running} {...links} />;
}
