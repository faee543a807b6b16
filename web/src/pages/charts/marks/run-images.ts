/** The images that runs keep under one folder: those logged by key and step, and files of their own. */
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { listing, type Entry } from '../../../api/artifacts.ts';
import { kindByName } from '../../run/artifacts/preview-kind.ts';
import { steppedImages, type SteppedImage } from '../../run/artifacts/stepped-images.ts';
import type { ChartRun } from '../chart-run.ts';

export interface ImagesOfRun {
  readonly run: ChartRun;
  /** By key or file name; a file of its own stands at no step. */
  readonly byName: ReadonlyMap<string, readonly SteppedImage[]>;
}

export interface RunImages {
  readonly runs: readonly ImagesOfRun[];
  /** Of all runs together. */
  readonly names: readonly string[];
  readonly loading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

export function useRunImages(runs: readonly ChartRun[], folder: string): RunImages {
  const answers = useQueries({
    queries: runs.map(({ id }) => listing(id, folder)),
    combine: listsOf,
  });
  const { lists, loading, error, retry } = answers;
  return useMemo(() => {
    const found = runs.map((run, i) => ({ run, byName: imagesIn(lists[i] ?? []) }));
    const names = [...new Set(found.flatMap(({ byName }) => [...byName.keys()]))].sort();
    return { runs: found, names, loading, error, retry };
  }, [runs, lists, loading, error, retry]);
}

/** A function of its own: one made at each render would make all images anew. */
function listsOf(all: readonly UseQueryResult<readonly Entry[]>[]) {
  return {
    lists: all.map(({ data }) => data),
    loading: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const { isError, refetch } of all) if (isError) void refetch();
    },
  };
}

function imagesIn(entries: readonly Entry[]): ReadonlyMap<string, readonly SteppedImage[]> {
  const stepped = steppedImages(entries);
  const taken = new Set(stepped.flatMap(({ path, small }) => [path, small]));
  const files = entries
    .filter(({ isFolder, name, path }) => !isFolder && !taken.has(path) && kindByName(name) === 'image')
    .map(({ name, path }): SteppedImage => ({ key: name, step: 0, time: 0, path }));
  return Map.groupBy([...stepped, ...files], ({ key }) => key);
}
