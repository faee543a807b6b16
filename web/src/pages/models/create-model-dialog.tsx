import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { ApiFailure } from '../../api/client.ts';
import { createModel } from '../../api/model-changes.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/models.ts';
import { nameProblem } from './model-name.ts';
import { NameField } from './name-field.tsx';

/** What the server said of a name, shorter where it is known. */
export function saidOfName(error: unknown): string {
  if (error instanceof ApiFailure && error.code === 'RESOURCE_ALREADY_EXISTS') return text.create.taken;
  return error instanceof Error ? error.message : String(error);
}

export function CreateModelDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const id = useId();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [failure, setFailure] = useState<string>();
  const [saving, setSaving] = useState(false);
  const create = async (): Promise<void> => {
    if (nameProblem(name) !== undefined) {
      setFailure(nameProblem(name));
      return;
    }
    setSaving(true);
    try {
      await createModel(name, description);
      onClose();
      await navigate({ to: '/models/$name', params: { name } });
    } catch (error) {
      setFailure(saidOfName(error));
      setSaving(false);
    }
  };
  return (
    <Dialog title={text.create.title} onClose={onClose}>
      <form
        className="page-form"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <NameField
          label={text.create.name}
          value={name}
          problem={failure}
          onChange={(value) => {
            setName(value);
            setFailure(undefined);
          }}
        />
        <div className="field">
          <label htmlFor={id}>{text.create.description}</label>
          <textarea
            id={id}
            rows={4}
            value={description}
            onChange={(event) => {
              setDescription(event.target.value);
            }}
          />
        </div>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={saving}>
            {text.create.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
