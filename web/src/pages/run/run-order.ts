/** The runs before and after one, in the order of the table that the reader came from. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
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

/** Written by the table of runs; whatever else stands there is no order. */
function keptOrder(): readonly string[] {
  try {
    const { ids } = JSON.parse(sessionStorage.getItem(key) ?? '{}') as { ids?: unknown };
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
