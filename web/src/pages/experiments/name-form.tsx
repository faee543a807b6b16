import { useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';
import { NameField } from './name-field.tsx';
import { useNameCheck } from './name-check.ts';

interface NameFormProps {
  readonly title: string;
  /** The name as it is, if there is one. */
  readonly before?: string;
  readonly action: string;
  /** Further fields. */
  readonly children?: ReactNode;
  /** Rejects with what is shown. */
  readonly onSave: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** A dialog that asks for the name of an experiment and checks it while it is typed. */
export function NameForm({ title, before = '', action, children, onSave, onClose }: NameFormProps) {
  const [name, setName] = useState(before);
  const [failure, setFailure] = useState<string>();
  const complaint = useNameCheck(name, before);
  const save = async (): Promise<void> => {
    try {
      await onSave(name);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (complaint === undefined) void save();
        }}
      >
        <NameField
          name={name}
          complaint={complaint}
          onName={(next) => {
            setName(next);
            setFailure(undefined);
          }}
        />
        {children}
        {failure !== undefined && complaint === undefined && (
          <p className="field-error" role="alert">
            {failure}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={complaint !== undefined}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
