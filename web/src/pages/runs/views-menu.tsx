import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteExperimentTag, experimentQuery, setExperimentTag } from '../../api/experiments.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useKept } from '../../components/kept.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { showFailure } from '../../components/toast.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/runs.ts';
import { viewOf, viewsOf, tagOfView, type SavedView } from './saved-views.ts';

interface ViewsMenuProps {
  readonly experimentId: string;
  readonly values: UrlValues;
  readonly onShow: (view: UrlValues) => void;
}

/** Saved views: shared ones are tags of the experiment, private ones stay in this browser. */
export function ViewsMenu({ experimentId, values, onShow }: ViewsMenuProps) {
  const client = useQueryClient();
  const { data } = useQuery(experimentQuery(experimentId));
  const [mine, keepMine] = useKept<readonly SavedView[]>(`modelyard.views.${experimentId}`, []);
  const [saving, setSaving] = useState(false);
  const shared = viewsOf(data?.tags ?? []);
  const now = viewOf(values);
  const change = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => {
      setSaving(false);
      return client.invalidateQueries({ queryKey: ['experiment', experimentId] });
    },
    onError: showFailure,
  });
  const save = (view: SavedView, share: boolean): void => {
    if (share) {
      change.mutate(() => setExperimentTag(experimentId, tagOfView(view.name), view.query));
    } else {
      keepMine([...mine.filter((other) => other.name !== view.name), view]);
      setSaving(false);
    }
  };
  const remove = (view: SavedView): void => {
    if (mine.includes(view)) keepMine(mine.filter((other) => other !== view));
    else change.mutate(() => deleteExperimentTag(experimentId, tagOfView(view.name)));
  };
  const all = [...shared, ...mine];
  const current = all.find((view) => view.query === now);
  return (
    <>
      <Menu icon="star" label={text.views} text={current?.name}>
        {all.map((view) => (
          <MenuItem
            key={`${shared.includes(view) ? 's' : 'p'}${view.name}`}
            checked={view === current}
            onSelect={() => {
              onShow(Object.fromEntries(new URLSearchParams(view.query)));
            }}
          >
            <span className="ellipsis">{view.name}</span>
            {mine.includes(view) && <span className="dim">{text.privateView}</span>}
          </MenuItem>
        ))}
        {current && (
          <MenuItem
            icon="trash"
            danger
            onSelect={() => {
              remove(current);
            }}
          >
            {text.deleteView(current.name)}
          </MenuItem>
        )}
        <MenuItem
          icon="plus"
          onSelect={() => {
            setSaving(true);
          }}
        >
          {text.saveView}
        </MenuItem>
        <MenuItem
          icon="undo"
          disabled={now === ''}
          onSelect={() => {
            onShow({});
          }}
        >
          {text.resetView}
        </MenuItem>
      </Menu>
      {saving && (
        <SaveView
          onSave={(name, share) => {
            save({ name, query: now }, share);
          }}
          onClose={() => {
            setSaving(false);
          }}
        />
      )}
    </>
  );
}

function SaveView({ onSave, onClose }: { onSave: (name: string, share: boolean) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [share, setShare] = useState(true);
  return (
    <Dialog title={text.saveView} onClose={onClose}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(name.trim(), share);
        }}
      >
        <label className="field">
          {common.name}
          <input
            required
            pattern=".*\S.*"
            maxLength={100}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={share}
            onChange={(event) => {
              setShare(event.target.checked);
            }}
          />
          {text.shareView}
        </label>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary">
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
