/** Milliseconds without anything new after which a burst is over. */
const quiet = 250;
/** Bytes by which the process must have grown for a release to be worth its milliseconds. */
const worthIt = 8 * 1024 * 1024;

export interface Quiet {
  /** To be called with everything that arrives. */
  arrived(): void;
  close(): void;
}

/** Calls `release` when a burst is over and has made the process grow: the runtime keeps what it once needed. */
export function whenQuiet(release: () => void): Quiet {
  let arrived = 0;
  let seen = 0;
  // Nothing yet, so that what the start took is looked at too.
  let kept = 0;
  let timer: Timer | undefined;
  const close = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const look = (): void => {
    if (seen !== arrived) {
      seen = arrived;
      return;
    }
    close();
    if (process.memoryUsage.rss() < kept + worthIt) return;
    release();
    kept = process.memoryUsage.rss();
  };
  return {
    arrived: () => {
      arrived++;
      timer ??= setInterval(look, quiet).unref();
    },
    close,
  };
}
