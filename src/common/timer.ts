/** Timers of JavaScript wait 24 days at the longest; one that is asked to wait longer fires at once. */

/** Milliseconds. */
export const longestDelay = 2 ** 31 - 1;

/** @param deadline milliseconds since 1970; @returns milliseconds from now, as many as a timer can wait */
export function delayUntil(deadline: number): number {
  return Math.min(Math.max(deadline - Date.now(), 0), longestDelay);
}
