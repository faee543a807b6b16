/**
 * Says, once and quietly, that the server cannot be reached, asks it until it answers, and then reads again what is
 * shown. Pages stay as they are meanwhile, with everything that was typed.
 */
import type { QueryCacheNotifyEvent, MutationCacheNotifyEvent } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ConnectionFailure } from '../api/client.ts';
import { connection, isBack } from '../api/connection.ts';
import { queryClient } from '../api/query-client.ts';
import { Button } from '../components/button.tsx';
import { text } from '../text/common.ts';

const shortestPauseMs = 1000;
const longestPauseMs = 15_000;

type CacheEvent = QueryCacheNotifyEvent | MutationCacheNotifyEvent;

export function ConnectionBanner() {
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const look = (event: CacheEvent): void => {
      if (failureOf(event) instanceof ConnectionFailure) setLost(true);
    };
    const lose = (): void => {
      setLost(true);
    };
    connection.addEventListener('lost', lose);
    const leave = listen(look);
    return () => {
      connection.removeEventListener('lost', lose);
      leave();
    };
  }, []);
  const asking = useRef<Asking>(undefined);
  useEffect(() => {
    if (!lost) return;
    const until = askUntilBack(() => {
      setLost(false);
      // Also ends the pauses of the queries that wait to be tried again.
      void queryClient.invalidateQueries();
      connection.dispatchEvent(new Event('back'));
    });
    asking.current = until;
    return until.end;
  }, [lost]);
  return (
    <div role="status" className={lost ? 'banner' : undefined}>
      {lost && (
        <>
          {text.connectionLost}
          <Button onClick={() => asking.current?.now()}>{text.tryNow}</Button>
        </>
      )}
    </div>
  );
}

/** To everything that is asked of the server. */
function listen(listener: (event: CacheEvent) => void): () => void {
  const unsubscribes = [
    queryClient.getQueryCache().subscribe(listener),
    queryClient.getMutationCache().subscribe(listener),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

/** What failed just now; a query keeps its last failure through later events, which say nothing new. */
function failureOf(event: CacheEvent): unknown {
  if (event.type !== 'updated') return undefined;
  return event.action.type === 'failed' || event.action.type === 'error' ? event.action.error : undefined;
}

/** Whether the server answered just now; what the page itself puts among the answers is none. */
function isAnswer(event: CacheEvent): boolean {
  return (
    event.type === 'updated' && event.action.type === 'success' && !('manual' in event.action && event.action.manual)
  );
}

interface Asking {
  readonly now: () => void;
  readonly end: () => void;
}

function askUntilBack(onBack: () => void): Asking {
  let pause = shortestPauseMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let [asks, ended] = [false, false];
  const ask = async (): Promise<void> => {
    if (asks) return;
    asks = true;
    clearTimeout(timer);
    const back = await isBack();
    asks = false;
    if (ended) return;
    if (back) onBack();
    else timer = setTimeout(now, pause);
    pause = Math.min(pause * 2, longestPauseMs);
  };
  const now = (): void => void ask();
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') now();
  };
  // Whatever is answered ends a long pause. The first is short by itself: it keeps a server that answers only some
  // questions from being asked all of them without end.
  const leave = listen((event) => {
    if (pause > shortestPauseMs && isAnswer(event)) now();
  });
  timer = setTimeout(now, pause);
  addEventListener('online', now);
  document.addEventListener('visibilitychange', onVisible);
  return {
    now,
    end: () => {
      ended = true;
      clearTimeout(timer);
      leave();
      removeEventListener('online', now);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}
