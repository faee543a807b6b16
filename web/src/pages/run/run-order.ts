/** The runs before and after one, in the order of the table that the reader came from. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { prefix } from '../../api/client.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/run.ts';

const key = 'modelyard.run-order';

interface RunPlace {
  readonly previous: string | undefined;
  readonly next: string | undefined;
  /** Counted from 1. */
  readonly at: number;
  readonly total: number;
}

export interface RunSteps {
  readonly place: RunPlace;
  readonly go: (runId: string | undefined) => void;
}

/** Steps by buttons and by `j` and `k`, to the same part of the other run; undefined when no table was seen. */
export function useRunSteps(experimentId: string, runId: string, tab: string): RunSteps | undefined {
  const navigate = useNavigate();
  const place = useMemo(() => placeOf(runId), [runId]);
  const go = (to: string | undefined): void => {
    if (to === undefined) return;
    void navigate({
      to: '/experiments/$experimentId/runs/$runId/$tab',
      params: { experimentId, runId: to, tab },
      // A file, a dataset or a stretch of steps belongs to one run; how charts are drawn to all.
      search: (before: UrlValues) => ofEveryRun(before),
    } as never);
  };
  const keys = {
    j: {
      label: text.next,
      run: () => {
        go(place?.next);
      },
    },
    k: {
      label: text.previous,
      run: () => {
        go(place?.previous);
      },
    },
  };
  useHotkeys(place ? keys : {});
  return place && { place, go };
}

/** A file, a dataset or a stretch of steps belongs to one run; how charts are drawn to all. */
function ofEveryRun(search: UrlValues): UrlValues {
  const own = new Set(['path', 'dataset', 'from', 'to']);
  return Object.fromEntries(Object.entries(search).filter(([name]) => !own.has(name)));
}

function placeOf(runId: string): RunPlace | undefined {
  const ids = keptOrder();
  const at = ids.indexOf(runId);
  return at < 0 ? undefined : { previous: ids[at - 1], next: ids[at + 1], at: at + 1, total: ids.length };
}

function keptOrder(): readonly string[] {
  return keptTable().ids;
}

/** The address of the table that a run was opened from, filter and all; undefined when that was another table. */
export function tableOf(runId: string): { readonly to: string; readonly search: UrlValues } | undefined {
  const { address, ids } = keptTable();
  if (address === '' || !ids.includes(runId)) return undefined;
  const { pathname, searchParams } = new URL(address, location.origin);
  return { to: pathname.slice(prefix.length), search: Object.fromEntries(searchParams) };
}

/** Written by the table of runs; whatever else stands there is none. */
function keptTable(): { readonly address: string; readonly ids: readonly string[] } {
  try {
    const { address, ids } = JSON.parse(sessionStorage.getItem(key) ?? '{}') as { address?: unknown; ids?: unknown };
    return {
      address: typeof address === 'string' && address.startsWith(`${prefix}/`) ? address : '',
      ids: Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [],
    };
  } catch {
    return { address: '', ids: [] };
  }
}
