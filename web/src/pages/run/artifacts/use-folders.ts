import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listing, type Entry } from '../../../api/artifacts.ts';

/** The lists of several folders, as far as they are there. */
export function useFolders(runId: string, folders: readonly string[]): ReadonlyMap<string, readonly Entry[]> {
  const answers = useQueries({ queries: folders.map((folder) => listing(runId, folder)) });
  const known = answers.map(({ data }) => data);
  // The lists themselves are what changes, not the array that holds them.
  return useMemo(() => {
    const lists = new Map<string, readonly Entry[]>();
    for (const [i, folder] of folders.entries()) {
      const list = known[i];
      if (list) lists.set(folder, list);
    }
    return lists;
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [...known, folders.join('\n')]);
}

/** A filter looks into so many folders, a few at a time. */
export const mostFolders = 300;
const atOnce = 6;

export interface AllFolders {
  readonly lists: ReadonlyMap<string, readonly Entry[]>;
  readonly stopped: boolean;
}

/** Every folder below the given ones: read for a filter only. */
export function useAllFolders(runId: string, top: readonly Entry[], wanted: boolean) {
  const client = useQueryClient();
  const key = top.map(({ path }) => path).join('\n');
  return useQuery({
    queryKey: ['run', runId, 'artifacts', 'all', key],
    enabled: wanted,
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<AllFolders> => {
      const lists = new Map<string, readonly Entry[]>();
      let layer = foldersOf(top);
      while (layer.length > 0 && lists.size < mostFolders && !signal.aborted) {
        const now = layer.splice(0, atOnce);
        const answers = await Promise.all(now.map((folder) => client.query(listing(runId, folder))));
        for (const [i, folder] of now.entries()) lists.set(folder, answers[i] ?? []);
        layer = [...layer, ...answers.flatMap(foldersOf)];
      }
      return { lists, stopped: layer.length > 0 };
    },
  });
}

function foldersOf(entries: readonly Entry[]): string[] {
  return entries.filter(({ isFolder }) => isFolder).map(({ path }) => path);
}
