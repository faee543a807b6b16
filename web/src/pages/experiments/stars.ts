/** Starred experiments: a habit of one reader, so this browser keeps them. */
import { useSyncExternalStore } from 'react';

const key = 'modelyard.starred';
const listeners = new Set<() => void>();
let starred: readonly string[] | undefined;

function read(): readonly string[] {
  if (starred) return starred;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    // They go into a filter: nothing but ids.
    starred = Array.isArray(kept) ? kept.filter((id) => typeof id === 'string' && /^\d{1,19}$/.test(id)) : [];
  } catch {
    starred = [];
  }
  return starred;
}

function forget(): void {
  starred = undefined;
  for (const listener of listeners) listener();
}

export function useStarred(): readonly string[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    // Another tab may star too.
    addEventListener('storage', forget);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) removeEventListener('storage', forget);
    };
  }, read);
}

export function setStarred(ids: readonly string[], on: boolean): void {
  const others = read().filter((id) => !ids.includes(id));
  localStorage.setItem(key, JSON.stringify(on ? [...others, ...ids] : others));
  forget();
}
