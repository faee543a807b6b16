/** The rows of the tree of files, from the lists of the folders that are open. */
import type { Entry } from '../../../api/artifacts.ts';
import { parentOf } from '../../../api/artifacts.ts';
import type { TreeItem } from '../../../components/content/tree-list.tsx';

export interface FileItem extends TreeItem {
  readonly entry: Entry;
}

export function treeItems(
  top: readonly Entry[],
  below: ReadonlyMap<string, readonly Entry[]>,
  open: ReadonlySet<string>,
): FileItem[] {
  const items: FileItem[] = [];
  const add = (entries: readonly Entry[], level: number): void => {
    for (const entry of entries) {
      const expanded = entry.isFolder ? open.has(entry.path) : undefined;
      items.push({ id: entry.path, level, expanded, entry });
      if (expanded) add(below.get(entry.path) ?? [], level + 1);
    }
  };
  add(top, 1);
  return items;
}

/** Files and folders whose path fits, with the folders that lead to them, all open. */
export function filteredItems(
  top: readonly Entry[],
  below: ReadonlyMap<string, readonly Entry[]>,
  filter: string,
): FileItem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ path }: Entry): boolean => words.every((word) => path.toLowerCase().includes(word));
  const collect = (entries: readonly Entry[], level: number): FileItem[] =>
    entries.flatMap((entry) => {
      const children = entry.isFolder ? collect(below.get(entry.path) ?? [], level + 1) : [];
      if (children.length === 0 && !fits(entry)) return [];
      return [{ id: entry.path, level, expanded: entry.isFolder ? true : undefined, entry }, ...children];
    });
  return collect(top, 1);
}

/** The folders that lead to a path. */
export function ancestorsOf(path: string): string[] {
  const found: string[] = [];
  for (let at = parentOf(path); at !== ''; at = parentOf(at)) found.push(at);
  return found;
}
