/** Works on some items ahead, so that requests overlap; what comes out keeps the order of what went in. */
export async function* ahead<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const waiting: Promise<R>[] = [];
  for await (const item of items) {
    const promise = work(item);
    // Seen here when its turn comes; until then it must not count as unhandled.
    promise.catch(() => undefined);
    waiting.push(promise);
    if (waiting.length >= most) yield await (waiting.shift() as Promise<R>);
  }
  for (const promise of waiting) yield await promise;
}
