/** Works off a list, so many at a time, in its order. */
export async function inParallel<T>(list: readonly T[], most: number, work: (one: T) => Promise<void>): Promise<void> {
  const waiting = list.values();
  const worker = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: most }, worker));
}
