/**
 * Back and Forward show a page where it was left, also in its inner boxes. Rows may come from the server first, so a
 * place is tried again until it can be reached, and given up when the user scrolls.
 */
import { useRouter, type RouterHistory } from '@tanstack/react-router';
import { useEffect } from 'react';

type Places = Record<string, readonly [left: number, top: number]>;

const kept = 'modelyard.scroll';
const patienceMs = 5000;
const mostEntries = 50;

export function useScrollMemory(): void {
  const history: RouterHistory = useRouter().history;
  useEffect(() => {
    const memory = new Map<string, Places>(read());
    const entry = (): string => history.location.state.__TSR_key ?? 'first';
    let current = entry();
    let stop = (): void => undefined;
    const returnTo = (): void => {
      stop();
      stop = restore(memory.get(current) ?? {});
    };
    const onScroll = (event: Event): void => {
      const box = event.target;
      const name = box instanceof Element ? nameOf(box) : undefined;
      // What a page does while it is taken down or put back is no scrolling of the user's.
      if (!(box instanceof Element) || name === undefined || !box.isConnected || entry() !== current) return;
      memory.set(current, { ...memory.get(current), [name]: [box.scrollLeft, box.scrollTop] });
    };
    const unsubscribe = history.subscribe(({ location, action }) => {
      const path = shownPath;
      current = entry();
      shownPath = location.pathname;
      if (action.type === 'BACK' || action.type === 'FORWARD' || action.type === 'GO') returnTo();
      else stop();
      if (action.type === 'PUSH' && path !== shownPath) document.getElementById('content')?.scrollTo(0, 0);
    });
    let shownPath = history.location.pathname;
    const keep = (): void => {
      sessionStorage.setItem(kept, JSON.stringify([...memory].slice(-mostEntries)));
    };
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    addEventListener('pagehide', keep);
    returnTo();
    return () => {
      stop();
      unsubscribe();
      document.removeEventListener('scroll', onScroll, { capture: true });
      removeEventListener('pagehide', keep);
    };
  }, [history]);
}

function read(): [string, Places][] {
  try {
    const entries: unknown = JSON.parse(sessionStorage.getItem(kept) ?? '[]');
    return Array.isArray(entries) ? (entries as [string, Places][]) : [];
  } catch {
    return [];
  }
}

/** Boxes that have a name of their own; React's generated ids change. */
function nameOf(box: Element): string | undefined {
  if (box.closest('dialog')) return undefined;
  const { id } = box;
  if (id !== '' && !/[«:_]/.test(id)) return `#${CSS.escape(id)}`;
  const test = box.getAttribute('data-testid');
  if (test !== null) return `[data-testid="${CSS.escape(test)}"]`;
  const label = box.getAttribute('aria-label');
  const role = box.getAttribute('role');
  return label !== null && role !== null ? `[role="${role}"][aria-label="${CSS.escape(label)}"]` : undefined;
}

/** Sets each box as soon as it is there and long enough; returns what ends the attempts. */
function restore(places: Places): () => void {
  const open = new Map(Object.entries(places));
  const until = performance.now() + patienceMs;
  let frame = 0;
  const stop = (): void => {
    cancelAnimationFrame(frame);
    for (const type of ['wheel', 'pointerdown', 'keydown', 'touchmove']) removeEventListener(type, stop, true);
  };
  const look = (): void => {
    for (const [name, [left, top]] of open) {
      const box = document.querySelector(name);
      if (!box || box.scrollHeight - box.clientHeight < top) continue;
      box.scrollTo(left, top);
      open.delete(name);
    }
    if (open.size > 0 && performance.now() < until) frame = requestAnimationFrame(look);
    else stop();
  };
  // The page that is left still stands until the next frame.
  frame = requestAnimationFrame(() => (frame = requestAnimationFrame(look)));
  for (const type of ['wheel', 'pointerdown', 'keydown', 'touchmove']) addEventListener(type, stop, true);
  return stop;
}
