import { useRef, useState } from 'react';
import type { TableRow } from '../../api/run-table.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { showFailure, showToast } from '../../components/toast.tsx';
import { useMedia } from '../../components/use-media.ts';
import { text as common } from '../../text/common.ts';
import { text as comparing } from '../../text/compare.ts';
import { text as erasing } from '../../text/erase-runs.ts';
import { text as work } from '../../text/run-work.ts';
import { text } from '../../text/runs.ts';
import { AskDialog } from './ask-dialog.tsx';
import { downloadRuns } from './download-runs.ts';
import { EraseRunsDialog } from './erase-runs-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import type { ColumnRef } from './run-query.ts';
import { useBulkChanges } from './use-bulk-changes.ts';

export interface ReadRuns {
  readonly rows: readonly TableRow[];
  readonly columns: readonly ColumnRef[];
}

interface BulkBarProps {
  readonly ids: readonly string[];
  readonly experimentIds: readonly string[];
  readonly deleted: boolean;
  readonly matched: number;
  /** What a file of them holds. */
  readonly read: (ids: readonly string[]) => Promise<ReadRuns>;
  readonly onSelectAll: () => void;
  /** They are about to leave the table. */
  readonly onLeaving?: () => void;
  readonly onClear: () => void;
  readonly onPin: () => void;
  readonly onHide: () => void;
  readonly onBaseline: (id: string) => void;
  readonly onCompare: () => void;
}

type Asking = 'tag' | 'untag' | 'rename' | 'move' | 'erase' | undefined;

/** What can be done with the runs that are selected: one line, on a phone two, the rarer actions in a menu. */
export function BulkBar(props: BulkBarProps) {
  const { ids, deleted, matched, experimentIds, onSelectAll, onClear } = props;
  const changes = useBulkChanges(experimentIds, onClear);
  const [asking, setAsking] = useState<Asking>();
  const bar = useRef<HTMLDivElement>(null);
  useKeptFocus(bar);
  const close = (): void => {
    setAsking(undefined);
  };
  const ask = (what: Asking) => () => {
    setAsking(what);
  };
  const roomy = useMedia('(width >= 900px)');
  // With less than two ticked it is the key of a run's colour.
  useHotkeys(ids.length < 2 ? {} : { c: { label: comparing.key, run: props.onCompare } });
  const [only] = ids.length === 1 ? ids : [];
  const copyIds = (): void => {
    navigator.clipboard.writeText(ids.join('\n')).then(
      () => {
        showToast({ message: common.copied });
      },
      () => {
        showFailure(new Error(common.cannotCopy));
      },
    );
  };
  const download = (kind: 'csv' | 'json') => (): void => {
    props.read(ids).then(({ rows, columns }) => {
      downloadRuns(rows, columns, kind);
    }, showFailure);
  };
  const { progress } = changes;
  return (
    <>
      <div ref={bar} className="bulk-bar below-rows" role="toolbar" aria-label={text.selected(count(ids.length))}>
        <strong>{text.selected(count(ids.length))}</strong>
        {ids.length < matched && (
          <Button kind="quiet" className="select-all" onClick={onSelectAll}>
            {text.selectAllMatching(count(matched))}
          </Button>
        )}
        <Button {...(roomy && { icon: 'columns' })} title={comparing.key} onClick={props.onCompare}>
          {comparing.compare}
        </Button>
        {deleted ? (
          <>
            <Button
              icon="undo"
              onClick={() => {
                props.onLeaving?.();
                changes.restore(ids);
              }}
            >
              {text.bulkRestore}
            </Button>
            {roomy && (
              <Button icon="trash" onClick={ask('erase')}>
                {erasing.open}
              </Button>
            )}
          </>
        ) : (
          <>
            <Button
              icon="trash"
              onClick={() => {
                props.onLeaving?.();
                changes.remove(ids);
              }}
            >
              {text.bulkDelete}
            </Button>
            {roomy && (
              <>
                <Button icon="tag" onClick={ask('tag')}>
                  {text.bulkTag}
                </Button>
                <Button icon="folder" onClick={ask('move')}>
                  {work.move}
                </Button>
              </>
            )}
          </>
        )}
        <Menu icon="more" label={work.more} text={roomy ? common.more : undefined}>
          {deleted && !roomy && (
            <MenuItem icon="trash" danger onSelect={ask('erase')}>
              {erasing.open}
            </MenuItem>
          )}
          {!deleted && (
            <>
              {only !== undefined && (
                <MenuItem icon="pencil" onSelect={ask('rename')}>
                  {text.bulkRename}
                </MenuItem>
              )}
              {!roomy && (
                <MenuItem icon="tag" onSelect={ask('tag')}>
                  {text.bulkTag}
                </MenuItem>
              )}
              <MenuItem icon="close" onSelect={ask('untag')}>
                {text.bulkUntag}
              </MenuItem>
              {!roomy && (
                <MenuItem icon="folder" onSelect={ask('move')}>
                  {work.move}
                </MenuItem>
              )}
              {only !== undefined && (
                <MenuItem
                  icon="rows"
                  onSelect={() => {
                    props.onBaseline(only);
                  }}
                >
                  {text.baseline}
                </MenuItem>
              )}
              <MenuItem icon="pin" onSelect={props.onPin}>
                {text.pinnedRows}
              </MenuItem>
            </>
          )}
          <MenuItem icon="eye-off" onSelect={props.onHide}>
            {work.hide}
          </MenuItem>
          <MenuItem icon="copy" onSelect={copyIds}>
            {text.copyIds}
          </MenuItem>
          <MenuItem icon="download" onSelect={download('csv')}>
            {text.downloadCsv}
          </MenuItem>
          <MenuItem icon="download" onSelect={download('json')}>
            {text.downloadJson}
          </MenuItem>
        </Menu>
        <span className="spacer" />
        {progress !== undefined && <span role="status">{text.progress(count(progress), count(ids.length))}</span>}
        <IconButton icon="close" label={text.clearSelection} onClick={onClear} />
      </div>
      {asking === 'tag' && (
        <AskDialog
          title={text.bulkTag}
          fields={[text.tagKey, text.tagValue]}
          onClose={close}
          onSave={([key = '', value = '']) => {
            close();
            changes.tag(ids, key, value);
          }}
        />
      )}
      {asking === 'untag' && (
        <AskDialog
          title={text.bulkUntag}
          fields={[text.tagKey]}
          onClose={close}
          onSave={([key = '']) => {
            close();
            changes.untag(ids, key);
          }}
        />
      )}
      {asking === 'rename' && only !== undefined && (
        <AskDialog
          title={text.bulkRename}
          fields={[text.newName]}
          onClose={close}
          onSave={([name = '']) => {
            close();
            changes.rename(only, name.trim());
          }}
        />
      )}
      {asking === 'erase' && (
        <EraseRunsDialog
          ids={ids}
          onClose={close}
          onErased={() => {
            props.onLeaving?.();
            onClear();
          }}
        />
      )}
      {asking === 'move' && (
        <MoveDialog
          runs={ids.length}
          from={experimentIds.length === 1 ? experimentIds[0] : undefined}
          onClose={close}
          onMove={(target) => {
            close();
            props.onLeaving?.();
            changes.move(ids, target);
          }}
        />
      )}
    </>
  );
}
