/** Work that goes on beside the program, such as a model on its way to the server. */
const works = new Map<Promise<unknown>, string | undefined>();

/** @param runId the run that does not end before the work is done; `flush` waits for any */
export function keepWork(work: Promise<unknown>, runId?: string): void {
  works.set(work, runId);
  const forget = (): void => void works.delete(work);
  work.finally(forget).catch(() => undefined);
}

/** Resolves when all work is done, or that of one run. It does not throw: whoever began the work says what failed. */
export async function workDone(runId?: string): Promise<void> {
  await Promise.allSettled([...works].filter(([, run]) => runId === undefined || run === runId).map(([work]) => work));
}
