import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/charts-page.ts';
import type { CardSpec } from '../card-spec.ts';
import { cardTitle } from '../card-title.ts';

interface MoveDialogProps {
  readonly card: CardSpec;
  /** Those that there are. */
  readonly sections: readonly { readonly id: string; readonly name: string }[];
  readonly onMove: (section: string) => void;
  readonly onClose: () => void;
}

/** Another section for a card, which may be a new one. */
export function MoveDialog({ card, sections, onMove, onClose }: MoveDialogProps) {
  const [name, setName] = useState('');
  return (
    <Dialog title={text.moveTitle(cardTitle(card))} onClose={onClose}>
      <ul className="move-choices">
        {sections.map((section) => (
          <li key={section.id}>
            <Button
              kind="quiet"
              icon="folder"
              onClick={() => {
                onMove(section.id);
              }}
            >
              {section.name}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          onMove(name.trim());
        }}
      >
        <label className="field">
          {text.newSection}
          <input
            required
            pattern=".*\S.*"
            maxLength={80}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
            }}
          />
        </label>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary">
            {text.moveIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface RenameDialogProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

export function RenameSectionDialog({ name, onRename, onClose }: RenameDialogProps) {
  const [typed, setTyped] = useState(name);
  return (
    <Dialog title={text.renameTitle(name)} onClose={onClose}>
      <form
        className="ask"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(typed.trim());
        }}
      >
        <label className="field">
          {text.sectionName}
          <input
            maxLength={80}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
            }}
          />
        </label>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button type="submit" kind="primary">
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
