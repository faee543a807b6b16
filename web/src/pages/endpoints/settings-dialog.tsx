import { useState } from 'react';
import type { Endpoint } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/endpoints.ts';
import { changeSettings } from './actions.ts';
import { SettingsFields } from './settings-fields.tsx';
import { changeOf, draftOfEndpoint, isGood } from './settings.ts';

export function SettingsDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const [before] = useState(() => draftOfEndpoint(endpoint));
  const [draft, setDraft] = useState(before);
  const [saving, setSaving] = useState(false);
  const change = changeOf(draft, before);
  const good = isGood(draft) && Object.keys(change).length > 0 && !saving;
  const save = async (): Promise<void> => {
    setSaving(true);
    if (await changeSettings(endpoint.name, change, changeOf(before, draft))) onClose();
    else setSaving(false);
  };
  return (
    <Dialog title={text.form.title(endpoint.name)} onClose={onClose}>
      <form
        className="page-form endpoint-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (good) void save();
        }}
      >
        <SettingsFields draft={draft} onChange={setDraft} />
        <p className="dim endpoint-hint">{text.form.restarts}</p>
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={!good}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
