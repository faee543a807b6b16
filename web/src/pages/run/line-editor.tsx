import { useId, useState, type KeyboardEvent } from 'react';
import { IconButton } from '../../components/button.tsx';
import { text as common } from '../../text/common.ts';

interface LineEditorProps {
  readonly label: string;
  readonly value: string;
  /** Rejects when it was not saved: the editor says so and keeps what was typed. */
  readonly onSave: (value: string) => Promise<unknown>;
  readonly onEnd: () => void;
  /** Why it cannot be saved. */
  readonly complaintOf?: (value: string) => string | undefined;
  /** A longer text: Enter makes a new line, Ctrl Enter saves. */
  readonly multiline?: boolean;
}

/** A text edited where it stands: Enter saves, Escape leaves it as it was. */
export function LineEditor({ label, value, onSave, onEnd, complaintOf, multiline = false }: LineEditorProps) {
  const [draft, setDraft] = useState(value);
  const [state, setState] = useState<{ saving: boolean; error?: string }>({ saving: false });
  const errorId = useId();
  const save = async (): Promise<void> => {
    if (draft === value) {
      onEnd();
      return;
    }
    const complaint = complaintOf?.(draft);
    if (complaint !== undefined) {
      setState({ saving: false, error: complaint });
      return;
    }
    setState({ saving: true });
    try {
      await onSave(draft);
      onEnd();
    } catch (error) {
      setState({ saving: false, error: error instanceof Error ? error.message : String(error) });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onEnd();
    } else if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  };
  const field = {
    'aria-label': label,
    'aria-invalid': state.error !== undefined,
    'aria-describedby': state.error === undefined ? undefined : errorId,
    autoFocus: true,
    value: draft,
    onKeyDown,
    onChange: (event: { target: { value: string } }) => {
      setDraft(event.target.value);
    },
  };
  return (
    <span className="line-editor">
      {multiline ? <textarea rows={4} {...field} /> : <input {...field} />}
      <IconButton icon="check" label={common.save} disabled={state.saving} onClick={() => void save()} />
      <IconButton icon="close" label={common.cancel} onClick={onEnd} />
      {state.error !== undefined && (
        <span id={errorId} className="field-error" role="alert">
          {state.error}
        </span>
      )}
    </span>
  );
}
