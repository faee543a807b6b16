/**
 * Keys of the whole page: `useHotkeys({ j: { label: text.next, run: next } })`. They are silent while the user types in
 * a field and behind an open layer, and the sheet of shortcuts lists those of the page that is shown.
 */
import { useEffect, useLayoutEffect, useRef } from 'react';

export interface Hotkey {
  /** What the sheet of shortcuts says; a key without one is not listed. */
  readonly label?: string;
  readonly run: (event: KeyboardEvent) => void;
}

/**
 * By key: `j`, `?`, `Escape`, two in turn `g e`, with Ctrl or Cmd `mod+k`, with Alt `alt+t`. Shift is part of the
 * character.
 */
export type Hotkeys = Readonly<Record<string, Hotkey | ((event: KeyboardEvent) => void)>>;

export interface ListedKey {
  readonly keys: string;
  readonly label: string;
  readonly own: boolean;
}

interface Registration {
  /** Those of the frame are there on every page. */
  readonly own: boolean;
  readonly keys: () => Hotkeys;
}

const registered: Registration[] = [];
const pauseMs = 1200;
/** A field undoes what was typed into it. */
const ownOfFields = /^mod\+(?:shift\+)?[zy]$/;
let first: { key: string; at: number } | undefined;

/** @param everywhere set by the frame alone: its keys are listed apart */
export function useHotkeys(hotkeys: Hotkeys, everywhere = false): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  // Before the first paint: what is to be seen can be pressed.
  useLayoutEffect(() => {
    const registration = { own: !everywhere, keys: () => latest.current };
    if (registered.push(registration) === 1) addEventListener('keydown', press);
    return () => {
      registered.splice(registered.indexOf(registration), 1);
      if (registered.length === 0) removeEventListener('keydown', press);
    };
  }, [everywhere]);
}

/** What the keys of the shown page do, those of the frame last. */
export function listedKeys(): ListedKey[] {
  const all = registered.flatMap(({ own, keys }) =>
    Object.entries(keys()).flatMap(([name, hotkey]) =>
      typeof hotkey === 'object' && hotkey.label !== undefined ? [{ keys: name, label: hotkey.label, own }] : [],
    ),
  );
  return all.toSorted((a, b) => Number(b.own) - Number(a.own));
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const key = nameOf(event);
  if (key === undefined || (isTyping(event.target) && (!key.startsWith('mod+') || ownOfFields.test(key)))) return;
  if (document.querySelector('dialog:modal') !== null && !inLayer(event.target)) return;
  const pair = first && event.timeStamp - first.at < pauseMs ? `${first.key} ${key}` : undefined;
  first = { key, at: event.timeStamp };
  const hotkey = (pair === undefined ? undefined : find(pair)) ?? find(key);
  if (!hotkey) return;
  first = undefined;
  event.preventDefault();
  if (typeof hotkey === 'function') hotkey(event);
  else hotkey.run(event);
}

/** The one that was registered last wins, so that a page can take a key over. */
function find(key: string): Hotkeys[string] | undefined {
  for (const { keys } of registered.toReversed()) {
    const own = keys();
    if (Object.hasOwn(own, key)) return own[key];
  }
  return undefined;
}

function nameOf(event: KeyboardEvent): string | undefined {
  if (['Control', 'Meta', 'Alt', 'Shift'].includes(event.key)) return undefined;
  const key = event.key.length === 1 && !event.altKey ? event.key : event.code.replace(/^Key|^Digit/, '').toLowerCase();
  if (event.ctrlKey || event.metaKey) return `mod+${event.shiftKey ? 'shift+' : ''}${key.toLowerCase()}`;
  if (event.altKey) return `alt+${key}`;
  return event.key;
}

/** A menu or a choice takes letters for itself, as a field does. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range', 'color'].includes(target.type);
  return target.isContentEditable || target.matches('textarea, select, [role^=menuitem], [role=option]');
}

/** A layer that asks for it keeps the page's keys, such as a viewer with `j` and `k`. */
function inLayer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog[data-hotkeys]') !== null;
}
