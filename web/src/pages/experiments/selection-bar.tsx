import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import type { ListedExperiment } from '../../api/experiments.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { useKeptFocus } from '../../components/kept-focus.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';
import type { RowActions } from './columns.tsx';
import { setStarred } from './stars.ts';

interface SelectionBarProps {
  readonly selected: readonly ListedExperiment[];
  readonly starred: ReadonlySet<string>;
  readonly actions: RowActions;
  /** They are about to leave the list. */
  readonly onLeaving: () => void;
  readonly onClear: () => void;
}

/** What can be done with the ticked rows; also the keyboard's way to what a row's menu offers. */
export function SelectionBar({ selected, starred, actions, onLeaving, onClear }: SelectionBarProps) {
  const navigate = useNavigate();
  const bar = useRef<HTMLDivElement>(null);
  useKeptFocus(bar);
  const [only] = selected;
  if (!only) return null;
  const ids = selected.map(({ id }) => id);
  const single = selected.length === 1 ? only : undefined;
  const allStarred = ids.every((id) => starred.has(id));
  const open = (): void => {
    if (single) void navigate({ to: '/experiments/$experimentId/runs', params: { experimentId: single.id } });
    else void navigate({ to: '/runs', search: { experiments: ids.join() } as never });
  };
  return (
    <div ref={bar} className="selection-bar below-rows" role="group" aria-label={text.selected(ids.length)}>
      <strong role="status">{text.selected(ids.length)}</strong>
      {only.deleted ? (
        <Button
          icon="undo"
          onClick={() => {
            onLeaving();
            actions.onRestore(selected);
            onClear();
          }}
        >
          {common.restore}
        </Button>
      ) : (
        <>
          <Button icon="rows" onClick={open}>
            {single ? text.open : text.openTogether}
          </Button>
          <Button icon="star" onClick={() => setStarred(ids, !allStarred)}>
            {allStarred ? text.unstar : text.star}
          </Button>
        </>
      )}
      {single && (
        <Button icon="file" onClick={() => actions.onDetails(single)}>
          {text.details}
        </Button>
      )}
      {single && !single.deleted && (
        <Button icon="pencil" onClick={() => actions.onRename(single)}>
          {common.rename}
        </Button>
      )}
      {single?.deleted && (
        <Button icon="trash" onClick={() => actions.onErase(single)}>
          {text.erase.open}
        </Button>
      )}
      {!only.deleted && (
        <Button
          icon="trash"
          onClick={() => {
            onLeaving();
            actions.onDelete(selected);
            onClear();
          }}
        >
          {common.delete}
        </Button>
      )}
      <IconButton icon="close" label={text.clear} onClick={onClear} />
    </div>
  );
}
