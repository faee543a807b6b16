/**
 * Which runs of the list are drawn: a rule for all of them, and runs that the reader shows or hides against it. The rule
 * goes by the place in the list, not by what else is shown, so that one eye changes no other.
 */
import type { UrlValues } from '../../components/url-state.ts';
import { readList, writeList } from '../runs/run-query.ts';

export const eyeModes = ['all', 'none', 'first10', 'first20', 'unfinished'] as const;
export type EyeMode = (typeof eyeModes)[number] | 'where';

export interface Eyes {
  readonly mode: EyeMode;
  /** Of `where`: words or clauses, as in the filter box. */
  readonly filter: string;
  readonly shown: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  /** These alone, over all of the above, which holds again when they are let go; empty: nothing is singled out. */
  readonly only: ReadonlySet<string>;
}

interface ListedRun {
  readonly run_id: string;
  readonly status: string;
}

/** An address has room for these. */
export const mostNamed = 100;
const where = 'where:';
const none: ReadonlySet<string> = new Set();

export function readEyes({ eye = 'all', shown, hidden, only }: UrlValues): Eyes {
  const byFilter = eye.startsWith(where);
  return {
    mode: byFilter ? 'where' : (eyeModes.find((mode) => mode === eye) ?? 'all'),
    filter: byFilter ? eye.slice(where.length) : '',
    shown: new Set(readList(shown)),
    hidden: new Set(readList(hidden)),
    only: new Set(readList(only)),
  };
}

/** @param found those that match the filter of `where`; undefined while that is not known */
export function isOpen(eyes: Eyes, run: ListedRun, place: number, found: ReadonlySet<string> | undefined): boolean {
  if (eyes.only.size > 0) return eyes.only.has(run.run_id);
  if (eyes.shown.has(run.run_id)) return true;
  return !eyes.hidden.has(run.run_id) && isInRule(eyes.mode, run, place, found);
}

/** Whether the reader closed its eye by hand, not by a rule: legends keep its name, so that a press brings it back. */
export function isPutAway(eyes: Eyes, run: ListedRun, place: number, found: ReadonlySet<string> | undefined): boolean {
  if (isOpen(eyes, run, place, found)) return false;
  return eyes.hidden.has(run.run_id) || (eyes.only.size > 0 && isOpen({ ...eyes, only: none }, run, place, found));
}

function isInRule(mode: EyeMode, run: ListedRun, place: number, found: ReadonlySet<string> | undefined): boolean {
  switch (mode) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'first10':
      return place < 10;
    case 'first20':
      return place < 20;
    case 'unfinished':
      return run.status !== 'FINISHED';
    case 'where':
      return found?.has(run.run_id) ?? false;
  }
}

/** A rule alone: what was shown or hidden against the one before is over. */
export function urlOfRule(mode: EyeMode, filter = ''): UrlValues {
  const eye = mode === 'all' ? undefined : mode === 'where' ? where + filter : mode;
  return { eye, shown: undefined, hidden: undefined, only: undefined };
}

/** These runs alone, as a rule. */
export function urlOfOnly(ids: readonly string[]): UrlValues {
  return { eye: 'none', shown: writeList(ids), hidden: undefined, only: undefined };
}

/** Singles these runs out; the same ones again: lets them go. */
export function urlOfSingled({ only }: Eyes, ids: readonly string[]): UrlValues {
  const again = only.size === ids.length && ids.every((id) => only.has(id));
  return { only: again ? undefined : writeList(ids) };
}

/** Brings back what the reader put away. Undefined: an address has no room for so many. */
export function urlOfAllBack(eyes: Eyes): UrlValues | undefined {
  const url = urlOfEyes({ ...eyes, only: none }, [...eyes.hidden], true);
  return url && { ...url, only: undefined };
}

/** Opens or closes the eyes of some runs, and of no others. Undefined: an address has no room for so many. */
export function urlOfEyes(eyes: Eyes, ids: readonly string[], open: boolean): UrlValues | undefined {
  if (eyes.only.size > 0) {
    const only = open ? eyes.only.union(new Set(ids)) : eyes.only.difference(new Set(ids));
    if (only.size > mostNamed) return undefined;
    return only.size === 0 ? urlOfRule('none') : { only: writeList([...only]) };
  }
  const [shown, hidden] = [new Set(eyes.shown), new Set(eyes.hidden)];
  const [into, out] = open ? [shown, hidden] : [hidden, shown];
  for (const id of ids) {
    const was = out.delete(id);
    // What is as the rule for all or for none has it needs no name, but what was shown against it and is put away.
    if (eyes.mode !== (open ? 'all' : 'none') || (!open && was)) into.add(id);
  }
  if (into.size > mostNamed) return undefined;
  return { shown: writeList([...shown]), hidden: writeList([...hidden]) };
}
