/** Keeps what is shown true: one stream of events from the server says what changed, and only that is read again. */
import { useEffect } from 'react';
import { prefix, reach } from '../api/client.ts';
import { announceRuns } from '../api/changed-runs.ts';
import { checkConnection } from '../api/connection.ts';
import { queryClient } from '../api/query-client.ts';
import { isOfCompared, isOfSeveral, keysOf, noChange, readChange, together } from './changes.ts';

const address = `${prefix}/ajax-api/2.0/modelyard/events`;
/** Where the server's changes stood when it sent this page: nothing shown was read before that. */
const positionOfPage = document.querySelector<HTMLMetaElement>('meta[name=modelyard-position]')?.content ?? '';
/** Changes of a busy training come together, so that a page reads again at most once in this time. */
const gatherMs = 1000;
/** A tab that is hidden for longer holds no connection. */
const hiddenMs = 60_000;
const longestPauseMs = 15_000;

export function useLiveFeed(): void {
  useEffect(() => startLiveFeed(), []);
}

function startLiveFeed(): () => void {
  let source: EventSource | undefined;
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
    if (source !== undefined || given) return;
    const own = new EventSource(`${address}?since=${position}`);
    source = own;
    own.addEventListener('hello', ({ lastEventId }: MessageEvent<string>) => {
      pause = 1000;
      connectedBefore = true;
      position = lastEventId;
    });
    own.addEventListener('change', (event: MessageEvent<string>) => {
      changed = together(changed, readChange(event.data));
      position = event.lastEventId;
      gather ??= setTimeout(flush, gatherMs);
    });
    own.addEventListener('error', () => {
      disconnect();
      void again();
    });
  };
  const disconnect = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(retry);
  };
  const again = async (): Promise<void> => {
    if (!connectedBefore && (await isMissing())) {
      given = true;
      return;
    }
    // A page at rest asks nothing that could fail: only the feed notices.
    if (!document.hidden) void checkConnection();
    retry = setTimeout(connect, pause * (0.8 + Math.random() * 0.4));
    pause = Math.min(pause * 2, longestPauseMs);
  };
  const onVisibility = (): void => {
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(disconnect, hiddenMs);
    else connect();
  };

  document.addEventListener('visibilitychange', onVisibility);
  connect();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
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
