/** Milliseconds between looks. */
const interval = 250;
/** What still counts as quiet between two looks: probes, heartbeats and a training that logs a metric now and then. */
const fewArrivals = 5;
/** Bytes by which the process must have grown for a release to be worth its milliseconds; that much is a burst. */
const worthIt = 24 * 1024 * 1024;
/** Less is worth it only so many milliseconds after the last time: a trickle must not pay again and again. */
const worthItRested = 8 * 1024 * 1024;
const rest = 10_000;

export interface Quiet {
  /** To be called with everything that arrives. */
  arrived(): void;
  close(): void;
}

/** Calls `release` when a burst is over and has made the process grow: the runtime keeps what it once needed. */
export function whenQuiet(release: () => void | Promise<void>): Quiet {
  let arrived = 0;
  // Nothing yet, so that what the start took is looked at too.
  let kept = 0;
  let last = -Infinity;
  let timer: Timer | undefined;
  let closed = false;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const look = async (): Promise<void> => {
    const busy = arrived > fewArrivals;
    arrived = 0;
    if (busy) return;
    const grown = process.memoryUsage.rss() - kept;
    const isSoon = performance.now() < last + rest;
    if (isSoon && grown >= worthItRested && grown < worthIt) return;
    stop();
    if (grown < worthItRested) return;
    last = performance.now();
    await release();
    kept = process.memoryUsage.rss();
  };
  return {
    arrived: () => {
      arrived++;
      if (!closed) timer ??= setInterval(() => void look(), interval).unref();
    },
    close: () => {
      closed = true;
      stop();
    },
  };
}
