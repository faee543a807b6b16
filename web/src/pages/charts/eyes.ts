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
}

interface ListedRun {
  readonly run_id: string;
  readonly status: string;
}

/** An address has room for these. */
export const mostNamed = 100;
const where = 'where:';

export function readEyes({ eye = 'all', shown, hidden }: UrlValues): Eyes {
  const byFilter = eye.startsWith(where);
  return {
    mode: byFilter ? 'where' : (eyeModes.find((mode) => mode === eye) ?? 'all'),
    filter: byFilter ? eye.slice(where.length) : '',
    shown: new Set(readList(shown)),
    hidden: new Set(readList(hidden)),
  };
}

/** @param found those that match the filter of `where`; undefined while that is not known */
export function isOpen(eyes: Eyes, run: ListedRun, place: number, found: ReadonlySet<string> | undefined): boolean {
  if (eyes.shown.has(run.run_id)) return true;
  return !eyes.hidden.has(run.run_id) && isInRule(eyes.mode, run, place, found);
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
  return { eye, shown: undefined, hidden: undefined };
}

/** These runs alone. */
export function urlOfOnly(ids: readonly string[]): UrlValues {
  return { eye: 'none', shown: writeList(ids), hidden: undefined };
}

/** Opens or closes the eyes of some runs, and of no others. Undefined: an address has no room for so many. */
export function urlOfEyes(eyes: Eyes, ids: readonly string[], open: boolean): UrlValues | undefined {
  const [shown, hidden] = [new Set(eyes.shown), new Set(eyes.hidden)];
  const [into, out] = open ? [shown, hidden] : [hidden, shown];
  for (const id of ids) {
    out.delete(id);
    // Against a rule that is for all or for none only one side is needed.
    if (eyes.mode !== (open ? 'all' : 'none')) into.add(id);
  }
  if (into.size > mostNamed) return undefined;
  return { shown: writeList([...shown]), hidden: writeList([...hidden]) };
}
