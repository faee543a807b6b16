/** Runs that the reader keeps while walking through pages, to compare them later. */
import { useSyncExternalStore } from 'react';
import { mostCompared } from '../../../api/comparison.ts';

const key = 'modelyard.compare';
const listeners = new Set<() => void>();
let read: { readonly stored: string | null; readonly ids: readonly string[] } = { stored: null, ids: [] };

export function keptRuns(): readonly string[] {
  const stored = localStorage.getItem(key);
  if (stored !== read.stored) read = { stored, ids: idsOf(stored) };
  return read.ids;
}

function idsOf(stored: string | null): string[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, mostCompared) : [];
  } catch {
    return [];
  }
}

export function keepRuns(ids: readonly string[]): void {
  try {
    if (ids.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify([...new Set(ids)].slice(0, mostCompared)));
  } catch {
    // A full or forbidden store keeps no list.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab may have changed it.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

export function useKeptRuns(): readonly string[] {
  return useSyncExternalStore(subscribe, keptRuns);
}

/** Puts a run on the list or takes it off. Answers how many there are then. */
export function toggleKept(id: string): number {
  const before = keptRuns();
  const after = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
  keepRuns(after);
  return keptRuns().length;
}
