/** All files of a run, its models' among them, for a look at several runs at once. */
import { queryOptions } from '@tanstack/react-query';
import { listing, type Entry } from './artifacts.ts';
import { queryClient } from './query-client.ts';

export interface RunFiles {
  readonly files: readonly Entry[];
  /** There were more folders than were read. */
  readonly stopped: boolean;
}

const atOnce = 6;
const mostFolders = 60;

/** @param models ids of the models that the run made */
export function runFilesQuery(runId: string, models: readonly string[]) {
  return queryOptions({
    queryKey: ['run', runId, 'artifacts', 'files', models.join()],
    staleTime: 10_000,
    queryFn: async ({ signal }): Promise<RunFiles> => {
      const files: Entry[] = [];
      let folders = ['', ...models.map((id) => `models:/${id}`)];
      let read = 0;
      while (folders.length > 0 && read < mostFolders && !signal.aborted) {
        const now = folders.slice(0, atOnce);
        const lists = await Promise.all(now.map((folder) => queryClient.query(listing(runId, folder))));
        read += now.length;
        const entries = lists.flat();
        files.push(...entries.filter(({ isFolder }) => !isFolder));
        folders = [...folders.slice(now.length), ...entries.filter(({ isFolder }) => isFolder).map(({ path }) => path)];
      }
      return { files, stopped: folders.length > 0 };
    },
  });
}
