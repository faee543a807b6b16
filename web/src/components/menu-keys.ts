/** The keys of a menu: arrows move, and letters lead to an item, or to the field of a menu that has one. */
import type { KeyboardEvent } from 'react';

/** The letters that were typed one shortly after the other. */
export interface TypedLetters {
  letters: string;
  at: number;
}

/** As long as lists of the platform gather letters. */
const pauseMs = 1000;

export function itemsOf(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not([disabled])')];
}

export function onMenuKey(event: KeyboardEvent<HTMLElement>, typed: TypedLetters): void {
  const items = itemsOf(event.currentTarget);
  const field = event.currentTarget.querySelector<HTMLInputElement>('input');
  const inField = field !== null && event.target === field;
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? -1 : at - 1,
    ...(!inField && { Home: 0, End: items.length - 1 }),
  };
  let to = next[event.key];
  if (to === undefined && !inField && isLetter(event)) {
    // What is typed goes where the focus is when the key is done.
    if (field) field.focus();
    else to = placeByLetters(items, at, gather(event, typed));
  }
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}

function isLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}

function gather({ key, timeStamp }: KeyboardEvent, typed: TypedLetters): string {
  typed.letters = (timeStamp - typed.at < pauseMs ? typed.letters : '') + key.toLowerCase();
  typed.at = timeStamp;
  return typed.letters;
}

/** The next name that begins so, or else the next with such a word in it: `depth` leads to `params.depth`. */
function placeByLetters(items: readonly HTMLElement[], at: number, letters: string): number | undefined {
  // The same letter again and again goes through all that begin with it; more letters may mean the item at hand.
  const repeated = [...letters].every((letter) => letter === letters[0]);
  const wanted = repeated ? letters.slice(0, 1) : letters;
  const names = items.map(({ textContent }) => textContent.toLowerCase());
  const first = repeated ? at + 1 : Math.max(0, at);
  const order = [...names.keys()].map((place) => (place + first) % names.length);
  return (
    order.find((place) => names[place]?.startsWith(wanted)) ??
    order.find((place) => names[place]?.split('.').some((word) => word.startsWith(wanted)))
  );
}
