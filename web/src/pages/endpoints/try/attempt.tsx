import { useRef, useState, type KeyboardEvent } from 'react';
import type { Endpoint } from '../../../api/endpoints.ts';
import { jsonOf } from '../../../api/invocations.ts';
import { Button } from '../../../components/button.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/endpoints.ts';
import type { Signature } from '../../models/signature.ts';
import { AnswerView } from './answer-view.tsx';
import { isTensor } from './example.ts';
import { JsonForm } from './json-form.tsx';
import { Outcome } from './outcome.tsx';
import { predictionsOf } from './predictions.ts';
import { RowForm } from './row-form.tsx';
import { rowsOf } from './rows.ts';
import { bodyOfDraft, draftOfRequest, mostColumns, useRequestDraft } from './use-draft.ts';
import { useSending } from './use-sending.ts';

interface AttemptProps {
  readonly endpoint: Endpoint;
  /** Whose signature it is. */
  readonly version: string;
  readonly request: unknown;
  readonly signature: Signature | undefined;
}

/** Why there is no form; undefined when there is one. */
function noForm(signature: Signature | undefined): string | undefined {
  const inputs = signature?.inputs ?? [];
  if (inputs.length === 0) return text.attempt.noSignature;
  if (inputs.some(isTensor)) return text.attempt.tensors;
  return inputs.length > mostColumns ? text.attempt.manyColumns(String(inputs.length)) : undefined;
}

function hintOf({ serving, state }: Endpoint): string {
  if (serving.length > 0) return `${text.attempt.keys}. ${text.attempt.counts}`;
  return state === 'pending' ? text.attempt.waits : text.attempt.nobody;
}

export function Attempt({ endpoint, version, request, signature }: AttemptProps) {
  const [url, setUrl] = useUrlState();
  const form = useRef<HTMLFormElement>(null);
  const [draft, change] = useRequestDraft(endpoint.name, request, signature);
  const sending = useSending(endpoint.invocations_path);
  /** What was not sent, as a field of it is wrong. */
  const [refused, setRefused] = useState<string>();
  const why = noForm(signature);
  const asForm = why === undefined && url['mode'] !== 'json';
  const typed = jsonOf(draft.body);
  const fits = why === undefined && rowsOf(typed, signature?.inputs ?? []) !== undefined;
  const body = asForm && signature ? bodyOfDraft(draft, signature) : draft.body;
  const { answer } = sending;
  const stale = answer !== undefined && answer.body !== body;
  const predictions = asForm && !stale ? predictionsOf(answer?.invocation.json, draft.rows.length) : undefined;
  const good = answer !== undefined && answer.invocation.status < 400;

  const send = (): void => {
    const wrong = form.current?.querySelector<HTMLElement>('.cell-field [aria-invalid=true]');
    setRefused(wrong ? body : undefined);
    if (wrong) {
      wrong.focus();
      sending.forget();
    } else {
      sending.send(body);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const show = (mode: 'form' | 'json'): void => {
    // What was written goes along.
    if (mode === 'json' && asForm) change({ body });
    else if (mode === 'form' && !asForm && fits) change(draftOfRequest(typed, signature));
    setUrl({ mode: mode === 'json' ? 'json' : undefined });
  };

  return (
    <form
      ref={form}
      className="try"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="try-bar">
        {why === undefined && (
          <div className="segments" role="group" aria-label={text.attempt.mode}>
            <Button aria-pressed={asForm} disabled={!asForm && !fits} onClick={() => show('form')}>
              {text.attempt.form}
            </Button>
            <Button aria-pressed={!asForm} onClick={() => show('json')}>
              {text.attempt.json}
            </Button>
          </div>
        )}
        <span className="dim">{why ?? text.attempt.signatureOf(version)}</span>
        <span className="spacer" />
        <Button icon="undo" onClick={() => change(draftOfRequest(request, signature))}>
          {text.attempt.example}
        </Button>
      </div>
      {asForm && signature ? (
        <RowForm signature={signature} draft={draft} predictions={good ? predictions : undefined} onChange={change} />
      ) : (
        <JsonForm
          value={draft.body}
          note={typed === undefined ? text.attempt.notJson : why === undefined && !fits ? text.attempt.notRows : ''}
          onChange={(next) => {
            change({ body: next });
          }}
        />
      )}
      <div className="try-send">
        <Button kind="primary" icon="play" type="submit" disabled={sending.waiting}>
          {text.attempt.send}
        </Button>
        {sending.waiting && <Button onClick={sending.cancel}>{text.attempt.cancel}</Button>}
        <Outcome sending={sending} stale={stale} hint={refused === body ? text.attempt.notSent : hintOf(endpoint)} />
      </div>
      <AnswerView sending={sending} beside={predictions !== undefined} />
    </form>
  );
}
