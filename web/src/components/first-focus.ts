/**
 * A ref for the element of a dialog that takes the focus. React's `autoFocus` comes too early: it focuses before the
 * dialog is open, and the dialog then gives the focus to its first button.
 */
export function firstFocus(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}
