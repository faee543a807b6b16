import { isRunning, type Search } from '../../api/automl.ts';
import { useNow } from '../../components/lasted.tsx';
import { StateWord, type StateLook } from '../../components/state-word.tsx';
import { text } from '../../text/automl.ts';

const looks: Readonly<Record<Search['phase'], StateLook>> = {
  preparing: 'running',
  searching: 'running',
  ensembling: 'running',
  finishing: 'running',
  finished: 'finished',
  stopped: 'killed',
  failed: 'failed',
};

/** A search says every few seconds that it lives; a busy machine may delay that. */
const silentMs = 90_000;

/** Whether it says that it runs, but has not been heard of for long. */
export function isLost(search: Search, now: number): boolean {
  return isRunning(search) && search.heartbeat !== undefined && now - search.heartbeat > silentMs;
}

export function PhaseMark({ search }: { search: Search }) {
  const now = useNow();
  return isLost(search, now) ? (
    <StateWord look="blocked" word={text.phases.lost} state="lost" />
  ) : (
    <StateWord look={looks[search.phase]} word={text.phases[search.phase]} state={search.phase} />
  );
}
