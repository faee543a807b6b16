import { Menu, MenuItem } from '../../../components/menu.tsx';
import { showFailure, showToast } from '../../../components/toast.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/compare.ts';
import type { ColouredRun } from '../run-head.tsx';

export interface RunActions {
  readonly makeBaseline: (id: string) => void;
  /** To another place among the columns. */
  readonly move: (id: string, place: number) => void;
  readonly remove: (id: string) => void;
  readonly open: (run: ColouredRun) => void;
}

interface RunMenuProps {
  readonly run: ColouredRun;
  readonly place: number;
  readonly runs: number;
  readonly isBaseline: boolean;
  readonly actions: RunActions;
}

export function RunMenu({ run, place, runs, isBaseline, actions }: RunMenuProps) {
  const words = text.run;
  const move = (to: number) => () => {
    actions.move(run.id, to);
  };
  return (
    <Menu icon="more" label={words.menu(run.name)} className="header-menu" tabIndex={-1}>
      <MenuItem
        icon="rows"
        disabled={isBaseline}
        onSelect={() => {
          actions.makeBaseline(run.id);
        }}
      >
        {words.makeBaseline}
      </MenuItem>
      <hr />
      <MenuItem icon="left" disabled={place === 0} onSelect={move(place - 1)}>
        {words.left}
      </MenuItem>
      <MenuItem icon="right" disabled={place === runs - 1} onSelect={move(place + 1)}>
        {words.right}
      </MenuItem>
      <MenuItem icon="pin" disabled={place === 0} onSelect={move(0)}>
        {words.first}
      </MenuItem>
      <hr />
      <MenuItem
        icon="external"
        onSelect={() => {
          actions.open(run);
        }}
      >
        {words.open}
      </MenuItem>
      <MenuItem
        icon="copy"
        onSelect={() => {
          navigator.clipboard.writeText(run.id).then(
            () => {
              showToast({ message: common.copied });
            },
            () => {
              showFailure(new Error(common.cannotCopy));
            },
          );
        }}
      >
        {words.copyId}
      </MenuItem>
      <MenuItem
        icon="close"
        onSelect={() => {
          actions.remove(run.id);
        }}
      >
        {words.remove}
      </MenuItem>
    </Menu>
  );
}
