import { useState } from 'react';
import type { StagedVersion } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { moveStage } from './actions.ts';
import { firstFocus } from '../../components/first-focus.ts';

const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
const active: readonly string[] = ['Staging', 'Production'];

interface StageMenuProps {
  readonly name: string;
  readonly version: string;
  readonly stage: string;
  /** Who is in an active stage; they may be archived when this one takes their place. */
  readonly staged: readonly StagedVersion[];
}

export function StageMenu({ name, version, stage, staged }: StageMenuProps) {
  const [asking, setAsking] = useState<string>();
  const othersIn = (to: string): readonly StagedVersion[] =>
    active.includes(to) ? staged.filter((other) => other.stage === to && other.version !== version) : [];
  const move = (to: string, archived: readonly StagedVersion[]): void => {
    setAsking(undefined);
    void moveStage(name, version, { from: stage, to }, archived);
  };
  const others = othersIn(asking ?? '');
  return (
    <>
      <Menu
        className="stage-menu"
        label={text.stageOf(text.stages[stage] ?? stage, version)}
        text={text.stages[stage] ?? stage}
      >
        {stages
          .filter((to) => to !== stage)
          .map((to) => (
            <MenuItem
              key={to}
              onSelect={() => {
                if (othersIn(to).length > 0) setAsking(to);
                else move(to, []);
              }}
            >
              {text.stages[to]}
            </MenuItem>
          ))}
      </Menu>
      {asking !== undefined && (
        <Dialog
          title={text.archiveTitle(version, asking)}
          onClose={() => {
            setAsking(undefined);
          }}
        >
          <p>{text.archiveAsk(others.map((other) => text.versionNumber(other.version)).join(', '), asking)}</p>
          <div className="actions">
            <Button
              onClick={() => {
                setAsking(undefined);
              }}
            >
              {common.cancel}
            </Button>
            <Button
              onClick={() => {
                move(asking, []);
              }}
            >
              {text.keepOthers}
            </Button>
            <Button
              kind="primary"
              ref={firstFocus}
              onClick={() => {
                move(asking, others);
              }}
            >
              {text.archiveOthers}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
