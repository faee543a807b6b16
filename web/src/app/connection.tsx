/**
 * Says, once and quietly, that the server cannot be reached, asks it until it answers, and then reads again what is
 * shown. Pages stay as they are meanwhile, with everything that was typed.
 */
import type { QueryCacheNotifyEvent, MutationCacheNotifyEvent } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ConnectionFailure } from '../api/client.ts';
import { connection, isBack } from '../api/connection.ts';
import { queryClient } from '../api/query-client.ts';
import { text } from '../text/common.ts';

const longestPauseMs = 15_000;

export function ConnectionBanner() {
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const look = (event: QueryCacheNotifyEvent | MutationCacheNotifyEvent): void => {
      if (failureOf(event) instanceof ConnectionFailure) setLost(true);
    };
    const lose = (): void => {
      setLost(true);
    };
    connection.addEventListener('lost', lose);
    const unsubscribes = [queryClient.getQueryCache().subscribe(look), queryClient.getMutationCache().subscribe(look)];
    return () => {
      connection.removeEventListener('lost', lose);
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  }, []);
  useEffect(() => {
    if (!lost) return;
    return askUntilBack(() => {
      setLost(false);
      // Also ends the pauses of the queries that wait to be tried again.
      void queryClient.invalidateQueries();
      connection.dispatchEvent(new Event('back'));
    });
  }, [lost]);
  return (
    <div role="status" className={lost ? 'banner' : undefined}>
      {lost && text.connectionLost}
    </div>
  );
}

/** What failed just now; a query keeps its last failure through later events, which say nothing new. */
function failureOf(event: QueryCacheNotifyEvent | MutationCacheNotifyEvent): unknown {
  if (event.type !== 'updated') return undefined;
  return event.action.type === 'failed' || event.action.type === 'error' ? event.action.error : undefined;
}

function askUntilBack(onBack: () => void): () => void {
  let pause = 1000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    const back = await isBack();
    if (ended) return;
    if (back) onBack();
    else timer = setTimeout(() => void ask(), pause);
    pause = Math.min(pause * 2, longestPauseMs);
  };
  const now = (): void => void ask();
  timer = setTimeout(now, pause);
  addEventListener('online', now);
  return () => {
    ended = true;
    clearTimeout(timer);
    removeEventListener('online', now);
  };
}
