/** A tab's connection to the live feed: by the worker that all tabs of the browser share, else one of its own. */
import { openStream, type FeedEvent, type Hear, type TabMessage } from './live-stream.ts';

const script = document.querySelector<HTMLMetaElement>('meta[name=modelyard-live-worker]')?.content ?? '';

let worker: SharedWorker | undefined;
/** Not every browser has such workers or allows them, and a new build takes away the script of the last. */
let none = typeof SharedWorker === 'undefined';

/** Hears what the feed says after `since`, until it broke or the function that is returned is called. */
export function connectFeed(address: string, since: string, hear: Hear): () => void {
  const shared = theWorker();
  if (shared === undefined) return ownStream(address, since, hear);
  const leave = (): void => {
    shared.port.onmessage = null;
    shared.onerror = null;
    shared.port.postMessage('leave' satisfies TabMessage);
  };
  let close = leave;
  shared.port.onmessage = ({ data }: MessageEvent<FeedEvent>) => {
    hear(data);
  };
  shared.onerror = () => {
    leave();
    close = ownStream(address, since, hear);
  };
  shared.port.postMessage({ address, since } satisfies TabMessage);
  return () => {
    close();
  };
}

function theWorker(): SharedWorker | undefined {
  if (none) return undefined;
  try {
    worker ??= startWorker();
    return worker;
  } catch {
    none = true;
    return undefined;
  }
}

function startWorker(): SharedWorker {
  const started = new SharedWorker(script);
  started.addEventListener('error', () => {
    none = true;
  });
  return started;
}

function ownStream(address: string, since: string, hear: Hear): () => void {
  const source = openStream(address, since, hear);
  return () => {
    source.close();
  };
}
