import { useState } from 'react';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { showToast } from '../../components/toast.tsx';
import type { UrlValues } from '../../components/url-state.ts';
import { useSmallScreen } from '../../components/use-small-screen.ts';
import { text as work } from '../../text/run-work.ts';
import { text } from '../../text/runs.ts';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { valuesOf, viewOf } from './saved-views.ts';
import { useDefaultView, useSavedViews } from './use-saved-views.ts';

interface ViewsMenuProps {
  readonly experimentId: string;
  readonly values: UrlValues;
  readonly onChange: (change: UrlValues, options?: { replace?: boolean }) => void;
}

/** The views that were saved, which one is open, and whether it was changed since. */
export function ViewsMenu({ experimentId, values, onChange }: ViewsMenuProps) {
  const views = useSavedViews(experimentId, values);
  const small = useSmallScreen();
  // In place of all that is shown.
  const onShow = (view: UrlValues, options?: { replace?: boolean }): void => {
    onChange({ ...Object.fromEntries(Object.keys(values).map((key) => [key, undefined])), ...view }, options);
  };
  useDefaultView(views, values, (view) => {
    onShow(view, { replace: true });
  });
  const [saving, setSaving] = useState(false);
  const { all, current, modified } = views;
  const now = viewOf(values);
  const save = async (name: string, share: boolean): Promise<void> => {
    if (!(await views.save({ name, query: now }, share))) return;
    setSaving(false);
    onChange({ saved: name, default: undefined }, { replace: true });
    showToast({ message: work.views.saved(name) });
  };
  return (
    <span className="views-menu">
      <Menu
        icon="star"
        label={text.views}
        text={small ? undefined : current && shortened(current.name, modified ? 14 : 24)}
      >
        {all.map((view) => (
          <MenuItem
            key={`${views.isPrivate(view) ? 'p' : 's'}${view.name}`}
            checked={view === current}
            onSelect={() => {
              onShow(valuesOf(view));
            }}
          >
            <span className="ellipsis">{view.name}</span>
            {views.isPrivate(view) && <span className="dim">{text.privateView}</span>}
            {views.isDefault(view) && <span className="dim">{work.views.default}</span>}
          </MenuItem>
        ))}
        {all.length > 0 && <hr />}
        {current && modified && small && (
          <>
            <MenuItem onSelect={() => void save(current.name, !views.isPrivate(current))}>
              {work.views.saveOf(current.name)}
            </MenuItem>
            <MenuItem
              onSelect={() => {
                onShow(valuesOf(current));
              }}
            >
              {work.views.resetOf(current.name)}
            </MenuItem>
          </>
        )}
        {current && (
          <>
            <MenuItem
              checked={views.isDefault(current)}
              onSelect={() => {
                views.setDefault(current, !views.isDefault(current));
              }}
            >
              {views.isPrivate(current)
                ? work.views.makeOwnDefault(current.name)
                : work.views.makeDefault(current.name)}
            </MenuItem>
            <MenuItem
              icon="trash"
              danger
              onSelect={() => {
                views.remove(current);
                onChange({ saved: undefined }, { replace: true });
              }}
            >
              {text.deleteView(current.name)}
            </MenuItem>
          </>
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
            onShow(views.hasDefault ? { default: 'off' } : {});
          }}
        >
          {text.resetView}
        </MenuItem>
      </Menu>
      {current && modified && !small && (
        <span className="view-modified dim">
          {work.views.modified}
          <button
            type="button"
            className="link"
            title={work.views.saveOf(current.name)}
            aria-label={work.views.saveOf(current.name)}
            onClick={() => void save(current.name, !views.isPrivate(current))}
          >
            {work.views.save}
          </button>
          <button
            type="button"
            className="link"
            title={work.views.resetOf(current.name)}
            aria-label={work.views.resetOf(current.name)}
            onClick={() => {
              onShow(valuesOf(current));
            }}
          >
            {work.views.reset}
          </button>
        </span>
      )}
      {saving && (
        <SaveViewDialog
          onSave={(name, share) => void save(name, share)}
          onClose={() => {
            setSaving(false);
          }}
        />
      )}
    </span>
  );
}

function shortened(name: string, most: number): string {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
