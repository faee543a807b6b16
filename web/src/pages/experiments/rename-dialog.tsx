import { useState } from 'react';
import { renameExperiment } from '../../api/experiments.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';
import { NameField } from './name-field.tsx';
import { useNameCheck } from './name-check.ts';

interface RenameDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function RenameDialog({ id, name: before, onClose }: RenameDialogProps) {
  const [name, setName] = useState(before);
  const [failure, setFailure] = useState<string>();
  const complaint = useNameCheck(name, before);
  const save = async (): Promise<void> => {
    try {
      if (name !== before) await renameExperiment(id, name);
      onClose();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog title={text.form.renameTitle} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (complaint === undefined) void save();
        }}
      >
        <NameField name={name} complaint={complaint} onName={setName} />
        {failure !== undefined && (
          <p className="field-error" role="alert">
            {failure}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={complaint !== undefined}>
            {common.rename}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
