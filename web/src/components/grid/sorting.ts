/** `?sort=name` ascending, `?sort=-name` descending. */
export interface Sorting {
  readonly key: string;
  readonly ascending: boolean;
}

export function parseSorting(value: string | undefined, standard: string): Sorting {
  const sort = value ?? standard;
  return sort.startsWith('-') ? { key: sort.slice(1), ascending: false } : { key: sort, ascending: true };
}

/** What a click on a column's header makes of it: the second click turns it round. */
export function nextSorting(key: string, { key: before, ascending }: Sorting, firstDescending: boolean): string {
  const down = key === before ? ascending : firstDescending;
  return down ? `-${key}` : key;
}
