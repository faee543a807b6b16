import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ListedExperiment } from '../../api/experiments.ts';
import { Button } from '../../components/button.tsx';
import { Grid } from '../../components/grid/grid.tsx';
import type { Landing } from '../../components/grid/grid-types.ts';
import { landingAfter } from '../../components/grid/use-landing.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import { Failed, Loading, State } from '../../components/page.tsx';
import { useUrlState } from '../../components/url-state.ts';
import { listOfUrl } from '../../components/grid/use-list-begun.ts';
import { text } from '../../text/experiments.ts';
import { deleteWithUndo, restore } from './actions.ts';
import { columnsOf, type RowActions } from './columns.tsx';
import { CreateDialog } from './create-dialog.tsx';
import { DetailsDrawer } from './details-drawer.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { FirstRun } from './first-run.tsx';
import { readListState, sortAfterClick, writeClosed } from './list-state.ts';
import { RenameDialog } from './rename-dialog.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useStarred } from './stars.ts';
import { Toolbar } from './toolbar.tsx';
import type { FolderRow, ListRow } from './tree.ts';
import { useList, type List } from './use-list.ts';
import { useSelection } from './use-selection.ts';
import { useWidth } from './use-width.ts';

const rowHeight = 28;

/** Every experiment, the one with the newest activity first. */
export function ExperimentsPage() {
  const [values, set] = useUrlState();
  const navigate = useNavigate();
  const state = useMemo(() => readListState(values), [values]);
  const starredIds = useStarred();
  const starred = useMemo(() => new Set(starredIds), [starredIds]);
  const list = useList(state, starredIds);
  const selection = useSelection(list.rowAt);
  const [renaming, setRenaming] = useState<ListedExperiment>();
  const [erasing, setErasing] = useState<ListedExperiment>();
  const [box, width] = useWidth<HTMLDivElement>();

  const fold = ({ path, open }: FolderRow): void => {
    const closed = new Set(state.closed);
    if (open) closed.add(path);
    else closed.delete(path);
    set({ closed: writeClosed(closed) });
  };
  const actions: RowActions = {
    onFold: fold,
    onDetails: ({ id }) => set({ details: id }),
    onRename: setRenaming,
    onDelete: (experiments) => void deleteWithUndo(experiments),
    onRestore: (experiments) => void restore(experiments),
    onErase: setErasing,
  };
  const open = (row: ListRow): void => {
    if (row.kind === 'folder') fold(row);
    else if (row.experiment.deleted) actions.onDetails(row.experiment);
    else void navigate({ to: '/experiments/$experimentId/runs', params: { experimentId: row.experiment.id } });
  };
  const [current, setCurrent] = useState(0);
  const [landing, setLanding] = useState<Landing>();
  useHotkeys({ n: { label: text.create, run: () => set({ create: '1' }) } });

  return (
    <div className="experiments">
      <Toolbar state={state} total={list.total} folded={list.folded} set={set} />
      {list.error && list.total !== undefined && (
        <p className="list-note field-error" role="alert">
          {list.error.message}
        </p>
      )}
      {state.deleted && <p className="list-note dim">{text.deletedNote}</p>}
      <div ref={box} className="experiments-table">
        {list.total === undefined ? (
          list.error ? (
            <Failed error={list.error} onRetry={list.retry} />
          ) : (
            <Loading />
          )
        ) : list.rowCount === 0 ? (
          <Nothing words={state.words} deleted={state.deleted} set={set} />
        ) : (
          <Grid
            label={text.label}
            testId="experiments"
            columns={columnsOf(state, starred, actions, width)}
            rowCount={list.rowCount}
            rowAt={list.rowAt}
            keyOf={keyOf}
            nameOf={nameOf}
            rowHeight={rowHeight}
            list={listOfUrl(values, 'view')}
            onCursorRow={setCurrent}
            landing={landing}
            onVisible={list.onVisible}
            selected={checkedRows(list, selection.ids)}
            onToggle={selection.toggle}
            onExtend={selection.extend}
            onOpen={open}
            onSort={(key) => {
              set({ sort: sortAfterClick(state, key) });
            }}
            busy={list.fetching}
          />
        )}
      </div>
      {selection.experiments.length > 0 && (
        <SelectionBar
          selected={selection.experiments}
          starred={starred}
          actions={actions}
          onLeaving={() => {
            setLanding(landingAfter(checkedRows(list, selection.ids), current, { rowAt: list.rowAt, keyOf }));
          }}
          onClear={selection.clear}
        />
      )}
      {isUnused(list, state.words, state.deleted) && <FirstRun />}
      {values['create'] !== undefined && <CreateDialog onClose={() => set({ create: undefined }, { replace: true })} />}
      {values['details'] !== undefined && (
        <DetailsDrawer id={values['details']} onClose={() => set({ details: undefined })} />
      )}
      {erasing && (
        <EraseDialog
          experiment={erasing}
          onClose={() => setErasing(undefined)}
          onErased={() => {
            selection.clear();
            setErasing(undefined);
          }}
        />
      )}
      {renaming && <RenameDialog id={renaming.id} name={renaming.name} onClose={() => setRenaming(undefined)} />}
    </div>
  );
}

function keyOf(row: ListRow): string {
  return row.kind === 'folder' ? `folder ${row.path}` : row.experiment.id;
}

function nameOf(row: ListRow): string {
  return row.kind === 'folder' ? row.path : row.experiment.name;
}

/** Folders show a tick when all in them are ticked. */
function checkedRows({ folded, rowCount, rowAt }: List, ids: ReadonlySet<string>): ReadonlySet<string> {
  if (!folded || ids.size === 0) return ids;
  const checked = new Set(ids);
  for (let i = 0; i < rowCount; i++) {
    const row = rowAt(i);
    if (row?.kind === 'folder' && row.experiments.every(({ id }) => ids.has(id))) checked.add(keyOf(row));
  }
  return checked;
}

/** A new server has one experiment, and nothing in it. */
function isUnused({ total, rowAt }: List, words: string, deleted: boolean): boolean {
  if (words !== '' || deleted || total === undefined || total > 1) return false;
  const row = rowAt(0);
  return row === undefined || (row.kind === 'experiment' && row.experiment.runs === 0);
}

interface NothingProps {
  readonly words: string;
  readonly deleted: boolean;
  readonly set: ReturnType<typeof useUrlState>[1];
}

function Nothing({ words, deleted, set }: NothingProps) {
  if (words !== '') {
    return (
      <State title={text.noMatch(words)}>
        <Button onClick={() => set({ q: undefined })}>{text.clearSearch}</Button>
      </State>
    );
  }
  if (deleted) {
    return (
      <State title={text.noneDeleted}>
        <Button onClick={() => set({ view: undefined })}>{text.showActive}</Button>
      </State>
    );
  }
  return (
    <State title={text.none}>
      <Button kind="primary" icon="plus" onClick={() => set({ create: '1' })}>
        {text.create}
      </Button>
    </State>
  );
}
