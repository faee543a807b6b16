import { useEffect, useId, useRef, type ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { focusContent } from './kept-focus.ts';
import { text } from '../text/common.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /**
   * `drawer` stands at the right edge, over the whole height; `palette` near the top, its title only spoken; `full`
   * takes the whole window and keeps the page's keys.
   */
  readonly kind?: 'box' | 'drawer' | 'palette' | 'full';
}

const firstField = 'input:not([type=checkbox], [type=radio]), textarea, select';

/** A modal layer: the browser's own dialog traps focus, closes on Escape and gives focus back to the opener. */
export function Dialog({ title, onClose, children, kind = 'box' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  /** A press that began inside and ended outside, such as a selection of text, closes nothing. */
  const pressedOutside = useRef(false);
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    // The browser took what has the attribute `autofocus`, or else the close button: a field is of more use.
    if (document.activeElement?.closest('[data-close]'))
      dialog.current?.querySelector<HTMLElement>(firstField)?.focus();
    return () => {
      // What was done here may have taken the opener away.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else focusContent();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${kind}`}
      data-hotkeys={kind === 'full' ? '' : undefined}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // A file chooser inside may be cancelled too.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
      // Browsers close at the second Escape without asking first.
      onClose={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === dialog.current;
      }}
      onClick={(event) => {
        if (event.target === dialog.current && pressedOutside.current) onClose();
      }}
    >
      <div className="dialog-body">
        {kind === 'palette' ? (
          <h2 id={titleId} className="visually-hidden">
            {title}
          </h2>
        ) : (
          <header>
            <h2 id={titleId}>{title}</h2>
            <IconButton icon="close" label={text.close} data-close="" onClick={onClose} />
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
