import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { listing, zipUrl, type Entry } from '../../../api/artifacts.ts';
import { bytes } from '../../../components/format.ts';
import { Icon } from '../../../components/icon.tsx';
import { later } from '../../../components/later.tsx';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { shownName } from '../../../components/shown-name.ts';
import { text } from '../../../text/artifacts.ts';
import { ArtifactHeader } from './artifact-header.tsx';
import { steppedImages } from './stepped-images.ts';

const SteppedView = later(() => import('./previews/stepped-preview.tsx'), 'SteppedPreview');

interface FolderViewProps {
  readonly runId: string;
  readonly entry: Entry;
  readonly onPath: (path: string) => void;
}

/** A longer folder is browsed in the tree, which is virtual. */
const mostListed = 200;

export function FolderView({ runId, entry, onPath }: FolderViewProps) {
  const { data, error, refetch } = useQuery(listing(runId, entry.path));
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const files = data.filter(({ isFolder }) => !isFolder);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const images = steppedImages(data);
  const facts = `${text.items(files.length, data.length - files.length)}${files.length > 0 ? `, ${bytes(size)}` : ''}`;
  return (
    <>
      <ArtifactHeader path={entry.path} facts={facts} href={zipUrl(runId, entry.path)} label={text.downloadZip} />
      {data.length === 0 && <State title={text.emptyFolder} />}
      {images.length > 0 ? (
        <Suspense fallback={<Loading />}>
          <SteppedView runId={runId} images={images} />
        </Suspense>
      ) : (
        <ul className="artifact-list">
          {data.slice(0, mostListed).map((child) => (
            <li key={child.path}>
              <button
                type="button"
                onClick={() => {
                  onPath(child.path);
                }}
              >
                <Icon name={child.isFolder ? 'folder' : 'file'} />
                <span className="ellipsis">{shownName(child.name)}</span>
                {!child.isFolder && <span className="dim number">{bytes(child.size)}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
