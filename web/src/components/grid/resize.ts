import type { PointerEvent } from 'react';

const leastWidth = 48;

/** Follows the pointer from the right edge of a header, and tells the width once a frame. */
export function startResize(event: PointerEvent<HTMLElement>, from: number, onWidth: (width: number) => void): void {
  event.preventDefault();
  event.stopPropagation();
  const handle = event.currentTarget;
  const start = event.clientX;
  let width = from;
  let frame = 0;
  const tell = (): void => {
    frame = 0;
    onWidth(width);
  };
  const move = (moved: globalThis.PointerEvent): void => {
    width = Math.max(leastWidth, Math.round(from + moved.clientX - start));
    if (frame === 0) frame = requestAnimationFrame(tell);
  };
  const end = (): void => {
    if (frame !== 0) {
      cancelAnimationFrame(frame);
      tell();
    }
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('pointerup', end);
    handle.removeEventListener('pointercancel', end);
  };
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
}
