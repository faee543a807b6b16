import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createExperiment } from '../../api/experiments.ts';
import { showToast } from '../../components/toast.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/experiments.ts';
import { NameForm } from './name-form.tsx';
import { TagFields, type TagDraft } from './tag-fields.tsx';

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [location, setLocation] = useState('');
  const [tags, setTags] = useState<readonly TagDraft[]>([]);
  const create = async (name: string): Promise<void> => {
    const experimentId = await createExperiment({
      name,
      artifact_location: location.trim() || undefined,
      tags: tags.filter(({ key }) => key !== '').map(({ key, value }) => ({ key, value })),
    });
    onClose();
    const openIt = (): void => void navigate({ to: '/experiments/$experimentId/runs', params: { experimentId } });
    showToast({ message: text.created(name), action: { label: text.openIt, run: openIt } });
  };
  return (
    <NameForm title={text.form.createTitle} action={common.create} onSave={create} onClose={onClose}>
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
    </NameForm>
  );
}
