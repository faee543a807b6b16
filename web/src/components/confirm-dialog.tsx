import { useId, useState, type ReactNode } from 'react';
import { text } from '../text/common.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  readonly action: string;
  /** What must be typed before, with the label that asks for it. */
  readonly typed?: { readonly label: string; readonly word: string };
  /** Rejects with what is shown; the dialog then stays and can be tried again. */
  readonly onConfirm: () => Promise<void>;
  /** How far it is. */
  readonly progress?: string | undefined;
  readonly onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, children, action, typed, onConfirm, progress, onClose }: ConfirmDialogProps) {
  const id = useId();
  const [word, setWord] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const ready = !busy && (typed === undefined || word === typed.word);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void confirm();
        }}
      >
        {children}
        {typed && (
          <div className="field">
            <label htmlFor={id}>{typed.label}</label>
            <input
              id={id}
              type="text"
              autoComplete="off"
              spellCheck={false}
              readOnly={busy}
              value={word}
              onChange={(event) => {
                setWord(event.target.value);
              }}
            />
          </div>
        )}
        <p role="status" className="dim">
          {busy && progress}
        </p>
        {failure !== undefined && (
          <p className="field-error" role="alert">
            {failure}
          </p>
        )}
        <div className="actions">
          <Button ref={typed ? undefined : focusFirst} onClick={onClose}>
            {busy ? text.close : text.cancel}
          </Button>
          <Button kind="danger" type="submit" disabled={!ready}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** As an attribute: it says what the dialog focuses when it opens. */
function focusFirst(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}
