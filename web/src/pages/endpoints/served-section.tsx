import { useState } from 'react';
import type { Endpoint } from '../../api/endpoints.ts';
import { Button } from '../../components/button.tsx';
import { count } from '../../components/format.ts';
import { text } from '../../text/endpoints.ts';
import { serve } from './actions.ts';
import { AddVersionDialog } from './add-version-dialog.tsx';
import { ServedRow } from './served-row.tsx';
import { alone, sameShares, shortUri, splitText, withShare, type Share } from './served.ts';
import { VersionChip } from './version-chip.tsx';

/** What is wanted of the endpoint, editable, and who answers now. */
export function ServedSection({ endpoint }: { endpoint: Endpoint }) {
  const { name, served_models: wanted, serving } = endpoint;
  const [adding, setAdding] = useState(false);
  const [draft, setDraft] = useState<readonly Share[]>();
  const [saving, setSaving] = useState(false);
  // Somebody else may have changed what is served meanwhile.
  const current = draft?.every(({ model_uri: uri }, i) => wanted[i]?.model_uri === uri) === true ? draft : wanted;
  const changed = !sameShares(current, wanted);
  const save = async (): Promise<void> => {
    setSaving(true);
    if (await serve(name, current, wanted, text.served.split(splitText(current)))) setDraft(undefined);
    setSaving(false);
  };
  const answering = serving.map(({ model_uri: uri }) => uri).join();
  const asWanted = answering === wanted.map((one) => `models:/${one.model_name}/${one.version}`).join();
  return (
    <section className="page-section" aria-label={text.served.title}>
      <div className="page-line">
        <h2>{text.served.title}</h2>
        <span className="spacer" />
        <Button
          icon="plus"
          onClick={() => {
            setAdding(true);
          }}
        >
          {text.served.add}
        </Button>
      </div>
      <ul className="served-models">
        {wanted.map((model, i) => (
          <ServedRow
            key={model.model_uri}
            model={model}
            share={current[i]?.traffic_percentage ?? 0}
            alone={wanted.length === 1}
            told={endpoint.message ?? ''}
            onShare={(share) => {
              setDraft(withShare(current, i, share));
            }}
            onPromote={() => {
              const message = text.served.promoted(shortUri(model.model_uri));
              void serve(name, alone(model.model_uri), wanted, message);
            }}
          />
        ))}
      </ul>
      {changed && (
        <div className="page-line">
          <Button kind="primary" disabled={saving} onClick={() => void save()}>
            {text.served.save}
          </Button>
          <Button
            onClick={() => {
              setDraft(undefined);
            }}
          >
            {text.served.reset}
          </Button>
          <span className="dim" role="status">
            {splitText(current)}
          </span>
        </div>
      )}
      <p className="served-now">
        <span className="dim">{text.served.answering}:</span>
        {serving.length === 0 ? (
          <span className="dim">{text.served.nobody}</span>
        ) : (
          <span className="chips wrap">
            {serving.map(({ model_uri: uri, traffic_percentage: share }) => (
              <VersionChip key={uri} uri={uri} share={share} tabIndex={0} />
            ))}
          </span>
        )}
        {serving.length > 0 && !asWanted && endpoint.state === 'updating' && (
          <span className="dim">{text.served.formerly}</span>
        )}
        {wanted.some(({ restarts = 0 }) => restarts > 0) && (
          <span className="dim">
            {text.served.restarted(count(wanted.reduce((sum, { restarts = 0 }) => sum + restarts, 0)))}
          </span>
        )}
      </p>
      {adding && (
        <AddVersionDialog
          endpoint={endpoint}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </section>
  );
}
