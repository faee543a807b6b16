/** Searches that answer in pages, as one list. */

export type ViewType = 'ACTIVE_ONLY' | 'DELETED_ONLY' | 'ALL';

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** At most `most` items, of pages of at most `size`. */
export async function collect<T>(
  most: number | undefined,
  size: number,
  page: (maxResults: number, token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const wanted = most ?? Number.POSITIVE_INFINITY;
  const found: T[] = [];
  let token: string | undefined;
  if (wanted <= 0) return found;
  do {
    const { items, next } = await page(Math.min(size, wanted - found.length), token);
    found.push(...items);
    token = next || undefined;
  } while (token !== undefined && found.length < wanted);
  return found;
}
