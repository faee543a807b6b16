import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface MenuProps {
  readonly label: string;
  readonly icon?: IconName;
  /** Shown beside the icon; without it the label is only spoken. */
  readonly text?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  readonly disabled?: boolean;
  /** -1 where the keyboard has another way, as in a table's rows. */
  readonly tabIndex?: number;
}

/** A button with a list of actions or choices below it. Arrows move, Escape closes, focus returns to the button. */
export function Menu({ label, icon, text, children, className = '', disabled = false, tabIndex }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  // The items are made when the list opens: a table has a menu in every header.
  const [open, setOpen] = useState(false);

  useLayoutEffect(() => {
    const [from, popover] = [button.current?.getBoundingClientRect(), list.current];
    if (!open || !from || !popover) return;
    const { width, height } = popover.getBoundingClientRect();
    const below = from.bottom + 4 + height <= innerHeight || from.top < height;
    popover.style.left = `${Math.max(4, Math.min(from.left, innerWidth - width - 4))}px`;
    popover.style.top = `${below ? from.bottom + 4 : from.top - height - 4}px`;
    items(popover)[0]?.focus();
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button ${text === undefined ? 'quiet square' : 'plain'} ${className}`}
        // What is seen must be part of what is said.
        aria-label={typeof text === 'string' && !label.includes(text) ? `${label}: ${text}` : label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        disabled={disabled}
        tabIndex={tabIndex}
      >
        {icon && <Icon name={icon} />}
        {text !== undefined && <span className="ellipsis">{text}</span>}
        {text !== undefined && <Icon name="down" />}
      </button>
      <div
        ref={list}
        id={id}
        className="menu"
        role="menu"
        aria-label={label}
        popover="auto"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
        }}
        onKeyDown={moveFocus}
        onClick={(event) => {
          const item = event.target instanceof Element ? event.target.closest('[role^=menuitem]') : null;
          if (item?.getAttribute('role') === 'menuitem') list.current?.hidePopover();
        }}
      >
        {open && children}
      </div>
    </>
  );
}

function items(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not([disabled])')];
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const all = items(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  const to = next[event.key] ?? placeByLetter(event, all, at);
  if (to === undefined) return;
  event.preventDefault();
  all[(to + all.length) % all.length]?.focus();
}

/** A letter leads to the next item that begins with it, also after the kind in `params.depth`. */
function placeByLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, all: readonly HTMLElement[], at: number) {
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return undefined;
  const letter = key.toLowerCase();
  const begins = all.map(({ textContent }) =>
    textContent
      .toLowerCase()
      .split('.')
      .some((word) => word.startsWith(letter)),
  );
  const after = begins.indexOf(true, at + 1);
  const found = after < 0 ? begins.indexOf(true) : after;
  return found < 0 ? undefined : found;
}

interface ItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** A choice that is on or off; the menu stays open. */
  readonly checked?: boolean;
}

export function MenuItem({ children, onSelect, icon, danger = false, disabled = false, checked }: ItemProps) {
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={checked}
      tabIndex={-1}
      className={danger ? 'danger' : ''}
      disabled={disabled}
      onClick={onSelect}
    >
      {checked !== undefined && <span className="menu-mark">{checked && <Icon name="check" />}</span>}
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
