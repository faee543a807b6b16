import { useState } from 'react';
import { renameModel } from '../../api/model-changes.ts';
import type { Model } from '../../api/models.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { showFailure, showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { saidOfName } from './create-model-dialog.tsx';
import { nameProblem } from './model-name.ts';
import { NameField } from './name-field.tsx';

interface RenameDialogProps {
  readonly model: Model;
  readonly onClose: () => void;
  readonly onRenamed: (name: string) => void;
}

export function RenameDialog({ model, onClose, onRenamed }: RenameDialogProps) {
  const { name, aliases } = model;
  const [typed, setTyped] = useState(name);
  const [failure, setFailure] = useState<string>();
  const rename = async (): Promise<void> => {
    if (typed === name || nameProblem(typed) !== undefined) return;
    try {
      await renameModel(name, typed);
    } catch (error) {
      setFailure(saidOfName(error));
      return;
    }
    const back = (): void => {
      renameModel(typed, name).then(() => {
        onRenamed(name);
      }, showFailure);
    };
    showToast({ message: text.rename.done(name, typed), action: { label: common.undo, run: back } });
    onRenamed(typed);
    onClose();
  };
  return (
    <Dialog title={text.rename.title(name)} onClose={onClose}>
      {model.version_count > 0 && (
        <p className="page-warn">
          {text.rename.breaks(name)}{' '}
          {aliases.length > 0 && text.rename.breaksAliases(aliases.map(({ alias }) => `@${alias}`).join(', '))}
        </p>
      )}
      <form
        className="page-form"
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <NameField
          label={text.rename.name}
          value={typed}
          problem={failure}
          onChange={(value) => {
            setTyped(value);
            setFailure(undefined);
          }}
        />
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={typed === name || nameProblem(typed) !== undefined}>
            {text.rename.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
