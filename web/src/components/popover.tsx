import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { placeLayer } from './place-layer.ts';

interface PopoverProps {
  readonly label: string;
  /** What it stands below, or above where there is more room. */
  readonly anchor: Element | null;
  /** Closed by Escape, or by a press elsewhere. */
  readonly onClose: (how: 'escape' | 'outside') => void;
  readonly children: ReactNode;
}

const fields = 'input, textarea, select, button';

/** A small layer with fields or choices beside what it is about; the page stays of use. */
export function Popover({ label, anchor, onClose, children }: PopoverProps) {
  const layer = useRef<HTMLDivElement>(null);
  const closed = useRef(onClose);
  useEffect(() => {
    closed.current = onClose;
  });

  useLayoutEffect(() => {
    const popover = layer.current;
    if (!popover) return;
    const opener = document.activeElement;
    popover.showPopover();
    placeLayer(popover, (anchor ?? popover).getBoundingClientRect());
    popover.querySelector<HTMLElement>(fields)?.focus();
    const press = (event: PointerEvent): void => {
      if (event.target instanceof Node && !popover.contains(event.target)) closed.current('outside');
    };
    document.addEventListener('pointerdown', press, true);
    return () => {
      document.removeEventListener('pointerdown', press, true);
      const lost = document.activeElement === null || document.activeElement === document.body;
      if ((lost || popover.contains(document.activeElement)) && opener instanceof HTMLElement) opener.focus();
    };
  }, [anchor]);

  return createPortal(
    <div
      ref={layer}
      className="popover"
      role="dialog"
      aria-label={label}
      popover="manual"
      onKeyDown={(event) => {
        // Keys of the page and of the grid below are not meant.
        event.stopPropagation();
        if (event.key === 'Escape') closed.current('escape');
      }}
    >
      {children}
    </div>,
    document.body,
  );
}
