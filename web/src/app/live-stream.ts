/** What the server's stream of events says, as tabs and the worker that they share tell it each other. */

export type FeedEvent =
  /** The server has answered. Its position is not taken from here: what was missed before it is still to be told. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'change'; readonly position: string; readonly data: string }
  /** The stream has ended; whoever still wants one asks again. */
  | { readonly kind: 'broken' };

export type Hear = (event: FeedEvent) => void;

/** What a tab says to the worker: from where on it listens, or that it does no longer. */
export type TabMessage = { readonly address: string; readonly since: string } | 'leave';

export function openStream(address: string, since: string, hear: Hear): EventSource {
  const source = new EventSource(`${address}?since=${since}`);
  source.addEventListener('hello', () => {
    hear({ kind: 'hello' });
  });
  source.addEventListener('change', ({ lastEventId, data }: MessageEvent<string>) => {
    hear({ kind: 'change', position: lastEventId, data });
  });
  source.addEventListener('error', () => {
    source.close();
    hear({ kind: 'broken' });
  });
  return source;
}
