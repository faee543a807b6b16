/** What goes on beside the trials: the search tells that it lives, and listens to what people wish. */
import { automlTags, stopWish } from '../../protocol/automl-record.ts';
import type { SearchClock } from './clock.ts';
import type { TrackingStore } from './tracking-store.ts';

const look = 1000;
const beat = 5000;

export interface Watched {
  readonly store: TrackingStore;
  readonly runId: string;
  readonly clock: SearchClock;
  /** Milliseconds since 1970. */
  readonly onDeadline: (time: number) => void;
  readonly onStop: () => void;
}

/** @returns a function that ends it */
export function watchSearch({ store, runId, clock, onDeadline, onStop }: Watched): () => void {
  let heard = '';
  let beaten = 0;
  const once = async (): Promise<void> => {
    if (Date.now() - beaten >= beat) {
      beaten = Date.now();
      await store.tag(runId, { [automlTags.heartbeat]: beaten });
    }
    const { data } = await store.run(runId);
    const wish = data.tags[automlTags.wish] ?? '';
    if (wish === heard || wish === '') return;
    heard = wish;
    const deadline = Number(wish);
    if (wish === stopWish || deadline <= Date.now()) return onStop();
    if (!Number.isFinite(deadline)) return;
    clock.move(deadline);
    onDeadline(clock.deadline);
    await store.tag(runId, { [automlTags.deadline]: clock.deadline });
  };
  let timer: Timer | undefined;
  let ended = false;
  const again = (): void => {
    // What cannot be asked now is asked again a second later.
    void once()
      .catch(() => undefined)
      .then(() => {
        if (!ended) timer = setTimeout(again, look);
      });
  };
  again();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
