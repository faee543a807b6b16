/** The runs before and after one, in the order of the table that the reader came from. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { prefix } from '../../api/client.ts';
import { keepRunOrder, keptRunOrder, lacksNeighbours, placeInOrder, readAround } from '../../api/run-order.ts';
import { useHotkeys } from '../../components/hotkeys.ts';
import type { UrlValues } from '../../components/url-state.ts';
import { text } from '../../text/run.ts';

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
  const place = usePlace(runId);
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

/** Neighbours that the table had not read are asked for before the reader comes to them. */
function usePlace(runId: string): RunPlace | undefined {
  const [order, setOrder] = useState(keptRunOrder);
  const at = order && placeInOrder(order, runId);
  useEffect(() => {
    if (!order || at === undefined || !lacksNeighbours(order, at)) return;
    const reading = new AbortController();
    const read = async (): Promise<void> => {
      const next = await readAround(order, at, reading.signal);
      if (reading.signal.aborted) return;
      keepRunOrder(next);
      setOrder(next);
    };
    // Where it fails, the buttons end where the reading did, and the next step asks again.
    read().catch(() => undefined);
    return () => {
      reading.abort();
    };
  }, [order, at]);
  if (!order || at === undefined) return undefined;
  return { previous: order.ids[at - 1], next: order.ids[at + 1], at: at + 1, total: order.total };
}

/** The address of the table that a run was opened from, filter and all; undefined when that was another table. */
export function tableOf(runId: string): { readonly to: string; readonly search: UrlValues } | undefined {
  const order = keptRunOrder();
  if (!order?.address.startsWith(`${prefix}/`) || placeInOrder(order, runId) === undefined) return undefined;
  const { pathname, searchParams } = new URL(order.address, location.origin);
  return { to: pathname.slice(prefix.length), search: Object.fromEntries(searchParams) };
}
