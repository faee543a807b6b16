/** Keeps what is shown true: a stream of events from the server says what changed, and only that is read again. */
import { useEffect } from 'react';
import { prefix, reach } from '../api/client.ts';
import { announceRuns } from '../api/changed-runs.ts';
import { checkConnection } from '../api/connection.ts';
import { queryClient } from '../api/query-client.ts';
import { isOfCompared, isOfSeveral, keysOf, noChange, readChange, together } from './changes.ts';
import { connectFeed } from './live-connection.ts';
import type { FeedEvent } from './live-stream.ts';

const address = `${prefix}/ajax-api/2.0/modelyard/events`;
/** Where the server's changes stood when it sent this page: nothing shown was read before that. */
const positionOfPage = document.querySelector<HTMLMetaElement>('meta[name=modelyard-position]')?.content ?? '';
/** Changes of a busy training come together, so that a page reads again at most once in this time. */
const gatherMs = 1000;
/** A tab that is hidden for longer holds no connection: one that goes on to the next tab and back keeps it. */
const hiddenMs = 5000;
const longestPauseMs = 15_000;

export function useLiveFeed(): void {
  useEffect(() => startLiveFeed(), []);
}

function startLiveFeed(): () => void {
  let close: (() => void) | undefined;
  let connectedBefore = false;
  let position = positionOfPage;
  let pause = 1000;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let gather: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;
  let changed = noChange;
  let given = false;

  const flush = (): void => {
    gather = undefined;
    for (const queryKey of keysOf(changed)) void queryClient.invalidateQueries({ queryKey });
    const { activity, runs } = changed;
    void queryClient.invalidateQueries({
      predicate: ({ queryKey }) => isOfSeveral(queryKey, activity) || isOfCompared(queryKey, runs),
    });
    announceRuns(changed.all ? 'all' : changed.runs);
    changed = noChange;
  };
  const connect = (): void => {
    if (close !== undefined || given) return;
    close = connectFeed(address, position, hear);
  };
  const hear = (event: FeedEvent): void => {
    if (event.kind === 'broken') {
      disconnect();
      void again();
      return;
    }
    if (event.kind === 'hello') {
      pause = 1000;
      connectedBefore = true;
      return;
    }
    position = event.position;
    changed = together(changed, readChange(event.data));
    gather ??= setTimeout(flush, gatherMs);
  };
  const disconnect = (): void => {
    close?.();
    close = undefined;
    clearTimeout(retry);
  };
  const again = async (): Promise<void> => {
    if (!connectedBefore && (await isMissing())) {
      given = true;
      return;
    }
    // A page at rest asks nothing that could fail: only the feed notices.
    if (!document.hidden) void checkConnection();
    retry = setTimeout(connectIfShown, pause * (0.8 + Math.random() * 0.4));
    pause = Math.min(pause * 2, longestPauseMs);
  };
  const connectIfShown = (): void => {
    if (!document.hidden) connect();
  };
  const onVisibility = (): void => {
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(disconnect, hiddenMs);
    else connect();
  };
  /** Back from the back/forward cache, before which the tab said good-bye. */
  const onPageShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) connectIfShown();
  };

  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('pagehide', disconnect);
  addEventListener('pageshow', onPageShow);
  connectIfShown();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', disconnect);
    removeEventListener('pageshow', onPageShow);
    disconnect();
    clearTimeout(hide);
    clearTimeout(gather);
    given = true;
  };
}

/** A server without this method is asked once, and then left alone. An event source does not tell the status. */
async function isMissing(): Promise<boolean> {
  const stop = new AbortController();
  try {
    return (await reach(address, { signal: stop.signal })).status === 404;
  } catch {
    return false;
  } finally {
    stop.abort();
  }
}
