import { useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { itemsOf, onMenuKey, type TypedLetters } from './menu-keys.ts';
import { placeLayer } from './place-layer.ts';

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
  /** The items are in a `MenuFound`, below a field. */
  readonly finds?: boolean;
}

/** A button with a list of actions or choices below it. Arrows move, Escape closes, focus returns to the button. */
export function Menu({
  label,
  icon,
  text,
  children,
  className = '',
  disabled = false,
  tabIndex,
  finds = false,
}: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  // The items are made when the list opens: a table has a menu in every header.
  const [open, setOpen] = useState(false);

  const typed = useRef<TypedLetters>({ letters: '', at: 0 });

  useLayoutEffect(() => {
    const [from, popover] = [button.current, list.current];
    if (!open || !from || !popover) return;
    const place = (): void => {
      placeLayer(popover, from.getBoundingClientRect());
    };
    place();
    itemsOf(popover)[0]?.focus();
    // Items that are asked for when it opens come later, and a field leaves fewer of them.
    const observer = new ResizeObserver(place);
    observer.observe(popover);
    return () => {
      observer.disconnect();
    };
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
        aria-haspopup={finds ? 'dialog' : 'menu'}
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
        // A field has no place in what is a menu to a screen reader: the menu is what stands below it.
        role={finds ? 'dialog' : 'menu'}
        aria-label={label}
        popover="auto"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
        }}
        onKeyDown={(event) => {
          onMenuKey(event, typed.current);
        }}
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
