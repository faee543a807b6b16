import { useState } from 'react';
import type { Endpoint } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/endpoints.ts';
import { serve } from './actions.ts';
import { firstHow, HowFields, sharesOf } from './how-fields.tsx';
import { ModelChoice } from './model-choice.tsx';
import { shortUri } from './served.ts';

/** Puts another version on an endpoint: as a canary, or with all its traffic. */
export function AddVersionDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const [model, setModel] = useState(endpoint.served_models[0]?.model_name ?? '');
  const [uri, setUri] = useState('');
  const [how, setHow] = useState(firstHow);
  const [saving, setSaving] = useState(false);
  const served = endpoint.served_models.map((one) => one.model_uri);
  const put = async (): Promise<void> => {
    setSaving(true);
    const shares = sharesOf(how, endpoint, uri);
    const done = await serve(endpoint.name, shares, endpoint.served_models, text.served.put(shortUri(uri)));
    if (done) onClose();
    else setSaving(false);
  };
  return (
    <Dialog title={text.served.add} onClose={onClose}>
      <form
        className="page-form endpoint-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (uri !== '' && !saving) void put();
        }}
      >
        <ModelChoice model={model} onModel={setModel} uri={uri} onUri={setUri} served={served} />
        <HowFields endpoint={endpoint} uri={uri} how={how} onChange={setHow} />
        <div className="actions">
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={uri === '' || saving}>
            {text.deploy.action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
