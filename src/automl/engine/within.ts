/** Waits for what may never come. */
import { delayUntil } from '../../common/timer.ts';

class LateError extends Error {
  override readonly name = 'LateError';
}

/**
 * @param deadline milliseconds since 1970
 * @param signal when it is aborted, it has `afterSignal` milliseconds
 * @throws LateError when it has not come by then
 */
export async function within<T>(work: Promise<T>, deadline: number, signal?: AbortSignal, afterSignal = 0): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = (): void => reject(new LateError('It did not end in its time.'));
  const timers = [setTimeout(giveUp, delayUntil(deadline))];
  const soon = (): void => void timers.push(setTimeout(giveUp, afterSignal));
  if (signal?.aborted) soon();
  else signal?.addEventListener('abort', soon, { once: true });
  try {
    return await Promise.race([work, late]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener('abort', soon);
    // What comes too late is nobody's error.
    work.catch(() => undefined);
  }
}
