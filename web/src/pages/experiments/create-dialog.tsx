import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createExperiment } from '../../api/experiments.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';
import { NameField } from './name-field.tsx';
import { useNameCheck } from './name-check.ts';
import { TagFields, type TagDraft } from './tag-fields.tsx';

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [location, setLocation] = useState('');
  const [tags, setTags] = useState<readonly TagDraft[]>([]);
  const [failure, setFailure] = useState<string>();
  const complaint = useNameCheck(name);
  const save = async (): Promise<void> => {
    try {
      const experimentId = await createExperiment({
        name,
        artifact_location: location.trim() || undefined,
        tags: tags.filter(({ key }) => key !== '').map(({ key, value }) => ({ key, value })),
      });
      onClose();
      const openIt = (): void => void navigate({ to: '/experiments/$experimentId/runs', params: { experimentId } });
      showToast({ message: text.created(name), action: { label: text.openIt, run: openIt } });
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Dialog title={text.form.createTitle} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (complaint === undefined) void save();
        }}
      >
        <NameField name={name} complaint={complaint} onName={setName} />
        <div className="field">
          <label>
            {text.form.location}
            <input
              type="text"
              autoComplete="off"
              spellCheck={false}
              value={location}
              placeholder={text.form.locationHint}
              onChange={(event) => {
                setLocation(event.target.value);
              }}
            />
          </label>
        </div>
        <TagFields tags={tags} onTags={setTags} />
        {failure !== undefined && (
          <p className="field-error" role="alert">
            {failure}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={complaint !== undefined}>
            {common.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
