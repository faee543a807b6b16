import { QueryClient } from '@tanstack/react-query';
import { ConnectionFailure } from './client.ts';

/**
 * What was read stays true until the live feed says that it changed, so nothing is polled. A server that cannot be
 * reached is tried again, with growing pauses, until it answers; an error that it answered is final.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (_, error) => error instanceof ConnectionFailure,
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 15_000),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
