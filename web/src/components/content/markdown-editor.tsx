import { useId, useState, type KeyboardEvent } from 'react';
import { Button, ToggleButton } from '../button.tsx';
import { baseOf, draftOf, keepDraft } from '../draft.ts';
import { MarkdownChanged } from './markdown-changed.tsx';
import { Markdown } from './markdown.tsx';
import { text as common } from '../../text/common.ts';
import { text } from '../../text/markdown.ts';

interface MarkdownEditorProps {
  /** What the text is, such as "Description". */
  readonly label: string;
  readonly value: string;
  /** What it is about, such as `run ID`: its draft is kept under this name. */
  readonly subject: string;
  /** Rejects when it could not be saved; the editor then stays open with the text. */
  readonly onSave: (value: string) => Promise<unknown>;
  readonly readOnly?: boolean;
  /** It was asked for before there was anything to show. */
  readonly startsOpen?: boolean;
}

/** A Markdown text that is shown, and edited in its place with a preview. */
export function MarkdownEditor({
  label,
  value,
  subject,
  onSave,
  readOnly = false,
  startsOpen = false,
}: MarkdownEditorProps) {
  const [editing, setEditing] = useState(!readOnly && (startsOpen || draftOf(subject) !== undefined));
  if (editing) {
    return (
      <Editor
        label={label}
        value={value}
        subject={subject}
        onSave={onSave}
        onEnd={() => {
          keepDraft(subject, undefined);
          setEditing(false);
        }}
      />
    );
  }
  return (
    <section className="markdown-shown" aria-label={label}>
      {value === '' ? <p className="dim">{text.nothing}</p> : <Markdown>{value}</Markdown>}
      {!readOnly && (
        <Button
          kind="quiet"
          icon="pencil"
          aria-label={`${common.edit}: ${label}`}
          onClick={() => {
            setEditing(true);
          }}
        >
          {common.edit}
        </Button>
      )}
    </section>
  );
}

function Editor({
  label,
  value,
  subject,
  onSave,
  onEnd,
}: Omit<MarkdownEditorProps, 'readOnly' | 'startsOpen'> & { onEnd: () => void }) {
  const [draft, setDraft] = useState(draftOf(subject) ?? value);
  const [base] = useState(() => baseOf(subject) ?? value);
  const [asked, setAsked] = useState(false);
  const [preview, setPreview] = useState(false);
  const [state, setState] = useState<{ saving: boolean; error?: string }>({ saving: false });
  const hint = useId();
  const changedMeanwhile = value !== base && value !== draft;
  const save = async (over = false): Promise<void> => {
    setAsked(changedMeanwhile);
    if (changedMeanwhile && !over) return;
    setState({ saving: true });
    try {
      await onSave(draft);
      onEnd();
    } catch (error) {
      setState({ saving: false, error: `${text.failed} ${error instanceof Error ? error.message : String(error)}` });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape') {
      // Only the editor, not the layer it stands in; a changed text is not thrown away by one key.
      event.preventDefault();
      event.stopPropagation();
      if (draft === value || draft === base) onEnd();
    }
  };
  return (
    <section className="markdown-editor" aria-label={label} onKeyDown={onKeyDown}>
      {preview ? (
        <div className="markdown-preview">
          <Markdown>{draft}</Markdown>
        </div>
      ) : (
        <textarea
          autoFocus
          rows={10}
          aria-label={label}
          aria-describedby={hint}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            keepDraft(subject, event.target.value, base);
          }}
        />
      )}
      {asked && changedMeanwhile && <MarkdownChanged other={value} onTake={onEnd} onSaveOver={() => void save(true)} />}
      {state.error !== undefined && (
        <p className="field-error" role="alert">
          {state.error}
        </p>
      )}
      <div className="markdown-actions">
        <span id={hint} className="dim">
          {text.hint}
        </span>
        <span className="spacer" />
        <ToggleButton kind="quiet" pressed={preview} onPressed={setPreview}>
          {text.preview}
        </ToggleButton>
        <Button onClick={onEnd}>{common.cancel}</Button>
        <Button kind="primary" disabled={state.saving} onClick={() => void save()}>
          {common.save}
        </Button>
      </div>
    </section>
  );
}
