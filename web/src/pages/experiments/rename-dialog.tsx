import { renameExperiment } from '../../api/experiments.ts';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';
import { NameForm } from './name-form.tsx';

interface RenameDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function RenameDialog({ id, name: before, onClose }: RenameDialogProps) {
  const rename = async (name: string): Promise<void> => {
    if (name !== before) await renameExperiment(id, name);
    onClose();
  };
  return (
    <NameForm title={text.form.renameTitle} before={before} action={common.rename} onSave={rename} onClose={onClose} />
  );
}
