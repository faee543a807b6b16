import type { JobState } from '../../api/jobs.ts';
import { StateWord, type StateLook } from '../../components/state-word.tsx';
import { text } from '../../text/jobs.ts';

const looks: Readonly<Record<JobState, StateLook>> = {
  queued: 'scheduled',
  running: 'running',
  finished: 'finished',
  failed: 'failed',
  canceled: 'killed',
};

export function JobMark({ state }: { state: JobState }) {
  return <StateWord look={looks[state]} word={text.states[state]} state={state} />;
}
