import { useState } from 'react';
import type { Capture } from '../../../api/endpoints.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { exactTime, shortNumber } from '../../../components/format.ts';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/endpoints.ts';
import { jsonText } from '../try/predictions.ts';
import { keepRequest } from '../try/use-draft.ts';
import { VersionChip } from '../version-chip.tsx';

interface CaptureDrawerProps {
  readonly endpoint: string;
  readonly capture: Capture | undefined;
  readonly onClose: () => void;
}

/** A captured request and its answer, whole. */
export function CaptureDrawer({ endpoint, capture, onClose }: CaptureDrawerProps) {
  const [, setUrl] = useUrlState();
  return (
    <Dialog title={text.captured.one} kind="drawer" onClose={onClose}>
      {capture ? (
        <>
          <p className="page-line">
            <span>{exactTime(capture.time)}</span>
            <span className={capture.status >= 400 ? 'endpoint-bad' : ''}>{text.attempt.status(capture.status)}</span>
            <span className="number">{text.attempt.milliseconds(shortNumber(capture.latency_ms))}</span>
            {capture.model_uri !== undefined && capture.model_uri !== '' && (
              <VersionChip uri={capture.model_uri} tabIndex={0} />
            )}
          </p>
          <Part title={text.captured.request} value={capture.request} />
          <Part title={text.captured.response} value={capture.response} />
          <div className="actions">
            <Button
              icon="play"
              disabled={capture.request === null}
              onClick={() => {
                keepRequest(endpoint, capture.request);
                setUrl({ tab: 'try', mode: 'json', capture: undefined });
              }}
            >
              {text.captured.again}
            </Button>
          </div>
        </>
      ) : (
        <p>{text.captured.gone}</p>
      )}
    </Dialog>
  );
}

/** A browser draws no more of a text at once. */
const mostShown = 100_000;

function Part({ title, value }: { title: string; value: unknown }) {
  const [whole] = useState(() =>
    value === null ? text.captured.large : typeof value === 'string' ? value : jsonText(value, 2),
  );
  return (
    <section className="page-section" aria-label={title}>
      <h3>{title}</h3>
      <div className="page-code">
        <pre tabIndex={0} role="region" aria-label={title}>
          <code>{whole.length > mostShown ? `${whole.slice(0, mostShown)}…` : whole}</code>
        </pre>
        <CopyButton value={whole} label={text.call.copy(title)} />
      </div>
    </section>
  );
}
