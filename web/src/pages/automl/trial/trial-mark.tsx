import type { Trial } from '../../../api/automl-ranking.ts';
import { StateWord, type StateLook } from '../../../components/state-word.tsx';
import { text as words } from '../../../text/automl-words.ts';
import { text } from '../../../text/automl.ts';

const looks: Readonly<Record<Trial['status'], StateLook>> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};

/** How a trial stands; of one that failed, why. */
export function TrialMark({ trial: { status, failure } }: { trial: Trial }) {
  const said = {
    RUNNING: text.trials.running,
    SCHEDULED: text.trials.running,
    FINISHED: text.trials.finished,
    FAILED: words.failures[failure ?? 'error'],
    KILLED: text.trials.killed,
  };
  return <StateWord look={looks[status]} word={said[status]} state={status.toLowerCase()} />;
}
