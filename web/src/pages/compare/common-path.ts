/** Files of several runs that stand for each other: of the same path, and of models that have the same name. */
import type { Entry } from '../../api/artifacts.ts';
import type { Comparison } from '../../api/comparison.ts';
import { text } from '../../text/compare.ts';

export interface CommonFile {
  /** What both runs call it: a path, below a model the model's name. */
  readonly path: string;
  /** By the place of the run. */
  readonly entries: readonly (Entry | undefined)[];
}

/** The ids of the models that each run made. */
export function modelsMade({ models, runs }: Comparison): string[][] {
  return runs.map((_, place) => models.filter(({ run, made }) => run === place && made).map(({ id }) => id));
}

/** @param lists the files of each run; undefined while they are on their way */
export function commonFiles(
  { models }: Comparison,
  lists: readonly (readonly Entry[] | undefined)[],
  wanted: (path: string) => boolean,
): CommonFile[] {
  const names = new Map(models.map(({ id, name }) => [id, name]));
  const found = new Map<string, (Entry | undefined)[]>();
  for (const [place, files] of lists.entries()) {
    for (const entry of files ?? []) {
      const path = entry.path.replace(/^models:\/([^/]+)/, (_, id: string) => text.files.model(names.get(id) ?? id));
      if (!wanted(path)) continue;
      const entries = found.get(path) ?? new Array<Entry | undefined>(lists.length).fill(undefined);
      // Of several models of one name the last one counts.
      entries[place] = entry;
      found.set(path, entries);
    }
  }
  return [...found].map(([path, entries]) => ({ path, entries }));
}
