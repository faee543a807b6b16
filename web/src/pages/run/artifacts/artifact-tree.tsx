import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { listing, useRunFacts, zipUrl, type Entry } from '../../../api/artifacts.ts';
import { FindField } from '../../../components/find-field.tsx';
import { bytes } from '../../../components/format.ts';
import { Icon } from '../../../components/icon.tsx';
import { Failed, Loading } from '../../../components/page.tsx';
import { TreeList } from '../../../components/content/tree-list.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { shownName } from '../../../components/shown-name.ts';
import { text } from '../../../text/artifacts.ts';
import { ancestorsOf, filteredItems, treeItems, type FileItem } from './tree-items.ts';
import { mostFolders, useAllFolders, useFolders } from './use-folders.ts';

interface ArtifactTreeProps {
  readonly runId: string;
  readonly path: string;
  readonly onPath: (path: string, options?: { replace?: boolean }) => void;
  readonly filter: RefObject<HTMLInputElement | null>;
}

const rowHeight = 26;
const none: readonly Entry[] = [];

export function ArtifactTree({ runId, path, onPath, filter: input }: ArtifactTreeProps) {
  const [url, setUrl] = useUrlState();
  const filter = useDeferredValue(url['files'] ?? '');
  const root = useQuery(listing(runId, ''));
  const { models } = useRunFacts(runId).data;
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(ancestorsOf(path)));
  useEffect(() => {
    setOpen((before) => {
      const missing = ancestorsOf(path).filter((folder) => !before.has(folder));
      return missing.length > 0 ? new Set([...before, ...missing]) : before;
    });
  }, [path]);

  const top = useMemo(() => [...models, ...(root.data ?? none)], [root.data, models]);
  const folders = useMemo(() => [...open], [open]);
  const below = useFolders(runId, folders);
  const all = useAllFolders(runId, top, filter !== '');
  const items = useMemo(
    () => (filter === '' ? treeItems(top, below, open) : filteredItems(top, all.data?.lists ?? below, filter)),
    [top, below, open, filter, all.data],
  );

  /** What arrows came to: one entry of the history goes along with them, the one that was clicked stays. */
  const walked = useRef<string>(undefined);
  const toggle = ({ id, entry }: FileItem): void => {
    if (!entry.isFolder || filter !== '') return;
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  };

  return (
    <nav className="artifact-tree" aria-label={text.artifacts}>
      <div className="view-bar">
        <FindField
          ref={input}
          label={text.filter}
          hint={text.filterHint}
          value={url['files'] ?? ''}
          onType={(typed) => {
            setUrl({ files: typed }, { replace: true });
          }}
        />
        {(root.data?.length ?? 0) > 0 && (
          <a
            className="button quiet square"
            href={zipUrl(runId, '')}
            download
            aria-label={text.downloadZip}
            title={text.downloadZip}
          >
            <Icon name="download" />
          </a>
        )}
      </div>
      {root.isError && <Failed error={root.error} onRetry={() => void root.refetch()} />}
      {root.isPending && <Loading />}
      {items.length > 0 && (
        <TreeList
          label={text.artifacts}
          items={items}
          active={path}
          rowHeight={rowHeight}
          busy={all.isFetching}
          onActive={({ id }, by) => {
            if (id === path) return;
            onPath(id, { replace: by === 'key' && walked.current === path });
            walked.current = by === 'key' ? id : undefined;
          }}
          onToggle={toggle}
          row={(item) => <FileRow entry={item.entry} />}
        />
      )}
      {filter !== '' && (
        <p className="dim artifact-note" role="status">
          {all.isFetching
            ? text.searching
            : items.length === 0
              ? text.nothingFits
              : all.data?.stopped
                ? text.filterStopped(mostFolders)
                : ''}
        </p>
      )}
    </nav>
  );
}

function FileRow({ entry }: { entry: Entry }) {
  const name = shownName(entry.name);
  const isModel = /^models:\/[^/]+$/.test(entry.path);
  return (
    <>
      <Icon name={isModel ? 'models' : entry.isFolder ? 'folder' : 'file'} />
      <span className="ellipsis tree-name" title={name}>
        {name}
      </span>
      {!entry.isFolder && <span className="dim number">{bytes(entry.size)}</span>}
    </>
  );
}
